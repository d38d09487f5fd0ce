"""Sync the streams: each class of a sync by itself, several at a time, until none is left.

What is left stands in the rows, so a killed worker's classes are taken up again when their lease runs out, and two workers
share one sync without reading a class twice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from integration import nature
from integration.accounts.connection import note_trouble, open_classroom
from integration.courses import progress
from integration.courses.progress import Leased, Task
from integration.desk import Desk
from integration.errors import Busy, Refused, SignInNeeded
from integration.google.classroom import Classroom
from integration.streams.read import read_stream

AT_ONCE = 8
"""Classes read at the same time: enough to use twenty calls a second at a tenth of a second each, few enough for the database."""
A_BATCH = 2 * AT_ONCE
TRIES = 3
"""Google answers some old classes with 500 for good; after so many tries in one sync the class is reported instead."""
FRUITLESS = 4
"""Batches in a row that got nowhere before the rest is left to the sweep."""
LONGEST_PAUSE = 5.0
FULL_WINDOW = 429


@dataclass
class _Run:
    """One worker's turn at a sync."""

    desk: Desk
    classroom: Classroom
    task: Task
    tries: Counter[str] = field(default_factory=Counter)
    counted: int = 0

    def new_calls(self) -> int:
        """Calls made since this was last asked."""
        calls = self.classroom.calls
        fresh, self.counted = calls - self.counted, calls
        return fresh


def sync_streams(desk: Desk, sync_id: str) -> None:
    """Read the streams that are left in a sync and end it when there is none.

    A class Google refuses fails alone, with a sentence in the sync's errors. Raises Busy when Google must be waited for;
    everything read so far stays read and the sweep goes on from there. A lost connection ends the sync as failed.
    """
    task = progress.task(desk, sync_id)
    if task.is_over:
        return
    try:
        _read_all(_Run(desk, open_classroom(desk, task.account_id, share=task.share), task))
    except SignInNeeded as error:
        note_trouble(desk, task.account_id, error)
        progress.stop(desk, sync_id, str(error))
        return
    progress.finish(desk, sync_id)


def _read_all(run: _Run) -> None:
    fruitless = 0
    with nature.Threads(AT_ONCE) as pool:
        while leased := progress.lease(run.desk, run.task.id, A_BATCH):
            waits = _read_batch(run, pool, leased)
            progress.beat(run.desk, run.task.id, calls=run.new_calls())
            fruitless = fruitless + 1 if len(waits) == len(leased) else 0
            if fruitless >= FRUITLESS:
                raise waits[-1]
            if waits:
                nature.sleep(min(max(wait.retry_after for wait in waits) or 0.2 * 2 ** fruitless, LONGEST_PAUSE))


def _read_batch(run: _Run, pool: nature.Threads, leased: Sequence[Leased]) -> list[Busy]:
    """Read these classes; answer what made some of them wait. They are given back whatever happens."""
    futures = [pool.submit(_read_one, run, course) for course in leased]
    try:
        return [wait for future in futures if (wait := future.result()) is not None]
    except SignInNeeded:
        for future in futures:
            future.cancel()
        raise
    finally:
        progress.give_back(run.desk, run.task.id, [course.course_id for course in leased])


def _read_one(run: _Run, course: Leased) -> Busy | None:
    """Read one class and write down how that went; answers what it must wait for."""
    try:
        posts = read_stream(run.desk, run.classroom, run.task, course)
    except Refused as error:
        progress.class_done(run.desk, run.task.id, course.course_id, sentence=str(error))
        return None
    except Busy as error:
        return _wait_or_report(run, course, error)
    progress.class_done(run.desk, run.task.id, course.course_id, posts=posts)
    return None


def _wait_or_report(run: _Run, course: Leased, error: Busy) -> Busy | None:
    """A full quota is nobody's fault and is waited for; a class that stumbles again and again is reported."""
    if error.status == FULL_WINDOW or error.reason == "quota":
        return error
    run.tries[course.course_id] += 1
    if run.tries[course.course_id] < TRIES:
        return error
    progress.class_done(run.desk, run.task.id, course.course_id,
                        sentence="Google did not answer properly for this class, several times. The next sync tries again.")
    return None
