"""Accept a plan: one row of the ledger for each class it may go into. A second accept changes nothing.

With a pilot only that class gets it, and the others wait until she goes on; see `pilot`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from integration import later, nature
from integration.accounts.schools import school
from integration.consent.allowed import Allowed
from integration.courses.models import Course
from integration.courses.shelf import courses
from integration.delivery.ask import ask_teachers
from integration.delivery.expire import LATE_AFTER, PATIENCE_WITH_A_TEACHER
from integration.delivery.first_state import first_state, stays_draft
from integration.delivery.generations import must_be_of_this_life
from integration.delivery.lease import add_step
from integration.delivery.materials import content_hash
from integration.delivery.models import Action, Delivery, DeliveryState, Plan, PlanItem, PlanState
from integration.delivery.permission import permissions
from integration.delivery.pilot import waits_for
from integration.delivery.plans import PlanCard, plan_card, plan_row
from integration.desk import Desk
from integration.errors import Invalid
from integration.records import audit
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import insert_missing
from integration.workshops.links import for_class

GOES = (Action.CREATE, Action.WAIT)
# Built once: putting a statement together takes longer than carrying it out.
_ACCEPT = update(cast(Table, Plan.__table__)).where(
    Plan.id == bindparam("plan"), Plan.state == PlanState.PLANNED,
).values(state=PlanState.ACCEPTED, accepted_at=bindparam("now"), accepted_by=bindparam("account"), pilot_id=bindparam("pilot"),
         ).returning(Plan.id)
_OF_PLAN = select(Delivery).where(Delivery.plan_id == bindparam("plan")).order_by(Delivery.id)
_GOING = select(PlanItem, Course).join(Course, Course.id == PlanItem.course_id).where(
    PlanItem.plan_id == bindparam("plan"), PlanItem.action.in_(GOES)).order_by(Course.name, Course.id)
NOT_THERE = "Choose one of the classes into which this plan goes. Nothing was sent."


def accept(desk: Desk, school_id: str, plan_id: str, account_id: str, *, pilot: str = "") -> PlanCard:
    """Accept a plan: send what may go, and ask the teachers whose word the rest needs. The plan as it is then.

    `pilot`: the class that gets it first. Raises NotFound, Invalid for a pilot the plan does not go into, AlreadyDone for a plan
    made in a former life.
    """
    cards, place = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id)
    with desk.transaction() as session:
        plan, now = plan_row(session, school_id, plan_id), database_now(session)
        if plan.state is PlanState.PLANNED:
            must_be_of_this_life(session, plan.created_at)
            _check(session, plan, pilot)
        if _is_first(session, plan, account_id, now, pilot):
            allowed = permissions(session, place, max(now, plan.publish_at or now))
            rows = _rows(desk, session, plan, now, pilot,
                         lambda course_id: allowed.may(cards[course_id], plan.kind, plan.topic))
            insert_missing(session, Delivery, rows, key=["plan_id", "occurrence", "course_id"])
            for row in rows:
                add_step(session, school_id, row["id"], row["state"], row["reason"], now)
            ask_teachers(session, desk.settings, place, cards, _written(session, plan_id), now)
            audit.note(session, school_id=school_id, at=now, actor=f"account:{account_id}", verb="accept",
                       object=f"plan:{plan_id}", result=f"{len(rows)} deliveries")
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return plan_card(desk, school_id, plan_id)


def _check(session: Session, plan: Plan, pilot: str) -> None:
    if pilot and session.scalar(select(PlanItem.id).where(
            PlanItem.plan_id == plan.id, PlanItem.course_id == pilot, PlanItem.action.in_(GOES))) is None:
        raise Invalid(fields={"pilot": NOT_THERE})


def _is_first(session: Session, plan: Plan, account_id: str, now: datetime, pilot: str) -> bool:
    """Whether this accept is the one that counts; of two at the same time one waits here and then finds it done."""
    return session.scalar(_ACCEPT, {"plan": plan.id, "now": now, "account": account_id, "pilot": pilot or None}) is not None


def _written(session: Session, plan_id: str) -> Sequence[Delivery]:
    return session.scalars(_OF_PLAN, {"plan": plan_id}).all()


def _rows(desk: Desk, session: Session, plan: Plan, now: datetime, pilot: str, may: Callable[[str], Allowed],
          ) -> list[dict[str, Any]]:
    found = session.execute(_GOING, {"plan": plan.id}).all()
    name = next((course.name for _, course in found if course.id == pilot), "")
    rows = [new_row(plan, item, course, now, may(course.id), for_class(desk.settings, plan.materials, course.id), plan.title)
            for item, course in found]
    return [behind(row, pilot, name) for row in rows] if pilot else rows


def new_row(plan: Plan, item: PlanItem, course: Course, now: datetime, allowed: Allowed, materials: list[dict[str, Any]],
            title: str) -> dict[str, Any]:
    """A row of the ledger for one class of a plan, where it begins."""
    state = first_state(item.action, allowed)
    due = max(now, plan.publish_at or now)
    return {
        "id": new_id(), "school_id": plan.school_id, "plan_id": plan.id, "occurrence": plan.occurrence, "course_id": course.id,
        "account_id": course.account_id, "course_google_id": course.google_id, "kind": plan.kind, "title": title,
        "text": item.text, "materials": materials,
        "content_hash": content_hash(plan.kind, title, item.text, materials),
        "marker": nature.token(16), "state": state, "draft_only": stays_draft(state, allowed),
        "reason": "" if state is DeliveryState.READY else allowed.reason or item.reason, "link": "", "next_at": due, "tries": 0,
        "created_at": now, "expires_at": due + (PATIENCE_WITH_A_TEACHER if state is DeliveryState.WAITING else LATE_AFTER),
        "ended_at": now if state is DeliveryState.SKIPPED else None,
    }


def behind(row: dict[str, Any], pilot: str, name: str) -> dict[str, Any]:
    """What is not the pilot waits for it; what is left out stays left out."""
    if row["course_id"] == pilot or row["state"] is DeliveryState.SKIPPED:
        return row
    return {**row, "state": DeliveryState.AWAITS_PILOT, "draft_only": False, "reason": waits_for(name)}
