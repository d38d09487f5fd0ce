"""Read the ledger: every delivery, where it is, why, and how it came there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from integration.courses.models import Course
from integration.delivery.machine import CHANGING, PARKED, next_step, public_state
from integration.delivery.models import Delivery, DeliveryState, DeliveryStep, Plan
from integration.delivery.order import stands_behind
from integration.delivery.resume import LEFT
from integration.delivery.spare import asks, is_hers
from integration.desk import Desk
from integration.errors import NotFound

HELD = (DeliveryState.DRAFTING, DeliveryState.PUBLISHING, DeliveryState.CANCELLING)
IDS_A_QUERY = 400
_LIES_THERE = and_(Delivery.state == DeliveryState.DRAFTED, Delivery.draft_only.is_(True))


@dataclass(frozen=True)
class StepCard:
    """One line of a delivery's history."""

    state: str
    shown: str
    """The state as pages show it; see `DeliveryCard.shown`."""
    sentence: str
    at: datetime


@dataclass(frozen=True)
class DeliveryCard:
    """One post in one class. `google_id` is the post's, empty until there is one; `state` is the contract's word."""

    id: str
    plan_id: str
    collection_id: str
    course_id: str
    course_name: str
    google_id: str
    state: str
    kind: str
    title: str
    text: str
    reason: str
    next_step: str
    """What she can do about it; see `delivery.machine`."""
    link: str
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    removed_at: datetime | None
    kept: tuple[str, ...]
    """The fields the teacher changed: `title`, `text`, `links`."""
    suggested: Mapping[str, Any]
    """What an update would have brought into these fields, to be suggested to her."""
    is_asked: bool
    """Whether it waits for an answer: to take it back all the same, or to leave it to the teacher."""
    is_left: bool
    """Whether it was left to the teacher."""
    history: tuple[StepCard, ...]

    @property
    def shown(self) -> str:
        """The state as pages show it: also whether the teacher edited what stands, and whether it waits for the pilot."""
        if self.next_step == "pilot":
            return "pilot"
        return "edited" if self.edited_at is not None and self.state == "published" else self.state


def delivery(desk: Desk, school_id: str, delivery_id: str) -> DeliveryCard:
    """One delivery. Raises NotFound."""
    with desk.transaction() as session:
        found = session.execute(_query(school_id).where(Delivery.id == delivery_id)).all()
        if not found:
            raise NotFound("There is no such delivery. It may belong to another school.")
        return _cards(session, found, desk.now())[0]


def waiting_for_teachers(desk: Desk, school_id: str, *, at_most: int) -> list[DeliveryCard]:
    """The newest deliveries that wait for a teacher's word, or lie in her class as a draft."""
    waits = or_(Delivery.state == DeliveryState.WAITING, _LIES_THERE)
    query = _query(school_id).where(waits).order_by(Delivery.id.desc()).limit(at_most)
    with desk.transaction() as session:
        return _cards(session, session.execute(query).all(), desk.now())


def deliveries(desk: Desk, school_id: str, *, plan_id: str | None = None, course_id: str | None = None,
               state: str | None = None, after: str | None = None, at_most: int | None = None) -> list[DeliveryCard]:
    """The deliveries that fit, newest first; `after` is the id of the last one of the page before."""
    query = _query(school_id).order_by(Delivery.id.desc()).limit(at_most)
    if plan_id:
        query = query.where(Delivery.plan_id == plan_id)
    if course_id:
        query = query.where(Delivery.course_id == course_id)
    if after:
        query = query.where(Delivery.id < after)
    if state:
        query = query.where(_is(state, desk.now()))
    with desk.transaction() as session:
        return _cards(session, session.execute(query).all(), desk.now())


def these_deliveries(desk: Desk, school_id: str, ids: Sequence[str]) -> list[DeliveryCard]:
    """The deliveries with these ids, in their order; one that is not there is left out."""
    with desk.transaction() as session:
        found = {card.id: card for card in _cards(session, session.execute(_query(school_id).where(Delivery.id.in_(ids))).all(),
                                                  desk.now())}
    return [found[id] for id in ids if id in found]


def delivery_row(session: Session, school_id: str, delivery_id: str, *, for_update: bool = False) -> Delivery:
    """The row of a delivery of this school, locked when it is to be changed. Raises NotFound."""
    query = select(Delivery).where(Delivery.school_id == school_id, Delivery.id == delivery_id)
    row = session.scalar(query.with_for_update() if for_update else query)
    if row is None:
        raise NotFound("There is no such delivery. It may belong to another school.")
    return row


def _query(school_id: str) -> Select[Delivery, str, str]:
    return (select(Delivery, Course.name, Plan.collection_id).join(Course, Course.id == Delivery.course_id)
            .join(Plan, Plan.id == Delivery.plan_id).where(Delivery.school_id == school_id))


def _is(state: str, now: datetime) -> ColumnElement[bool]:
    """The public state as a condition; no row is in a state that does not exist."""
    if state == "parked":
        return Delivery.state.in_(PARKED)
    if state == "waiting":
        return or_(Delivery.state.in_((DeliveryState.WAITING, DeliveryState.AWAITS_PILOT)), _LIES_THERE)
    if state == "sending":
        return or_(and_(Delivery.state == DeliveryState.DRAFTED, Delivery.draft_only.is_(False)), Delivery.state.in_(CHANGING),
                   and_(Delivery.state.in_(HELD), Delivery.lease_until >= now))
    if state == "checking":
        return and_(Delivery.state.in_(HELD), or_(Delivery.lease_until.is_(None), Delivery.lease_until < now))
    if state in {each.value for each in DeliveryState}:
        return Delivery.state == DeliveryState(state)
    return false()


def _cards(session: Session, found: Sequence[Any], now: datetime) -> list[DeliveryCard]:
    steps = _steps(session, [row.id for row, _, _ in found], now)
    return [_card(row, name, collection_id, steps[row.id], now) for row, name, collection_id in found]


def _steps(session: Session, ids: list[str], now: datetime) -> dict[str, list[StepCard]]:
    steps = defaultdict[str, list[StepCard]](list)
    for start in range(0, len(ids), IDS_A_QUERY):
        for step in session.scalars(select(DeliveryStep).where(
                DeliveryStep.delivery_id.in_(ids[start:start + IDS_A_QUERY])).order_by(DeliveryStep.id)):
            state = public_state(step.state, now, now)
            shown = "pilot" if step.state is DeliveryState.AWAITS_PILOT else state
            steps[step.delivery_id].append(StepCard(state, shown, step.sentence, step.at))
    return steps


def _card(row: Delivery, name: str, collection_id: str, steps: list[StepCard], now: datetime) -> DeliveryCard:
    return DeliveryCard(
        id=row.id, plan_id=row.plan_id, collection_id=collection_id, course_id=row.course_id, course_name=name,
        google_id=row.post_id or "", state=public_state(row.state, row.lease_until, now, draft_only=row.draft_only),
        kind=row.kind, title=row.title, text=row.text, reason=row.reason, link=row.link,
        next_step="retry" if stands_behind(row) else next_step(row.state),
        created_at=row.created_at, published_at=row.published_at, edited_at=row.edited_at, removed_at=row.removed_at,
        kept=tuple(row.kept), suggested=row.suggested or {}, is_asked=is_hers(row) and row.reason == asks(row.kept),
        is_left=bool((row.wanted or {}).get(LEFT)), history=tuple(steps))
