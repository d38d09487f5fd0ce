"""The timetable: a tick every few seconds sweeps, and once a minute asks whose weekly round has fallen due."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from integration.desk import Desk
from integration.records.session import DATABASE_AWAY
from integration.week.strike import strike
from workers.sweep import Basket, sweep

log = structlog.get_logger(__name__)

TICK_SECONDS = 10.0
MINUTE = timedelta(minutes=1)


def run_clock(desk: Desk, basket: Basket, stop: threading.Event, *, patience: Callable[[], float],
              tick: float = TICK_SECONDS) -> None:
    """Tick until `stop` is set; `patience` says at each how many seconds a row may wait for the workers.

    A database that is away is waited for, and no call to Google is made meanwhile.
    """
    struck_at = desk.now() - MINUTE
    while not stop.is_set():
        try:
            if desk.now() - struck_at >= MINUTE:
                struck_at = desk.now()
                strike(desk)
            sweep(desk, basket, patience=patience())
        except DATABASE_AWAY as error:
            log.warning("the database is away; the clock waits", error=type(error).__name__)
        stop.wait(tick)
