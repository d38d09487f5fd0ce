"""Hold a delivery while working on it: claim it, write down each attempt before its call, and let go.

Every write names the lease and the state it expects, so a worker that was paused for too long, or whose delivery was cancelled
meanwhile, changes nothing and stops.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from integration import nature
from integration.delivery.machine import FINAL, WORKABLE, may_follow
from integration.delivery.models import Attempt, Delivery, DeliveryState, DeliveryStep, Plan
from integration.desk import Desk
from integration.google.call import SECONDS_A_CALL
from integration.google.seen import Kind
from integration.records import audit
from integration.records.base import new_id

LEASE = 120.0
"""Seconds a worker may hold a delivery."""
MARGIN = 3 * SECONDS_A_CALL
"""A call starts only while this much of the lease is left: the quota may make it wait, and a stale token be renewed."""


class Lost(Exception):
    """The lease is over or the delivery went elsewhere meanwhile: stop, and write nothing."""


@dataclass
class Held:
    """A delivery in this worker's hands, as it was when it was claimed; `state` moves with it."""

    id: str
    school_id: str
    plan_id: str
    token: str
    ends_at: float
    """On this worker's own monotonic clock."""
    state: DeliveryState
    course_id: str
    course: str
    """Google's id of the class."""
    kind: Kind
    title: str
    text: str
    content_hash: str
    marker: str
    topic: str
    materials: Sequence[Mapping[str, Any]]
    post_id: str | None
    draft_only: bool
    """Whether it stays a draft, for the teacher to publish herself."""
    tries: int
    expires_at: datetime
    began_at: datetime | None
    """When the first attempt to create its post began."""


def claim(desk: Desk, delivery_id: str) -> Held | None:
    """Take a due delivery that nobody holds, by one UPDATE; None when another was faster."""
    token, ends_at, now = nature.token(16), nature.monotonic() + LEASE, desk.now()
    with desk.transaction() as session:
        taken = session.execute(update(Delivery).where(
            Delivery.id == delivery_id, Delivery.state.in_(WORKABLE), Delivery.next_at <= now,
            or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
        ).values(lease_token=token, lease_until=now + timedelta(seconds=LEASE)).returning(Delivery.id)).scalar()
        return _held(session, delivery_id, token, ends_at) if taken else None


def move(desk: Desk, held: Held, to: DeliveryState, sentence: str = "", *, verb: str = "", **values: Any) -> None:
    """Bring a held delivery into a state and write the step down. Raises Lost."""
    with desk.transaction() as session:
        move_in(session, held, to, desk.now(), sentence, **values)
        if verb:
            audit.note(session, school_id=held.school_id, at=desk.now(), actor="worker", verb=verb,
                       object=f"delivery:{held.id}", result=sentence or "ok")
    held.state = to


def move_in(session: Session, held: Held, to: DeliveryState, now: datetime, sentence: str = "", **values: Any) -> None:
    """`move`, inside a transaction of the caller's, who sets `held.state` once it has committed."""
    assert may_follow(held.state, to), f"{held.state} → {to}"
    ends = {"ended_at": now} if to in FINAL else {}
    # What is to stay a draft never begins to be published, whatever the worker believed when it took it in hand.
    stays = [Delivery.draft_only.is_(False)] if to is DeliveryState.PUBLISHING else []
    moved = session.execute(update(Delivery).where(
        Delivery.id == held.id, Delivery.lease_token == held.token, Delivery.state == held.state, *stays,
    ).values(state=to, reason=sentence[:500], **{**ends, **values}).returning(Delivery.id)).scalar()
    if moved is None:
        raise Lost
    if to is not held.state or sentence:
        add_step(session, held.school_id, held.id, to, sentence, now)


def add_step(session: Session, school_id: str, delivery_id: str, state: DeliveryState, sentence: str, at: datetime) -> None:
    """One line of a delivery's history."""
    session.add(DeliveryStep(id=new_id(), school_id=school_id, delivery_id=delivery_id, state=state,
                             sentence=sentence[:500], at=at))


def let_go(desk: Desk, held: Held) -> None:
    """Give the delivery back, wherever it is now."""
    with desk.transaction() as session:
        session.execute(update(Delivery).where(Delivery.id == held.id, Delivery.lease_token == held.token)
                        .values(lease_token=None, lease_until=None))


def begin(desk: Desk, held: Held, kind: str, to: DeliveryState, *, post_id: str | None = None) -> tuple[str, str | None]:
    """Write an attempt down before its call; answer its id and the post's id as the row has it. Raises Lost."""
    if nature.monotonic() > held.ends_at - MARGIN:
        raise Lost
    attempt_id, now = new_id(), desk.now()
    with desk.transaction() as session:
        move_in(session, held, to, now)
        recorded = session.scalar(select(Delivery.post_id).where(Delivery.id == held.id))
        session.add(Attempt(id=attempt_id, school_id=held.school_id, delivery_id=held.id, kind=kind, lease_token=held.token,
                            request_hash=held.content_hash, post_id=post_id or recorded, started_at=now))
    held.state = to
    return attempt_id, recorded


def close(desk: Desk, attempt_id: str, outcome: str, detail: str = "", *, post_id: str | None = None) -> None:
    """Write down how an attempt ended. An unknown one stays open for the janitor, who looks once more later."""
    values: dict[str, Any] = {"outcome": outcome, "detail": detail[:300]}
    if outcome != "unknown":
        values["finished_at"] = desk.now()
    if post_id is not None:
        values["post_id"] = post_id
    with desk.transaction() as session:
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**values))


def held_for_cleaning(session: Session, delivery_id: str) -> Held:
    """A delivery as it is, to look at; nothing can be moved with it."""
    return _held(session, delivery_id, "", 0.0)


def _held(session: Session, delivery_id: str, token: str, ends_at: float) -> Held:
    row, plan = session.execute(select(Delivery, Plan).join(Plan, Plan.id == Delivery.plan_id)
                                .where(Delivery.id == delivery_id)).one()
    began_at = session.scalar(select(func.min(Attempt.started_at)).where(
        Attempt.delivery_id == delivery_id, Attempt.kind == "create"))
    return Held(
        id=row.id, school_id=row.school_id, plan_id=row.plan_id, token=token, ends_at=ends_at, state=row.state,
        course_id=row.course_id, course=row.course_google_id, kind=Kind(row.kind), title=row.title, text=row.text,
        content_hash=row.content_hash, marker=row.marker, topic=plan.topic, materials=row.materials, post_id=row.post_id,
        draft_only=row.draft_only, tries=row.tries, expires_at=row.expires_at, began_at=began_at)
