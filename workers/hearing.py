"""A worker that hears nothing any more: work waits, nobody has it in hand here, and no message comes. It leaves, to be started anew.

After Redis was away a worker may go on living without ever taking a message again (celery/celery#8030). The sweep does its work
meanwhile, only slower.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from celery import Celery
from celery.worker import state
from kombu.exceptions import OperationalError

from integration import nature
from integration.delivery.sweep import is_waiting
from integration.desk import Desk
from integration.records.session import DATABASE_AWAY

log = structlog.get_logger(__name__)

PATIENCE = 120.0
LOOK_EVERY = 10.0
SECONDS_TO_LEAVE = 10.0
LEFT_DEAF = 75
"""The exit status; EX_TEMPFAIL of sysexits.h."""


@dataclass
class Ear:
    """How long this worker has heard nothing although there was something to hear."""

    deaf_since: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self) -> None:
        """A message came."""
        with self.lock:
            self.deaf_since = None

    def listen(self, *, is_waiting: bool, is_busy: bool) -> bool:
        """Whether work has waited for two minutes of which not one moment brought a message or saw us busy."""
        now = nature.monotonic()
        with self.lock:
            if is_busy or not is_waiting:
                self.deaf_since = None
                return False
            self.deaf_since = now if self.deaf_since is None else self.deaf_since
            return now - self.deaf_since >= PATIENCE


def watch(app: Celery, desk: Desk, ear: Ear) -> None:
    """Listen for as long as the process lives; meant for a thread of its own."""
    while not ear.listen(is_waiting=_is_waiting(app, desk), is_busy=bool(state.active_requests)):
        nature.sleep(LOOK_EVERY)
    _leave()


def _is_waiting(app: Celery, desk: Desk) -> bool:
    """Whether a message lies in the queue, or a delivery is overdue. Of a database or Redis that is away nothing can be said."""
    return _asked(lambda: is_waiting(desk, timedelta(seconds=PATIENCE))) or _asked(lambda: _messages(app) > 0)


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (*DATABASE_AWAY, OperationalError, OSError):
        return False


def _messages(app: Celery) -> int:
    with app.connection_for_read() as connection:
        return int(connection.default_channel.queue_declare(app.conf.task_default_queue, passive=True).message_count)


def _leave() -> None:
    """Ask Celery to end; a worker that is too deaf for that too is ended."""
    log.error("work waits and no message comes; this worker leaves to be started anew")
    state.should_terminate = LEFT_DEAF
    nature.sleep(SECONDS_TO_LEAVE)
    os._exit(LEFT_DEAF)
