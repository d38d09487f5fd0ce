"""Pause a school, a class or a teacher for some days: nothing new is posted there meanwhile, and resuming is no burst.

What falls due during a pause is held; see `delivery.held`.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from integration import later
from integration.accounts.schools import SchoolCard, school
from integration.courses.models import Course, Teacher
from integration.delivery.held import held_in, hold_paused, resume_paused
from integration.delivery.models import Pause, Scope
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records import audit, plain
from integration.records.base import new_id
from integration.records.clock import database_now

LONGEST_REASON = 200


@dataclass(frozen=True)
class NewPause:
    """A pause as she asks for it: `scope` school, class or teacher; from the day `first` to `last`, or until she resumes."""

    scope: str
    target: str = ""
    first: date | None = None
    last: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class PauseCard:
    """A pause as shown. `name`: whom or what it pauses."""

    id: str
    scope: str
    target: str
    name: str
    first: date
    last: date | None
    reason: str
    is_on: bool
    """Whether it is in force today."""


def begin_pause(desk: Desk, school_id: str, new: NewPause, *, account_id: str) -> str:
    """Pause from a day on, today when none is named, and hold at once what is due; gives its id. Raises Invalid, NotFound."""
    where = school(desk, school_id)
    first = new.first or where.today(desk.now())
    with desk.transaction() as session:
        _check(session, where, new, first)
        row = Pause(id=new_id(), school_id=school_id, scope=Scope(new.scope), target=new.target, first=first, last=new.last,
                    reason=plain.line(new.reason), by=f"account:{account_id}", made_at=desk.now())
        session.add(row)
        session.flush()
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="pause",
                   object=f"{new.scope}:{new.target or school_id}", result=f"from {first} to {new.last or 'her resuming'}")
        hold_paused(session, where, database_now(session))
        return row.id


def end_pause(desk: Desk, school_id: str, pause_id: str, *, account_id: str) -> None:
    """Resume before its last day; again changes nothing. Raises NotFound."""
    where = school(desk, school_id)
    with desk.transaction() as session:
        row = session.scalar(select(Pause).where(Pause.school_id == school_id, Pause.id == pause_id).with_for_update())
        if row is None:
            raise NotFound("There is no such pause. It may belong to another school.")
        if row.ended_at is None:
            row.ended_at = desk.now()
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="resume",
                       object=f"{row.scope}:{row.target or school_id}")
        session.flush()
        resume_paused(session, where, database_now(session), *held_in(school_id))
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)


def pauses(desk: Desk, school_id: str) -> list[PauseCard]:
    """The pauses in force or to come, by their first day. Raises NotFound."""
    where = school(desk, school_id)
    today = where.today(desk.now())
    with desk.transaction() as session:
        rows = session.scalars(select(Pause).where(
            Pause.school_id == school_id, Pause.ended_at.is_(None), or_(Pause.last.is_(None), Pause.last >= today))
            .order_by(Pause.first, Pause.id)).all()
        return [PauseCard(row.id, row.scope.value, row.target, _name(session, where, row), row.first, row.last, row.reason,
                          row.first <= today) for row in rows]


def _check(session: Session, where: SchoolCard, new: NewPause, first: date) -> None:
    if new.scope not in {each.value for each in Scope}:
        raise Invalid(fields={"scope": "Pause the school, a class or a teacher."})
    if new.scope != Scope.SCHOOL and not _is_there(session, where, new):
        raise Invalid(fields={"target": f"Say which {new.scope}. Nothing was paused."})
    if new.scope == Scope.SCHOOL and new.target:
        raise Invalid(fields={"target": "A pause of the whole school names no class or teacher. Nothing was paused."})
    if new.last is not None and new.last < first:
        raise Invalid(fields={"last": "Its last day is before its first. Nothing was paused."})
    if len(new.reason) > LONGEST_REASON or plain.fault(plain.line(new.reason)):
        raise Invalid(fields={"reason": f"Write at most {LONGEST_REASON} characters of plain text. Nothing was paused."})


def _is_there(session: Session, where: SchoolCard, new: NewPause) -> bool:
    table: type[Course | Teacher] = Course if new.scope == Scope.CLASS else Teacher
    return session.scalar(select(table.id).where(table.school_id == where.id, table.id == new.target)) is not None


def _name(session: Session, where: SchoolCard, row: Pause) -> str:
    if row.scope is Scope.CLASS:
        return session.scalar(select(Course.name).where(Course.id == row.target)) or "a class"
    if row.scope is Scope.TEACHER:
        return session.scalar(select(Teacher.name).where(Teacher.id == row.target)) or "a teacher"
    return where.name
