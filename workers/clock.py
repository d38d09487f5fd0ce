"""The timetable: a tick every few seconds sweeps, and once a minute asks whose weekly round has fallen due."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from integration.desk import Desk
from integration.records.session import DATABASE_AWAY
from integration.week.strike import strike
from workers.sweep import Basket, Heard, nobody_hears, sweep

log = structlog.get_logger(__name__)

TICK_SECONDS = 10.0
SECONDS_AT_WORK = 15.0
"""How long the clock may be busy with what nobody else does, before it looks again what waits."""
MINUTE = timedelta(minutes=1)


def run_clock(desk: Desk, basket: Basket, stop: threading.Event, *, patience: Callable[[], float],
              tick: float = TICK_SECONDS, ring: Heard = nobody_hears) -> None:
    """Tick until `stop` is set; `patience` says at each how many seconds a row may wait for the workers, `ring` rings for them.

    A tick that could not do everything is followed by the next at once. A database that is away is waited for, and no call to
    Google is made meanwhile.
    """
    struck_at = desk.now() - MINUTE
    while not stop.is_set():
        try:
            if desk.now() - struck_at >= MINUTE:
                struck_at = desk.now()
                strike(desk)
            sweep(desk, basket, patience=patience(), ring=ring, seconds=SECONDS_AT_WORK)
        except DATABASE_AWAY as error:
            log.warning("the database is away; the clock waits", error=type(error).__name__)
            # Its rows remember all of it.
            basket.jobs.clear()
        if not basket.jobs:
            stop.wait(tick)
