"""The timetable: a tick every few seconds sweeps, and once an hour asks which schools were last looked at a week ago."""

import threading
from datetime import timedelta

import structlog

from integration.accounts.schools import accounts_of, school_ids
from integration.courses.sync import request_sync
from integration.courses.syncs import latest_sync
from integration.desk import Desk
from integration.records.session import DATABASE_AWAY
from workers.sweep import Basket, sweep

log = structlog.get_logger(__name__)

TICK_SECONDS = 10.0
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def run_clock(desk: Desk, basket: Basket, stop: threading.Event, *, patience: float, tick: float = TICK_SECONDS) -> None:
    """Tick until `stop` is set. A database that is away is waited for, and no call to Google is made meanwhile."""
    asked_at = desk.now() - HOUR
    while not stop.is_set():
        try:
            if desk.now() - asked_at >= HOUR:
                asked_at = desk.now()
                ask_for_weekly_syncs(desk)
            sweep(desk, basket, patience=patience)
        except DATABASE_AWAY as error:
            log.warning("the database is away; the clock waits", error=type(error).__name__)
        stop.wait(tick)


def ask_for_weekly_syncs(desk: Desk) -> int:
    """Ask for a sync of every connected account of each school that was last looked at a week ago or more."""
    asked = 0
    for school_id in school_ids(desk):
        last = latest_sync(desk, school_id)
        if last is None or desk.now() - last.asked_at < WEEK:
            continue
        for account in accounts_of(desk, school_id):
            if account.health.is_usable:
                request_sync(desk, school_id, account.id)
                asked += 1
    return asked
