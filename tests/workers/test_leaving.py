"""A deploy: a worker that is asked to stop ends what it has in hand, lets go of the rest, and loses nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from integration.delivery.models import Delivery
from integration.delivery.send import send_due
from integration.later import Job
from integration.records.clock import utc_now
from integration.sandbox.app import Sandbox
from tests.conftest import SETTINGS
from tests.rooms.delivery.makers import Library
from tests.workers.redis_here import redis_here
from workers.bell import CeleryBell
from workers.queue import make_celery

ROOT = Path(__file__).resolve().parents[2]
CLASSES = 12
GRACE = 30.0


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs, because the worker's does."""
    return utc_now


@pytest.fixture
def google(sandbox: Sandbox) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, sandbox, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def writes(sandbox: Sandbox) -> int:
    return sum(call.is_write for call in sandbox.journal)


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand(tmp_path: Path, library: Library, sandbox: Sandbox, google: str
                                                                     ) -> None:
    courses = [library.own_class(f"Grade 6 Library {number}") for number in range(CLASSES)]
    library.accepted(kind="announcement")
    sandbox.trouble.order("slow", on="writes", seconds=0.3, times=0)
    with redis_here(tmp_path) as url:
        environ = {**{f"THROUGHLINE_{name.upper()}": value for name, value in SETTINGS.items()}, "PYTHONPATH": str(ROOT),
                   "PATH": os.environ["PATH"], "THROUGHLINE_DATABASE_URL": library.desk.settings.database_url,
                   "THROUGHLINE_REDIS_URL": url, "THROUGHLINE_GOOGLE_ROOT_URL": google}
        bell = CeleryBell(make_celery(url))
        worker = subprocess.Popen([sys.executable, "-m", "web.commands", "worker", "--concurrency", "1"], cwd=ROOT, env=environ,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        _ring_until_it_writes(bell, library.school_id, sandbox)
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=GRACE + 10)
    assert (worker.returncode, writes(sandbox) > 0) == (0, True), said.decode()
    with library.desk.transaction() as session:
        assert session.scalar(select(func.count()).where(Delivery.lease_token.is_not(None))) == 0
    sandbox.trouble.clear()
    send_due(library.desk, library.school_id)
    assert [[post["state"] for post in library.posts(course)] for course in courses] == [["PUBLISHED"]] * CLASSES


def _ring_until_it_writes(bell: CeleryBell, school_id: str, sandbox: Sandbox, seconds: float = 90.0) -> None:
    """Ring every few seconds, as the clock would: on a busy machine the first job may come to nothing."""
    until = time.monotonic() + seconds
    while writes(sandbox) == 0 and time.monotonic() < until:
        bell(Job.SEND_DELIVERIES, {"school_id": school_id})
        patience = min(until, time.monotonic() + 5.0)
        while writes(sandbox) == 0 and time.monotonic() < patience:
            time.sleep(0.05)
