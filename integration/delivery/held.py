"""Hold what falls due during a pause, and let it go on afterwards: gently what is hardly late, the rest only if she says so."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from integration.accounts.models import School
from integration.accounts.schools import SchoolCard, school_card
from integration.courses.models import CourseTeacher
from integration.delivery.expire import ASK_AFTER, LATE_AFTER
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery, Pause, Scope
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place
from integration.desk import Desk
from integration.records.clock import database_now

HOLDS = (S.READY, S.DRAFTED)
# Built once: putting a statement together takes longer than carrying it out.
_BEGUN = select(Pause).where(
    Pause.school_id == bindparam("school_id"), Pause.ended_at.is_(None), Pause.first <= bindparam("on")).order_by(Pause.id)
_DUE_AGAIN = select(Delivery).where(
    Delivery.school_id == bindparam("school_id"), Delivery.state == S.PAUSED, Delivery.next_at <= bindparam("now"),
).order_by(Delivery.id).with_for_update()
ONE_EACH = timedelta(seconds=20)
"""How far apart those go out that were held."""
MORNING = time(7)
LOOKS_AGAIN = timedelta(hours=6)
GOES_ON = "The pause is over, so it goes out now, one after the other."
ASK = ("It fell due during a pause, more than twelve hours ago, so it is not posted late without asking you. Try again if it still "
       "fits, or take it back.")


def obey_pauses(desk: Desk, school_id: str) -> None:
    """Hold what is due where she paused, and let go on what was held and need not be any more."""
    with desk.transaction() as session:
        where, now = school_card(session.get_one(School, school_id)), database_now(session)
        _resume(session, where, now, session.scalars(_DUE_AGAIN, {"school_id": school_id, "now": now}))
        hold_paused(session, where, now)


def hold_paused(session: Session, where: SchoolCard, now: datetime) -> int:
    """Hold each due delivery that a pause covers and nobody has in hand; answer how many."""
    in_force = pauses_on(session, where, now)
    if not in_force:
        return 0
    rows = session.scalars(select(Delivery).where(
        Delivery.school_id == where.id, Delivery.state.in_(HOLDS), Delivery.draft_only.is_(False), Delivery.next_at <= now,
        Delivery.published_at.is_(None), or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)).with_for_update()).all()
    held = [(row, pause) for row in rows if (pause := _pause_of(session, in_force, row.course_id)) is not None]
    for row, pause in held:
        row.state, row.reason, row.lease_token, row.lease_until = S.PAUSED, _sentence(pause), None, None
        row.next_at = _ends(where, pause, now)
        add_step(session, row.school_id, row.id, row.state, row.reason, now)
    return len(held)


def resume_paused(session: Session, where: SchoolCard, now: datetime, *which: ColumnElement[bool]) -> int:
    """Let those of the held that no pause covers any more go out one after the other, or ask about them; answer how many go."""
    return _resume(session, where, now, session.scalars(select(Delivery).where(*which).order_by(Delivery.id).with_for_update()))


def _resume(session: Session, where: SchoolCard, now: datetime, held: Iterable[Delivery]) -> int:
    in_force, going = pauses_on(session, where, now), 0
    for row in held:
        if (pause := _pause_of(session, in_force, row.course_id)) is not None:
            row.next_at = _ends(where, pause, now)
            continue
        is_late = now - (row.expires_at - LATE_AFTER) > ASK_AFTER
        row.state, row.reason = (S.NEEDS_HUMAN, ASK) if is_late else (place(session, row), "")
        row.next_at, going = now + going * ONE_EACH, going + (not is_late)
        add_step(session, row.school_id, row.id, row.state, row.reason or GOES_ON, now)
    return going


def pauses_on(session: Session, where: SchoolCard, at: datetime) -> list[Pause]:
    """The pauses in force in a school at a moment, by its own calendar."""
    on = where.today(at)
    rows = session.scalars(_BEGUN, {"school_id": where.id, "on": on})
    return [row for row in rows if row.last is None or on <= row.last]


def why_school_is_paused(session: Session, where: SchoolCard, at: datetime) -> str:
    """A sentence when the whole school is paused at a moment, else nothing."""
    whole = next((row for row in pauses_on(session, where, at) if row.scope is Scope.SCHOOL), None)
    return "" if whole is None else _sentence(whole)


def held_in(school_id: str) -> tuple[ColumnElement[bool], ...]:
    """What is held in a school."""
    return Delivery.school_id == school_id, Delivery.state == S.PAUSED


def _pause_of(session: Session, in_force: Sequence[Pause], course_id: str) -> Pause | None:
    """The pause that covers a class: the school's, its own, or one of its teachers'."""
    if not in_force:
        return None
    targets = {"", course_id, *session.scalars(select(CourseTeacher.teacher_id).where(CourseTeacher.course_id == course_id))}
    return next((row for row in in_force if row.target in targets), None)


def _ends(where: SchoolCard, pause: Pause, now: datetime) -> datetime:
    """When to look again: on the morning after its last day, or a little later when nobody knows its end."""
    if pause.last is None:
        return now + LOOKS_AGAIN
    return datetime.combine(pause.last + timedelta(days=1), MORNING, ZoneInfo(where.timezone))


def _sentence(pause: Pause) -> str:
    whom = {Scope.SCHOOL: "the whole school", Scope.CLASS: "this class", Scope.TEACHER: "this teacher"}[pause.scope]
    until = f" until {pause.last:%B} {pause.last.day}" if pause.last else ", until you resume"
    return f"You paused {whom}{until}{f': {pause.reason}' if pause.reason else ''}."
