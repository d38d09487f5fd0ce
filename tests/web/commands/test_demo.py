"""The demo, as somebody starts it: one command, one printed result, and nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.watching import calls_from, faults

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "web.commands", "demo", *words]


def of_folder(folder: Path) -> list[str]:
    """The processes whose environment names this data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def google_of(folder: Path) -> str:
    """Where the pretend Google of this demo listens, as its processes were told."""
    for process in of_folder(folder):
        for line in (Path("/proc") / process / "environ").read_bytes().split(b"\0"):
            if line.startswith(b"THROUGHLINE_GOOGLE_ROOT_URL="):
                return line.partition(b"=")[2].decode()
    raise AssertionError("no process of the demo knows where its Google is")


def test_the_demo_runs_the_main_job_and_says_what_stands(tmp_path: Path) -> None:
    done = subprocess.run(command("--once", "--json", "--data", str(tmp_path)), cwd=ROOT, env=environment(), capture_output=True,
                          text=True, timeout=170)
    assert done.returncode == 0, done.stderr + (tmp_path / "throughline.log").read_text()[-3000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["planned"] == result["delivered"] == result["standing"] == result["reach"]["classes"] > 0
    assert list(result) == ["classes", "classes_by_grade", "planned", "delivered", "standing", "reach", "seconds", "url"]
    assert "Canarychild" not in done.stdout + done.stderr + (tmp_path / "throughline.log").read_text()
    assert b"Canarychild" not in (tmp_path / "throughline.db").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="reads from /proc where the demo's Google listens")
def test_nothing_the_demo_asks_of_google_is_undocumented(tmp_path: Path) -> None:
    with subprocess.Popen(command("--json", "--data", str(tmp_path)), cwd=ROOT, env=environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline().startswith("{")
        calls = calls_from(google_of(tmp_path))
        demo.terminate()
    assert faults(calls) == []
    assert "courses.courseWorkMaterials.create" in {call.name for call in calls}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killing_the_demo_leaves_no_process_behind(tmp_path: Path) -> None:
    demo = subprocess.Popen(command("--data", str(tmp_path)), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
    wait_for(lambda: len(of_folder(tmp_path)) >= 4)
    demo.send_signal(signal.SIGKILL)
    demo.wait()
    wait_for(lambda: not of_folder(tmp_path))


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(command("--once", "--port", str(taken.getsockname()[1])), cwd=ROOT, env=environment(),
                              capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "in use by another program" in done.stderr


def wait_for(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)
