"""Everything the run needs: Postgres, Redis, the pretend Google behind a proxy, web, workers, clock, and connected librarians."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.settings import load_settings
from integration.accounts.personal_tokens import create_token
from integration.accounts.schools import account_by_email
from integration.desk import open_desk
from integration.later import silence
from tests.killing.asking import Script
from tests.killing.keeper import Keeper, wait_for
from tests.killing.postgres import Postgres
from tests.killing.proxy import Proxy, Weather
from tests.killing.schools import librarian
from web.commands import embedded
from web.commands.browser import connect
from web.commands.redis_server import bundled

WORKERS = ("worker a", "worker b", "worker c")
WORKING = ("worker", "--concurrency", "2")
QUIET = 130.0
"""Seconds without a post after a promotion: the call that was under way, the latest request and the stalest list of the run."""
QUIETLY = ("--quiet", str(QUIET))
SYNC_OVER = ("done", "partial")


@dataclass(frozen=True)
class Size:
    """How much there is to do."""

    librarians: int
    classes: int
    plans: int

    @classmethod
    def of(cls, deliveries: int) -> "Size":
        """Enough librarians, classes and plans for so many deliveries."""
        librarians = max(2, min(8, deliveries // 50))
        classes = min(25, deliveries // librarians)
        return cls(librarians, classes, -(-deliveries // (librarians * classes)))


@dataclass
class Stage:
    """The running processes, and how to reach them."""

    keeper: Keeper
    postgres: Postgres
    weather: Weather
    origin: str
    google: str
    redis: list[str]
    scripts: list[Script]

    def start_redis(self) -> None:
        self.keeper.keep("redis", self.redis)

    def order(self, *orders: dict[str, Any]) -> None:
        """Order trouble from the pretend Google itself; nothing takes all back."""
        asked(f"{self.google}/_sandbox/trouble", "DELETE")
        if orders:
            asked(f"{self.google}/_sandbox/trouble", "POST", list(orders))

    def courses(self) -> dict[str, Any]:
        """What stands in Google's classes."""
        return dict(asked(f"{self.google}/_sandbox/state", "GET")["courses"])

    def journal(self) -> list[dict[str, Any]]:
        """What was asked of Google."""
        return list(asked(f"{self.google}/_sandbox/journal", "GET")["calls"])

    def janitor(self) -> int:
        """Let the janitor look at what is left, a quarter of an hour ahead; answer how many drafts it removed."""
        done = subprocess.run([sys.executable, "-m", "tests.killing.ours", "--ahead", "900", "janitor"], check=True,
                              env=dict(self.keeper.environ), stdout=subprocess.PIPE, stderr=self.keeper.log, text=True)
        return int(done.stdout.split()[-1])

    def wait_until_over(self, seconds: float) -> float:
        """Tend the processes until every delivery has come to its end; answer how long it took. Raises TimeoutError."""
        def over() -> bool:
            self.keeper.tend()
            return all(script.is_done and script.is_all_over() for script in self.scripts)

        return wait_for(over, "Coming to the end", seconds, pause=0.5)


@contextmanager
def stage(seed: int, size: Size) -> Iterator[Stage]:
    """Start everything and read every class once; end everything afterwards."""
    with ExitStack() as closing:
        run = closing.enter_context(embedded.run_folder())
        postgres = closing.enter_context(Postgres())
        port, door, google = (embedded.free_port(None, 0) for _ in range(3))
        environ = _environment(run, postgres, port, door)
        log = closing.enter_context((Path("/tmp") / f"throughline-killing-{seed}.log").open("wb"))
        settings, _ = embedded.prepare(environ, run)
        keeper = closing.enter_context(Keeper(environ, log))
        there = Stage(keeper, postgres, Weather(seed), settings.origin, f"http://127.0.0.1:{google}", _redis(run), [])
        there.start_redis()
        keeper.keep_ours("google", "google", str(google), str(seed), str(size.librarians), str(size.classes))
        closing.enter_context(Proxy(door, there.google, there.weather))
        _start_ours(there, port)
        there.scripts += _connected(there, size)
        _read_everything(there)
        yield there


def _environment(run: Path, postgres: Postgres, port: int, door: int) -> dict[str, str]:
    return embedded.environment(run, port, {
        "THROUGHLINE_DATABASE_URL": postgres.url, "THROUGHLINE_GOOGLE_ROOT_URL": f"http://127.0.0.1:{door}",
        "THROUGHLINE_REDIS_URL": f"redis+socket://{run / 'redis.sock'}?virtual_host=0",
        "THROUGHLINE_GOOGLE_CLIENT_ID": "sandbox-client", "THROUGHLINE_GOOGLE_CLIENT_SECRET": "sandbox-secret"})


def _redis(run: Path) -> list[str]:
    program = bundled()
    if not program:
        raise FileNotFoundError("There is no redis-server in a wheel on this machine, so there is nothing to kill.")
    return [program, "--port", "0", "--unixsocket", str(run / "redis.sock"), "--unixsocketperm", "700", "--dir", str(run),
            "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]


def _start_ours(there: Stage, port: int) -> None:
    there.keeper.keep_ours("web", *QUIETLY, "web", "--host", "127.0.0.1", "--port", str(port))
    for name in WORKERS:
        there.keeper.keep_ours(name, *QUIETLY, *WORKING)
    there.keeper.keep_ours("clock", *QUIETLY, "clock")
    for address in (f"{there.origin}/readyz", f"{there.google}/_sandbox/journal"):
        wait_for(lambda address=address: embedded.answers(address), f"Starting {address}", 60)  # type: ignore[misc]


def _connected(there: Stage, size: Size) -> list[Script]:
    """Every librarian connected through Google's pages, each with a script that speaks for her."""
    settings = load_settings(environ=dict(there.keeper.environ))
    desk, scripts = open_desk(settings, ring=silence), []
    for number in range(size.librarians):
        browser = connect(there.origin, librarian(number))
        token = create_token(desk, account_by_email(desk, librarian(number)).id)
        scripts.append(Script(there.origin, token, number, browser))
    return scripts


def _read_everything(there: Stage) -> None:
    syncs = [(script, script.sync()) for script in there.scripts]
    wait_for(lambda: all(script.ask("GET", f"/syncs/{id}")["state"] in SYNC_OVER for script, id in syncs), "Reading", 180)


def asked(address: str, method: str, body: object = None) -> Any:
    """One call of the pretend Google's backstage."""
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, sent, {"Content-Type": "application/json"}, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        return json.load(answer)
