"""The bell: jobs to start after the commit, by name.

`ask(session, Job.SEND_DELIVERIES, school_id=...)` inside a transaction; the bell is rung after the commit and forgotten on
rollback. A bell that could not be rung loses nothing: the row is in the database and the sweep finds it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

Ring = Callable[["Job", Mapping[str, str]], None]
"""Starts a job somewhere. Must return quickly and must not raise."""

_WAITING = "jobs_to_ring"
_BELL = "ring"


class Job(StrEnum):
    """Every job there is. The value is the name of the task that does it."""

    SYNC_COURSES = "sync_courses"
    SYNC_STREAMS = "sync_streams"
    SEND_DELIVERIES = "send_deliveries"
    RECORD_REACH = "record_reach"
    REVOKE_GRANT = "revoke_grant"
    SEND_LETTERS = "send_letters"
    RUN_WEEK = "run_week"
    MAKE_DOCUMENTS = "make_documents"


def ask(session: Session, job: Job, **ids: str) -> None:
    """Ring `job` with `ids` once this transaction has committed. Asking twice for the same thing rings once."""
    waiting: list[tuple[Job, dict[str, str]]] = session.info.setdefault(_WAITING, [])
    if (job, ids) not in waiting:
        waiting.append((job, ids))


def set_bell(session: Session, ring: Ring) -> None:
    """Let this session ring `ring` after its commit."""
    session.info[_BELL] = ring


@event.listens_for(Session, "after_commit")
def _ring_all(session: Session) -> None:
    waiting: list[tuple[Job, dict[str, str]]] = session.info.pop(_WAITING, [])
    for job, ids in waiting:
        ring: Ring = session.info[_BELL]
        ring(job, ids)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_WAITING, None)


def silence(job: Job, ids: Mapping[str, Any]) -> None:
    """A bell nobody hears; for commands that do the work themselves."""
