"""Strike the hour: write down the rounds that are due, each once, however often the clock comes by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from integration import later
from integration.accounts.models import Account, Health, School
from integration.accounts.schools import SchoolCard, school_card
from integration.delivery.held import why_school_is_paused
from integration.desk import Desk
from integration.records.base import new_id
from integration.records.upsert import insert_missing
from integration.week.calendar import LATE, Off, Slot, slots
from integration.week.models import Holiday, Step, StepState, Week, WeekState, WeekStep

BY_CLOCK = 0
UNDER_WAY = (WeekState.QUEUED, WeekState.RUNNING)
WAS_AWAY = "Throughline was not running at its time. Nothing was posted late; the next round looked at everything."
NEXT_BEGAN = "The next week’s round began before this one had come to its end."


@dataclass(frozen=True)
class _Librarian:
    account_id: str
    place: SchoolCard
    since: datetime
    last: datetime | None
    """The time of the last round of hers that was written down."""


def strike(desk: Desk) -> int:
    """Write down every round that has fallen due and ring for it; answer how many are to be run.

    After an outage only the newest is run; those before it are written down as missed. A holiday's or a paused school's is
    written down as skipped.
    """
    with desk.transaction() as session:
        off, librarians = holidays(session), _librarians(session)
    return sum(_strike(desk, each, off[each.place.id]) for each in librarians)


def holidays(session: Session) -> dict[str, list[Off]]:
    """Each school's days off."""
    found = defaultdict[str, list[Off]](list)
    for row in session.scalars(select(Holiday).order_by(Holiday.first)):
        found[row.school_id].append(Off(row.name, row.first, row.last))
    return found


def add_steps(session: Session, school_id: str, week_id: str) -> None:
    """Write a round's steps down, all of them still to be done."""
    session.flush()
    session.add_all(WeekStep(school_id=school_id, week_id=week_id, step=step, state=StepState.PENDING, counts={}, sentences=[])
                    for step in Step)


def _librarians(session: Session) -> list[_Librarian]:
    last = (select(Week.account_id, func.max(Week.due_at).label("at")).where(Week.run == BY_CLOCK)
            .group_by(Week.account_id).subquery())
    found = session.execute(
        select(Account.id, Account.created_at, School, last.c.at).join(School, School.id == Account.school_id)
        .outerjoin(last, last.c.account_id == Account.id).where(Account.health != Health.DISCONNECTED).order_by(Account.id))
    return [_Librarian(row.id, school_card(row.School), row.created_at, row.at) for row in found]


def _strike(desk: Desk, whose: _Librarian, off: Sequence[Off]) -> int:
    now = desk.now()
    due = [slot for slot in slots(whose.last, now, ZoneInfo(whose.place.timezone), off) if slot.at > whose.since]
    if not due:
        return 0
    with desk.transaction() as session:
        rows = [_row(session, whose, slot, now, is_newest=slot is due[-1]) for slot in due]
        _end_older(session, whose.account_id, now)
        return sum(_begin(session, row) for row in rows)


def _row(session: Session, whose: _Librarian, slot: Slot, now: datetime, *, is_newest: bool) -> dict[str, Any]:
    reason = f"No school that week: {slot.holiday}." if slot.holiday else why_school_is_paused(session, whose.place, slot.at)
    state = WeekState.SKIPPED if reason else WeekState.QUEUED if is_newest else WeekState.MISSED
    return {"id": new_id(), "school_id": whose.place.id, "account_id": whose.account_id, "week": slot.week, "run": BY_CLOCK,
            "due_at": slot.at, "state": state, "is_late": now - slot.at > LATE,
            "reason": WAS_AWAY if state is WeekState.MISSED else reason, "waits": False, "next_at": now,
            "ended_at": None if state is WeekState.QUEUED else now}


def _begin(session: Session, row: dict[str, Any]) -> int:
    """Write one down; 1 when it is new and to be run."""
    is_new = insert_missing(session, Week, [row], key=("account_id", "week", "run")) > 0
    if not is_new or row["state"] is not WeekState.QUEUED:
        return 0
    add_steps(session, row["school_id"], row["id"])
    later.ask(session, later.Job.RUN_WEEK, week_id=row["id"])
    return 1


def _end_older(session: Session, account_id: str, now: datetime) -> None:
    session.execute(update(Week).where(Week.account_id == account_id, Week.state.in_(UNDER_WAY)).values(
        state=WeekState.PARTIAL, reason=NEXT_BEGAN, ended_at=now, lease_token=None, lease_until=None))
