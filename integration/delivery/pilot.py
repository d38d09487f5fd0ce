"""Send a plan into one class first: the others wait in the ledger until she has looked at that pilot and goes on.

Nothing of the rest is ever sent by itself, and no teacher of the rest is asked before she goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from integration import later
from integration.accounts.schools import SchoolCard, school
from integration.consent.allowed import Allowed, Verdict, agreed_among
from integration.courses.models import Course
from integration.courses.shelf import CourseCard, courses
from integration.delivery.ask import ask_teachers
from integration.delivery.expire import LATE_AFTER, PATIENCE_WITH_A_TEACHER
from integration.delivery.first_state import first_state, stays_draft
from integration.delivery.lease import add_step
from integration.delivery.machine import CHANGING, WORKABLE
from integration.delivery.models import Action, Delivery, Plan, PlanItem, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.permission import permissions
from integration.delivery.plans import PlanCard, plan_card, plan_row
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid
from integration.records import audit
from integration.records.clock import database_now

STANDS = frozenset({S.PUBLISHED, *CHANGING})
NOT_YET = "Nothing was sent to the other classes: the pilot in {} does not stand yet. Go on when it does, or choose another pilot."
STANDS_ALREADY = "The pilot in {} stands already, so no other was sent. Look at it, then go on to the rest."
ON_ITS_WAY = "The pilot in {} is on its way, so no other was sent. Wait until it stands."
NOT_THERE = "Choose one of the classes that wait for the pilot. Nothing was sent."


@dataclass(frozen=True)
class PilotCard:
    """A pilot that stands; `others`: how many classes wait for her."""

    plan_id: str
    account_id: str
    title: str
    course_name: str
    others: int


def go_on(desk: Desk, school_id: str, plan_id: str, account_id: str) -> PlanCard:
    """Let the rest go once the pilot stands, as the teachers allow then; the plan as it is then. A second time changes nothing.

    Raises NotFound, AlreadyDone while the pilot does not stand.
    """
    cards, place = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id)
    with desk.transaction() as session:
        plan = locked(session, school_id, plan_id)
        rest = _behind(session, plan)
        if rest and not _pilot_state(session, plan) & STANDS:
            raise AlreadyDone(NOT_YET.format(cards[plan.pilot_id or ""].name))
        _release(session, desk, place, cards, plan, rest)
        _note(session, desk, plan, account_id, "go on", f"{len(rest)} deliveries")
    return plan_card(desk, school_id, plan_id)


def try_another(desk: Desk, school_id: str, plan_id: str, course_id: str, account_id: str) -> PlanCard:
    """Send it into another one of the classes that wait, as the pilot; the plan as it is then.

    Raises NotFound, Invalid for a class that does not wait for the pilot, AlreadyDone while the first stands or is on its way.
    """
    cards, place = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id)
    with desk.transaction() as session:
        plan = locked(session, school_id, plan_id)
        rest, state = _behind(session, plan), _pilot_state(session, plan)
        new = [row for row in rest if row.course_id == course_id]
        if not new:
            raise Invalid(fields={"pilot": NOT_THERE})
        if state & (STANDS | WORKABLE):
            raise AlreadyDone((STANDS_ALREADY if state & STANDS else ON_ITS_WAY).format(cards[plan.pilot_id or ""].name))
        plan.pilot_id = course_id
        _release(session, desk, place, cards, plan, new)
        for row in rest:
            if row.state is S.AWAITS_PILOT:
                row.reason = waits_for(cards[course_id].name)
        _note(session, desk, plan, account_id, "pilot", f"class:{course_id}")
    return plan_card(desk, school_id, plan_id)


def waits_for(name: str) -> str:
    """The sentence beside what waits for the pilot in the class of this name."""
    return f"It waits for the pilot in {name.strip() or 'a class without a name'}."[:500]


def is_behind_pilot(session: Session, plan_id: str) -> bool:
    """Whether a plan's other classes wait for its pilot still."""
    return session.scalar(select(Delivery.id).where(
        Delivery.plan_id == plan_id, Delivery.state == S.AWAITS_PILOT).limit(1)) is not None


def pilots_to_look_at(desk: Desk, school_id: str) -> list[PilotCard]:
    """The pilots that stand while the other classes wait for her, the newest plan first."""
    behind = aliased(Delivery)
    query = (select(Plan.id, Plan.account_id, Plan.title, Course.name, func.count(behind.id)).select_from(Plan)
             .join(Delivery, (Delivery.plan_id == Plan.id) & (Delivery.course_id == Plan.pilot_id))
             .join(Course, Course.id == Delivery.course_id)
             .join(behind, (behind.plan_id == Plan.id) & (behind.state == S.AWAITS_PILOT))
             .where(Plan.school_id == school_id, Delivery.state.in_(STANDS))
             .group_by(Plan.id, Plan.account_id, Plan.title, Course.name).order_by(Plan.id.desc()))
    with desk.transaction() as session:
        return [PilotCard(*row) for row in session.execute(query)]


def locked(session: Session, school_id: str, plan_id: str) -> Plan:
    """Of two presses at the same time one waits here, and then finds it done."""
    plan = plan_row(session, school_id, plan_id)
    session.refresh(plan, with_for_update=True)
    return plan


def _behind(session: Session, plan: Plan) -> Sequence[Delivery]:
    return session.scalars(select(Delivery).join(Course, Course.id == Delivery.course_id).where(
        Delivery.plan_id == plan.id, Delivery.state == S.AWAITS_PILOT)
        .order_by(Course.name, Course.id).with_for_update(of=Delivery)).all()


def _pilot_state(session: Session, plan: Plan) -> frozenset[S]:
    return frozenset(session.scalars(select(Delivery.state).where(
        Delivery.plan_id == plan.id, Delivery.course_id == plan.pilot_id)))


def _release(session: Session, desk: Desk, place: SchoolCard, cards: Mapping[str, CourseCard], plan: Plan,
             rows: Sequence[Delivery]) -> None:
    """Let these go: at once, after their teachers' word, or not at all, as the day on which they are due allows."""
    if not rows:
        return
    now = database_now(session)
    due = max(now, plan.publish_at or now)
    allowed = permissions(session, place, due)
    agreed = agreed_among(session, plan.school_id, [f"delivery:{row.id}" for row in rows])
    actions: dict[str, Action] = {item.course_id: item.action for item in session.scalars(
        select(PlanItem).where(PlanItem.plan_id == plan.id))}
    for row in rows:
        if f"delivery:{row.id}" in agreed:
            _start(session, row, S.READY, Allowed(Verdict.GO), now, due)
        else:
            may = allowed.may(cards[row.course_id], row.kind, plan.topic)
            _start(session, row, first_state(actions[row.course_id], may), may, now, due)
    plan.state = PlanState.RUNNING
    ask_teachers(session, desk.settings, place, cards, rows, now)
    later.ask(session, later.Job.SEND_DELIVERIES, school_id=plan.school_id)


def _start(session: Session, row: Delivery, state: S, may: Allowed, now: datetime, due: datetime) -> None:
    row.state, row.draft_only, row.next_at = state, stays_draft(state, may), due
    row.reason = "" if state is S.READY else may.reason[:500]
    row.expires_at = due + (PATIENCE_WITH_A_TEACHER if state is S.WAITING else LATE_AFTER)
    row.ended_at = now if state is S.SKIPPED else None
    add_step(session, row.school_id, row.id, state, row.reason, now)


def _note(session: Session, desk: Desk, plan: Plan, account_id: str, verb: str, result: str) -> None:
    audit.note(session, school_id=plan.school_id, at=desk.now(), actor=f"account:{account_id}", verb=verb,
               object=f"plan:{plan.id}", result=result)
