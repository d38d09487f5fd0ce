"""Offer an accepted plan to the classes that fit its rule and were not there when it was made. It is never forced on one."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard, school
from integration.courses.shelf import CourseCard, courses
from integration.courses.year import school_year
from integration.delivery.generations import is_verifying
from integration.delivery.machine import CHANGING, PARKED, WORKABLE
from integration.delivery.models import Action, Delivery, Plan, PlanItem
from integration.delivery.models import DeliveryState as S
from integration.delivery.plan import Item, NewPlan, Rule, foresee, matches
from integration.delivery.plans import plan_row
from integration.desk import Desk
from integration.errors import Invalid, NotFound

ALIVE = WORKABLE | PARKED | CHANGING | {S.WAITING, S.AWAITS_PILOT, S.PUBLISHED}


@dataclass(frozen=True)
class Offer:
    """A class a plan could go into too: what would happen there, and the exact text."""

    plan_id: str
    account_id: str
    title: str
    course_id: str
    course_name: str
    action: str
    reason: str
    text: str


def offers(desk: Desk, school_id: str, plan_id: str | None = None) -> list[Offer]:
    """What can be offered, of one plan or of every plan of this school year of which something stands or is on its way.

    A series finds its new classes itself. Raises NotFound for a plan that is not there.
    """
    cards, place = courses(desk, school_id), school(desk, school_id)
    with desk.transaction() as session:
        if plan_id is not None:
            plan_row(session, school_id, plan_id)
        found = [(plan, fits) for plan in _plans(session, desk, place, plan_id) if (fits := _fitting(session, plan, cards))]
    names = {card.id: card.name for card in cards}
    return [Offer(plan.id, plan.account_id, plan.title, item.course_id, names[item.course_id], item.action.value, item.reason,
                  item.text) for plan, fits in found for item in _foreseen(desk, plan, fits) if item.action is not Action.SKIP]


def _plans(session: Session, desk: Desk, place: SchoolCard, plan_id: str | None) -> list[Plan]:
    """While the records may be older than Classroom nothing is offered: it may have been taken before."""
    if is_verifying(session):
        return []
    is_alive = select(Delivery.id).where(
        Delivery.plan_id == Plan.id, Delivery.state.in_(ALIVE), Delivery.ends_as.is_(None)).exists()
    query = select(Plan).where(Plan.school_id == place.id, Plan.accepted_at.is_not(None), Plan.series_id.is_(None), is_alive)
    rows = session.scalars((query if plan_id is None else query.where(Plan.id == plan_id)).order_by(Plan.id.desc())).all()
    year = school_year(place.today(desk.now()), place.year_starts_month)
    return [row for row in rows if school_year(place.today(row.created_at), place.year_starts_month) == year]


def _fitting(session: Session, plan: Plan, cards: Sequence[CourseCard]) -> list[str]:
    """The classes its grades, subjects and teachers name and of which the plan says nothing yet."""
    known = set(session.scalars(select(PlanItem.course_id).where(PlanItem.plan_id == plan.id)))
    rule = Rule(**plan.rule)
    return [card.id for card in cards if card.id not in known and matches(rule, card)]


def _foreseen(desk: Desk, plan: Plan, course_ids: Sequence[str]) -> tuple[Item, ...]:
    due = plan.publish_at if plan.publish_at is not None and plan.publish_at > desk.now() else None
    new = NewPlan(plan.collection_id, Rule(class_ids=course_ids), kind=plan.kind, topic=plan.topic, publish_at=due)
    # A collection she has put away since, or a kind of post she does not allow any more, is not offered.
    with suppress(NotFound, Invalid):
        return foresee(desk, plan.school_id, plan.account_id, new)
    return ()
