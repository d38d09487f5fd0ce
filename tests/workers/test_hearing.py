"""A worker that lives and hears nothing any more leaves, and is started anew; one that has nothing to hear stays."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from celery import Celery
from sqlalchemy import func, select

from integration import nature
from integration.desk import Desk
from integration.later import Job
from integration.records.heartbeats import Heartbeat, Pulse, beat, pulse
from tests.conftest import SETTINGS, Clock
from tests.rooms.delivery.makers import Library
from tests.workers.redis_here import redis_here
from web.commands.stack import Stack
from workers.bell import CeleryBell
from workers.hearing import LEFT_DEAF, PATIENCE, Ear, listen
from workers.queue import make_celery

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """A nature in which seconds pass when told."""

    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def fraction(self) -> float:
        return 0.5

    def token(self, bytes: int) -> str:
        return "ab" * bytes

    def unique(self) -> str:
        return nature.Machine().unique()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Celery]:
    """A queue on a real Redis, in which one message was once and was taken."""
    with redis_here(tmp_path) as url:
        app = make_celery(url)
        CeleryBell(app)(Job.SEND_DELIVERIES, {"school_id": "a"})
        app.control.purge()
        yield app
        app.close()


def listens_for(app: Celery, desk: Desk, clock: Clock, ear: Ear, *, seconds: float) -> bool:
    """Whether it is deaf after so long."""
    running, is_deaf = Running(), False
    with nature.under(running):
        while running.seconds <= seconds:
            is_deaf = listen(app, desk, ear)
            clock.forward(seconds=10)
            running.sleep(10)
    return is_deaf


def test_a_message_that_nobody_takes_for_two_minutes_is_a_sign_of_deafness(app: Celery, desk: Desk, clock: Clock) -> None:
    CeleryBell(app)(Job.SEND_DELIVERIES, {"school_id": "a"})
    assert not listens_for(app, desk, clock, Ear(), seconds=PATIENCE - 10)
    assert listens_for(app, desk, clock, Ear(), seconds=PATIENCE)


def test_an_overdue_delivery_that_no_worker_takes_is_one_too(app: Celery, library: Library, clock: Clock) -> None:
    library.own_class()
    library.accepted()
    clock.forward(seconds=PATIENCE)
    assert listens_for(app, library.desk, clock, Ear(), seconds=PATIENCE)


def test_where_another_worker_has_the_work_in_hand_nobody_leaves(app: Celery, library: Library, clock: Clock) -> None:
    library.own_class()
    library.accepted()
    clock.forward(seconds=PATIENCE)
    ear, running = Ear(), Running()
    with nature.under(running):
        for _ in range(20):
            with library.desk.transaction() as session:
                beat(session, "another", clock(), has_worked=True)
            assert not listen(app, library.desk, ear)
            clock.forward(seconds=10)
            running.sleep(10)


def test_a_message_now_and_then_is_enough(app: Celery, desk: Desk, clock: Clock) -> None:
    CeleryBell(app)(Job.SEND_DELIVERIES, {"school_id": "a"})
    ear = Ear()
    for _ in range(3):
        assert not listens_for(app, desk, clock, ear, seconds=PATIENCE - 10)
        ear.hear()


def test_with_nothing_to_hear_it_stays(app: Celery, desk: Desk, clock: Clock) -> None:
    assert not listens_for(app, desk, clock, Ear(), seconds=PATIENCE * 3)


def test_while_redis_is_away_nobody_is_called_deaf(library: Library, clock: Clock, tmp_path: Path) -> None:
    library.own_class()
    library.accepted()
    clock.forward(seconds=PATIENCE)
    away = make_celery(f"redis+socket://{tmp_path}/nobody.sock")
    assert not listens_for(away, library.desk, clock, Ear(), seconds=PATIENCE)


def test_a_worker_gives_a_sign_of_life_and_of_work(desk: Desk, clock: Clock) -> None:
    with desk.transaction() as session:
        beat(session, "a", clock(), has_worked=True)
        beat(session, "b", clock(), has_worked=False)
    worked_at = clock()
    clock.forward(seconds=30)
    with desk.transaction() as session:
        beat(session, "a", clock(), has_worked=False)
        assert pulse(session, clock(), within=timedelta(seconds=10)) == Pulse(1, worked_at)


def test_of_a_worker_long_gone_no_row_is_kept(desk: Desk, clock: Clock) -> None:
    with desk.transaction() as session:
        beat(session, "a", clock(), has_worked=True)
        clock.forward(days=2)
        beat(session, "b", clock(), has_worked=False)
        assert session.scalar(select(func.count()).select_from(Heartbeat)) == 1


def test_a_deaf_worker_leaves_with_the_status_that_asks_to_be_started_anew(tmp_path: Path, desk: Desk) -> None:
    with redis_here(tmp_path) as url:
        environ = {**{f"THROUGHLINE_{name.upper()}": value for name, value in SETTINGS.items()}, "PYTHONPATH": str(ROOT),
                   "THROUGHLINE_DATABASE_URL": desk.settings.database_url, "THROUGHLINE_REDIS_URL": url}
        CeleryBell(make_celery(url))(Job.SEND_DELIVERIES, {"school_id": "a"})
        done = subprocess.run([sys.executable, "-m", "tests.workers.deaf"], cwd=ROOT, env=environ, timeout=60, capture_output=True,
                              text=True)
    assert done.returncode == LEFT_DEAF, done.stdout + done.stderr
    assert "leaves to be started anew" in done.stdout + done.stderr


def test_the_embedded_stack_starts_anew_who_asks_for_it_and_stops_at_any_other_end(tmp_path: Path) -> None:
    code = f"import pathlib, sys; f = pathlib.Path({str(tmp_path / 'tries')!r}); n = int(f.read_text()) if f.exists() else 0; " \
           f"f.write_text(str(n + 1)); sys.exit([{LEFT_DEAF}, {LEFT_DEAF}, 3][n])"
    with Stack({}) as stack, pytest.raises(click.ClickException, match="status 3"):
        stack.start("worker", [sys.executable, "-c", code])
        stack.wait_until(lambda: False, "Waiting", seconds=20)
    assert (tmp_path / "tries").read_text() == "3"
