"""A worker that hears nothing any more: work waits, it has none in hand, and no message comes. It leaves, to be started anew.

After Redis was away a worker may go on living, connected, without ever taking a message again (celery/celery#8030, #10205). The
sweep does its work meanwhile, only slower. While Redis or the database is away nobody is called deaf.
"""

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from celery import Celery
from celery.worker import state
from kombu.exceptions import ChannelError, OperationalError

from integration import nature
from integration.delivery.sweep import is_overdue
from integration.desk import Desk
from integration.records.clock import database_now
from integration.records.heartbeats import beat, pulse
from integration.records.session import DATABASE_AWAY

log = structlog.get_logger(__name__)

PATIENCE = 120.0
LOOK_EVERY = 10.0
SECONDS_TO_LEAVE = 10.0
LEFT_DEAF = 75
"""The exit status that asks to be started anew: EX_TEMPFAIL of sysexits.h."""


@dataclass
class Ear:
    """What one worker process has heard. `patience`: seconds of silence after which it is deaf."""

    patience: float = PATIENCE
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    deaf_since: float | None = None
    has_left: bool = False
    """Whether the process ends because of it."""
    _has_heard: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self) -> None:
        """A message came."""
        with self._lock:
            self._has_heard = True

    def has_heard(self) -> bool:
        """Whether one came since this was last asked."""
        with self._lock:
            heard, self._has_heard = self._has_heard, False
            return heard

    def is_deaf(self, *, is_waiting: bool, has_worked: bool) -> bool:
        """Whether work has waited for so long, of which not one moment brought a message or saw a job in hand."""
        if has_worked or not is_waiting:
            self.deaf_since = None
            return False
        now = nature.monotonic()
        self.deaf_since = now if self.deaf_since is None else self.deaf_since
        return now - self.deaf_since >= self.patience


def watch(app: Celery, desk: Desk, ear: Ear, *, every: float = LOOK_EVERY) -> None:
    """Listen for as long as the process lives, and leave when it is deaf; meant for a thread of its own."""
    while not listen(app, desk, ear):
        nature.sleep(every)
    _leave(ear)


def listen(app: Celery, desk: Desk, ear: Ear) -> bool:
    """Give a sign of life and answer whether this worker is deaf."""
    has_worked = bool(state.active_requests) or ear.has_heard()
    is_late = _asked(lambda: _beat(desk, ear, has_worked=has_worked))
    # Asked of Redis even when a delivery is late: of a Redis that is away nothing can be heard.
    is_waiting = _asked(lambda: _messages(app) > 0 or is_late)
    return ear.is_deaf(is_waiting=is_waiting, has_worked=has_worked)


def _beat(desk: Desk, ear: Ear, *, has_worked: bool) -> bool:
    """Give a sign of life; whether a delivery is overdue and no worker at all has had anything in hand meanwhile."""
    patience = timedelta(seconds=ear.patience)
    with desk.transaction() as session:
        now = database_now(session)
        beat(session, ear.name, now, has_worked=has_worked)
        worked_at = pulse(session, now, within=patience).worked_at
        return (worked_at is None or worked_at < now - patience) and is_overdue(session, now, patience)


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (*DATABASE_AWAY, OperationalError, OSError):
        return False


def _messages(app: Celery) -> int:
    """How many messages nobody has taken yet. Raises OperationalError when Redis is away."""
    with app.connection_for_read() as connection:
        try:
            return int(connection.default_channel.queue_declare(app.conf.task_default_queue, passive=True).message_count)
        except connection.connection_errors as error:
            raise OperationalError from error
        except ChannelError:
            # To Redis a queue with nothing in it is no queue at all.
            return 0


def _leave(ear: Ear) -> None:
    """Ask Celery to end; a worker that is too deaf for that too is ended."""
    log.error("work waits and no message comes; this worker leaves to be started anew")
    ear.has_left, state.should_stop = True, LEFT_DEAF
    nature.sleep(SECONDS_TO_LEAVE)
    os._exit(LEFT_DEAF)
