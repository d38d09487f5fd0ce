"""The sweep: finds what waits too long and does it. Needs neither Redis nor Celery."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from integration.accounts.disconnect import finish_revocations
from integration.courses.syncs import quiet_syncs
from integration.delivery.remind import follow_up
from integration.delivery.sweep import sweep as sweep_deliveries
from integration.desk import Desk
from integration.errors import GoogleError, NotFound
from integration.later import Job
from integration.letters.sweep import ring_for_letters
from integration.week.sweep import ring_for_weeks
from workers.jobs import DOERS

log = structlog.get_logger(__name__)

PATIENCE_WITH_DELIVERIES = 5.0
"""Whoever works on a delivery holds it, so nothing is done twice by coming soon; and she may be waiting for it."""


@dataclass
class Basket:
    """The bell of a desk that sweeps: what is rung is put in, and done by the sweep itself, one after the other."""

    jobs: list[tuple[Job, dict[str, str]]] = field(default_factory=list)

    def __call__(self, job: Job, ids: Mapping[str, str]) -> None:
        if (job, dict(ids)) not in self.jobs:
            self.jobs.append((job, dict(ids)))


def sweep(desk: Desk, basket: Basket, *, patience: float) -> int:
    """Do every job whose rows have waited longer than `patience` seconds, deliveries sooner; answer how many jobs were done.

    `basket` must be the bell of `desk`. What Google refuses leaves its reason in its rows; the others go on.
    """
    for sync_id in quiet_syncs(desk, patience):
        basket(Job.SYNC_COURSES, {"sync_id": sync_id})
    sweep_deliveries(desk, patience=min(patience, PATIENCE_WITH_DELIVERIES))
    finish_revocations(desk)
    follow_up(desk)
    ring_for_letters(desk, patience=patience)
    ring_for_weeks(desk, patience=patience)
    return empty(desk, basket)


def empty(desk: Desk, basket: Basket) -> int:
    """Do every job in the basket, and those they ring for; answer how many were done."""
    done = 0
    while basket.jobs:
        job, ids = basket.jobs.pop(0)
        done += _do(desk, job, ids)
    return done


def _do(desk: Desk, job: Job, ids: Mapping[str, str]) -> int:
    try:
        DOERS[job](desk, **ids)
    except (GoogleError, NotFound) as error:
        log.warning("a swept job could not be done now", job=job.value, error=type(error).__name__)
        return 0
    return 1
