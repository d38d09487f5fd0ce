"""The sweep: finds what waits too long, rings for it anew, and does what nobody hears of. Needs neither Redis nor Celery."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from integration import nature
from integration.accounts.disconnect import finish_revocations
from integration.courses.syncs import quiet_syncs
from integration.delivery.remind import follow_up
from integration.delivery.sweep import sweep as sweep_deliveries
from integration.desk import Desk
from integration.errors import GoogleError, NotFound
from integration.later import Job
from integration.letters.sweep import ring_for_letters
from integration.week.sweep import ring_for_weeks
from integration.workshops.file_away import ring_for_documents
from workers.jobs import DOERS

log = structlog.get_logger(__name__)

PATIENCE_WITH_DELIVERIES = 5.0
"""Whoever works on a delivery holds it, so nothing is done twice by coming soon; and she may be waiting for it."""


Heard = Callable[[Job, Mapping[str, str]], bool]
"""Rings the workers for a job; whether the bell could be rung."""
Key = tuple[Job, tuple[tuple[str, str], ...]]


def nobody_hears(_job: Job, _ids: Mapping[str, str]) -> bool:
    """The bell where there are no workers."""
    return False


@dataclass
class Basket:
    """The bell of a desk that sweeps: what is rung is put in, once, and done by the sweep itself, one after the other."""

    jobs: dict[Key, None] = field(default_factory=dict)
    _left: set[Key] = field(default_factory=set)
    """What the workers were rung for, and was found again at each sweep since."""

    def __call__(self, job: Job, ids: Mapping[str, str]) -> None:
        self.jobs.setdefault((job, tuple(sorted(ids.items()))))

    def leave_to(self, ring: Heard) -> None:
        """Ring for what is new in it, for the workers to do. What they were rung for before and is still found stays in."""
        left = {key for key in self.jobs if key in self._left or ring(key[0], dict(key[1]))}
        for key in left - self._left:
            del self.jobs[key]
        self._left = left


def sweep(desk: Desk, basket: Basket, *, patience: float, ring: Heard = nobody_hears, seconds: float = math.inf) -> int:
    """Find every job whose rows have waited longer than `patience` seconds, deliveries sooner; answer how many it did itself.

    The workers are rung for it anew, so that all of them share in what was forgotten everywhere at once. What they do not hear
    of, or is found by the next sweep too, is done here, for at most so many `seconds` and the job under way then; the rest stays
    in the basket. `basket` must be the bell of `desk`. What Google refuses leaves its reason in its rows; the others go on.
    """
    for sync_id in quiet_syncs(desk, patience):
        basket(Job.SYNC_COURSES, {"sync_id": sync_id})
    sweep_deliveries(desk, patience=min(patience, PATIENCE_WITH_DELIVERIES))
    finish_revocations(desk)
    follow_up(desk)
    ring_for_letters(desk, patience=patience)
    ring_for_weeks(desk, patience=patience)
    ring_for_documents(desk, patience=patience)
    basket.leave_to(ring)
    return empty(desk, basket, seconds=seconds)


def empty(desk: Desk, basket: Basket, *, seconds: float = math.inf) -> int:
    """Do the jobs in the basket, and those they ring for, until none is left or the time is over; answer how many were done."""
    done, until = 0, nature.monotonic() + seconds
    while basket.jobs:
        job, ids = next(iter(basket.jobs))
        del basket.jobs[job, ids]
        done += _do(desk, job, dict(ids))
        if nature.monotonic() >= until:
            break
    return done


def _do(desk: Desk, job: Job, ids: Mapping[str, str]) -> int:
    try:
        DOERS[job](desk, **ids)
    except (GoogleError, NotFound) as error:
        log.warning("a swept job could not be done now", job=job.value, error=type(error).__name__)
        return 0
    return 1
