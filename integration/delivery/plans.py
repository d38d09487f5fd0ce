"""Read plans: exactly what will happen in each class, and how far it has come."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.courses.models import Course
from integration.delivery.machine import public_state
from integration.delivery.models import Action, Delivery, DeliveryState, Plan, PlanItem
from integration.desk import Desk
from integration.errors import NotFound

# Built once: putting a statement together takes longer than carrying it out.
_PLAN = select(Plan).where(Plan.school_id == bindparam("school_id"), Plan.id == bindparam("plan_id"))
PAGE = 100
"""How many a page holds when nobody says."""


@dataclass(frozen=True)
class PlanItemCard:
    """What a plan will do in one class, why, and the exact text."""

    course_id: str
    course_google_id: str
    course_name: str
    action: str
    reason: str
    text: str


@dataclass(frozen=True)
class PlanCard:
    """A plan as shown. `counts` is by action, `delivery_counts` by the public state of its deliveries."""

    id: str
    collection_id: str
    title: str
    kind: str
    topic: str
    publish_at: datetime | None
    state: str
    counts: Mapping[str, int]
    delivery_counts: Mapping[str, int]
    items: tuple[PlanItemCard, ...]
    rule: Mapping[str, Any]
    pilot_id: str
    """The class that got it first; empty when all went together."""
    behind_pilot: int
    """In how many classes it waits until she has looked at the pilot and goes on."""
    created_at: datetime
    accepted_at: datetime | None


def plan_card(desk: Desk, school_id: str, plan_id: str) -> PlanCard:
    """One plan. Raises NotFound."""
    with desk.transaction() as session:
        return _cards(session, [plan_row(session, school_id, plan_id)], desk.now())[0]


def plans(desk: Desk, school_id: str, *, after: str | None = None, at_most: int | None = PAGE) -> list[PlanCard]:
    """A page of the school's plans, newest first; `after` is the id of the last one of the page before."""
    query = select(Plan).where(Plan.school_id == school_id).order_by(Plan.id.desc()).limit(at_most)
    if after is not None:
        query = query.where(Plan.id < after)
    with desk.transaction() as session:
        return _cards(session, session.scalars(query).all(), desk.now())


def plan_row(session: Session, school_id: str, plan_id: str) -> Plan:
    """The row of a plan of this school. Raises NotFound."""
    row = session.scalar(_PLAN, {"school_id": school_id, "plan_id": plan_id})
    if row is None:
        raise NotFound("There is no such plan. It may belong to another school.")
    return row


def _cards(session: Session, rows: Sequence[Plan], now: datetime) -> list[PlanCard]:
    ids = [row.id for row in rows]
    items, states, behind = _items(session, ids), _states(session, ids, now), _behind_pilot(session, ids)
    return [_card(row, items[row.id], states[row.id], behind[row.id]) for row in rows]


def _items(session: Session, plan_ids: list[str]) -> dict[str, list[PlanItemCard]]:
    found = defaultdict[str, list[PlanItemCard]](list)
    query = (select(PlanItem, Course.google_id, Course.name).join(Course, Course.id == PlanItem.course_id)
             .where(PlanItem.plan_id.in_(plan_ids)).order_by(Course.name, Course.id))
    for item, google_id, name in session.execute(query):
        found[item.plan_id].append(PlanItemCard(item.course_id, google_id, name, item.action.value, item.reason, item.text))
    return found


def _states(session: Session, plan_ids: list[str], now: datetime) -> dict[str, Counter[str]]:
    found = defaultdict[str, Counter[str]](Counter)
    query = select(Delivery.plan_id, Delivery.state, Delivery.lease_until, Delivery.draft_only).where(
        Delivery.plan_id.in_(plan_ids))
    for plan_id, state, lease_until, draft_only in session.execute(query):
        found[plan_id][public_state(state, lease_until, now, draft_only=draft_only)] += 1
    return found


def _behind_pilot(session: Session, plan_ids: list[str]) -> Counter[str]:
    return Counter(session.scalars(select(Delivery.plan_id).where(
        Delivery.plan_id.in_(plan_ids), Delivery.state == DeliveryState.AWAITS_PILOT)))


def _card(row: Plan, items: list[PlanItemCard], states: Counter[str], behind_pilot: int) -> PlanCard:
    actions = Counter(item.action for item in items)
    return PlanCard(
        id=row.id, collection_id=row.collection_id, title=row.title, kind=row.kind, topic=row.topic,
        publish_at=row.publish_at, state=row.state.value, counts={each.value: actions[each.value] for each in Action},
        delivery_counts=dict(states), items=tuple(items), rule=row.rule, pilot_id=row.pilot_id or "",
        behind_pilot=behind_pilot, created_at=row.created_at, accepted_at=row.accepted_at)
