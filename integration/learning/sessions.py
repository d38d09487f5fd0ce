"""Sessions for the staff: planned with a topic and a day, held once it is written down how many came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.learning.models import StaffSeries, StaffSession
from integration.learning.series import fault, series_row
from integration.records import plain
from integration.records.base import new_id

LONGEST = {"topic": 300, "audience": 200, "materials": 1000}
MOST_MINUTES = 1440
MOST_STAFF = 5000


@dataclass(frozen=True)
class NewSession:
    """A session as she writes it. `attendance` is how many of the staff came; nothing before it was held."""

    topic: str
    on: date
    minutes: int | None
    audience: str = ""
    materials: str = ""
    attendance: int | None = None


@dataclass(frozen=True)
class SessionCard:
    """A session as shown."""

    id: str
    series_id: str
    series: str
    topic: str
    on: date
    minutes: int
    audience: str
    materials: str
    attendance: int | None


def add_session(desk: Desk, school_id: str, series_id: str, new: NewSession) -> str:
    """Write a session of a series down and answer its id. Raises Invalid, NotFound."""
    values, id = _checked(desk, school_id, new), new_id()
    with desk.transaction() as session:
        series_row(session, school_id, series_id)
        session.add(StaffSession(id=id, school_id=school_id, series_id=series_id, written_at=desk.now(), **values))
    return id


def change_session(desk: Desk, school_id: str, session_id: str, new: NewSession) -> None:
    """Correct a session, or write down how many came. Raises Invalid, NotFound."""
    values = _checked(desk, school_id, new)
    with desk.transaction() as session:
        row = _row(session, school_id, session_id)
        for name, value in values.items():
            setattr(row, name, value)


def remove_session(desk: Desk, school_id: str, session_id: str) -> None:
    """Take a session away for good. Raises NotFound."""
    with desk.transaction() as session:
        session.delete(_row(session, school_id, session_id))


def staff_session(desk: Desk, school_id: str, session_id: str) -> SessionCard:
    """One session. Raises NotFound."""
    with desk.transaction() as session:
        return _cards(session, [_row(session, school_id, session_id)])[0]


def sessions_of(desk: Desk, school_id: str, series_id: str) -> list[SessionCard]:
    """The sessions of one series, the latest day first. Raises NotFound."""
    with desk.transaction() as session:
        series_row(session, school_id, series_id)
        return _read(session, school_id, StaffSession.series_id == series_id)[::-1]


def held_between(desk: Desk, school_id: str, first: date, last: date) -> list[SessionCard]:
    """The sessions held from `first` to `last`, both included, oldest first: those of which it is known how many came."""
    with desk.transaction() as session:
        return _read(session, school_id, StaffSession.on >= first, StaffSession.on <= last, StaffSession.attendance.is_not(None))


def _read(session: Session, school_id: str, *which: ColumnElement[bool]) -> list[SessionCard]:
    return _cards(session, session.scalars(select(StaffSession).where(StaffSession.school_id == school_id, *which)
                                           .order_by(StaffSession.on, StaffSession.id)).all())


def _cards(session: Session, rows: Sequence[StaffSession]) -> list[SessionCard]:
    titles = dict(session.execute(select(StaffSeries.id, StaffSeries.title).where(
        StaffSeries.id.in_({row.series_id for row in rows}))).all())
    return [SessionCard(row.id, row.series_id, titles[row.series_id], row.topic, row.on, row.minutes, row.audience, row.materials,
                        row.attendance) for row in rows]


def _row(session: Session, school_id: str, session_id: str) -> StaffSession:
    row = session.scalar(select(StaffSession).where(StaffSession.school_id == school_id, StaffSession.id == session_id))
    if row is None:
        raise NotFound("There is no such session. It may have been taken away, or belong to another school.")
    return row


def _checked(desk: Desk, school_id: str, new: NewSession) -> dict[str, Any]:
    said = {name: plain.line(getattr(new, name)) for name in LONGEST}
    is_to_come = school(desk, school_id).is_to_come(new.on, desk.now())
    faults = {**{name: fault(text, LONGEST[name]) for name, text in said.items()},
              "minutes": "" if new.minutes is not None and 1 <= new.minutes <= MOST_MINUTES
              else f"How many minutes? From 1 to {MOST_MINUTES:,}.",
              "attendance": _attendance(new.attendance, is_to_come=is_to_come)}
    if not said["topic"]:
        faults["topic"] = "Say in a few words what it is about."
    if any(faults.values()):
        raise Invalid(fields={name: sentence for name, sentence in faults.items() if sentence})
    return {"on": new.on, "minutes": new.minutes, "attendance": new.attendance, **said}


def _attendance(came: int | None, *, is_to_come: bool) -> str:
    if came is None:
        return ""
    if is_to_come:
        return "This day is still to come. Say how many came when it was held."
    return "" if 0 <= came <= MOST_STAFF else f"How many of the staff came? A number from 0 to {MOST_STAFF:,}."
