"""Take deliveries in hand for a while: claimed together by one UPDATE, given back together.

Every later write names the lease and the state it expects, so a worker that was paused for too long, or whose delivery was
cancelled meanwhile, changes nothing and stops.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Integer, Row, Select, Table, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from integration import nature
from integration.delivery.generations import is_quiet
from integration.delivery.machine import FINAL, ONE_BY_ONE, WORKABLE
from integration.delivery.models import Attempt, Delivery, DeliveryState, DeliveryStep, Plan
from integration.desk import Desk
from integration.google.call import SECONDS_A_CALL
from integration.google.seen import Kind
from integration.records.base import new_id
from integration.records.clock import database_now

DELIVERIES = cast(Table, Delivery.__table__)
LEASE = 120.0
"""Seconds a worker may hold a delivery."""
FEW = 4
"""What is taken in hand at once of those that go one by one, also because an answer was lost, so that all hands share in them and
no lease ends meanwhile."""
MARGIN = 3 * SECONDS_A_CALL
"""A call starts only while this much of the lease is left: the quota may make it wait, and a stale token be renewed."""


# Built once: putting a statement together takes longer than carrying it out.
_NOW: BindParameter[datetime] = bindparam("now")
_IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)
_FREE = select(DELIVERIES.c.id, DELIVERIES.c.state).where(
    DELIVERIES.c.school_id == bindparam("school"), DELIVERIES.c.account_id == bindparam("account"),
    DELIVERIES.c.state.in_(WORKABLE), DELIVERIES.c.next_at <= _NOW,
    or_(DELIVERIES.c.lease_until.is_(None), DELIVERIES.c.lease_until < _NOW),
).order_by(DELIVERIES.c.next_at, DELIVERIES.c.id).with_for_update(skip_locked=True)
_UNSURE, _FRESH = _FREE.where(DELIVERIES.c.tries > 0), _FREE.where(DELIVERIES.c.tries == 0)
_FIRST_UNSURE, _FIRST_FRESH = _UNSURE.limit(1), _FRESH.limit(1)


def _claim(which: Select[Any], alike: frozenset[DeliveryState]) -> ReturningUpdate[Any]:
    due = which.where(DELIVERIES.c.state.in_(alike)).limit(bindparam("most", type_=Integer)).cte("due")
    return update(DELIVERIES).where(DELIVERIES.c.id.in_(select(due.c.id))).values(
        lease_token=bindparam("token"), lease_until=bindparam("until")).returning(*DELIVERIES.c)


_CLAIM = {(is_unsure, is_alone): _claim(_UNSURE if is_unsure else _FRESH, ONE_BY_ONE if is_alone else WORKABLE - ONE_BY_ONE)
          for is_unsure in (True, False) for is_alone in (True, False)}
_LET_GO = update(DELIVERIES).where(DELIVERIES.c.id.in_(_IDS), DELIVERIES.c.lease_token == bindparam("token")).values(
    lease_token=None, lease_until=None)
_TOPICS = select(Plan.id, Plan.topic).where(Plan.id.in_(_IDS))
_IS_CREATE, _IS_PUBLISH = Attempt.kind == "create", Attempt.kind == "publish"
_HAS_NO_END = or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown")
_RECORDS = select(
    Attempt.delivery_id, func.min(case((_IS_CREATE, Attempt.started_at))),
    func.max(case((and_(_IS_CREATE, _HAS_NO_END), 1), else_=0)), func.max(case((and_(_IS_PUBLISH, _HAS_NO_END), 1), else_=0)),
).where(Attempt.delivery_id.in_(_IDS), or_(_IS_CREATE, _IS_PUBLISH)).group_by(Attempt.delivery_id)


class Lost(Exception):
    """The lease is over or the delivery went elsewhere meanwhile: stop, and write nothing."""


class Record(NamedTuple):
    """What the attempts of a delivery tell; see `Held`."""

    began_at: datetime | None = None
    must_look: bool = False
    may_be_shown: bool = False


@dataclass(eq=False)
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
    next_post_id: str | None
    next_marker: str | None
    old_post_id: str | None
    tries: int
    expires_at: datetime
    began_at: datetime | None
    """When the first attempt to create its post began."""
    must_look: bool
    """Whether an attempt to create has no known end, so that a post may be there unseen."""
    may_be_shown: bool
    """Whether an attempt to publish has no known end, so that students may see it whatever its state says."""
    is_lost: bool = False
    """Whether it turned out not to be ours any more."""


def claim(desk: Desk, school_id: str, account_id: str, at_most: int) -> list[Held]:
    """Take up to so many due deliveries of an account that nobody holds, under one fresh lease.

    Those whose answer was lost come first, lest they lie unsure behind thousands; then who is due longest. Either those that go
    together or a few that go one by one, as the first of them does. None while the records may be older than
    Classroom: a worker that was stopped for a while may find itself at a standby that took the database's place meanwhile.
    """
    token, ends_at = nature.token(16), nature.monotonic() + LEASE
    with desk.transaction() as session:
        if is_quiet(session):
            return []
        now = database_now(session)
        whose = {"school": school_id, "account": account_id, "now": now}
        unsure = session.execute(_FIRST_UNSURE, whose).one_or_none()
        first = unsure or session.execute(_FIRST_FRESH, whose).one_or_none()
        if first is None:
            return []
        is_alone = first.state in ONE_BY_ONE
        rows = session.execute(_CLAIM[unsure is not None, is_alone], {
            **whose, "most": min(FEW, at_most) if unsure or is_alone else at_most, "token": token,
            "until": now + timedelta(seconds=LEASE)}).all()
        return _held(session, sorted(rows, key=lambda row: (row.next_at, row.id)), token, ends_at) if rows else []


def let_go(desk: Desk, hand: Sequence[Held]) -> None:
    """Give deliveries back, wherever they are now; one that is not ours any more, or has come to its end, is left alone."""
    ours = [held for held in hand if held.is_lost or held.state not in FINAL]
    if not ours:
        return
    with desk.transaction() as session:
        for token in {held.token for held in ours}:
            session.execute(_LET_GO, {"ids": [held.id for held in ours], "token": token})


def held_for_cleaning(session: Session, delivery_id: str) -> Held:
    """A delivery as it is, to look at; nothing can be moved with it."""
    rows = session.execute(select(*DELIVERIES.c).where(DELIVERIES.c.id == delivery_id)).all()
    return _held(session, rows, "", 0.0)[0]


def add_step(session: Session, school_id: str, delivery_id: str, state: DeliveryState, sentence: str, at: datetime) -> None:
    """One line of a delivery's history."""
    session.add(DeliveryStep(id=new_id(), school_id=school_id, delivery_id=delivery_id, state=state,
                             sentence=sentence[:500], at=at))


def _held(session: Session, rows: Sequence[Row[Any]], token: str, ends_at: float) -> list[Held]:
    """The rows as they are in hand; what else is needed of them comes by two more queries, however many they are."""
    plans = session.execute(_TOPICS, {"ids": list({row.plan_id for row in rows})})
    topics: dict[str, str] = {plan.id: plan.topic for plan in plans}
    records = _records(session, [row.id for row in rows])
    return [_one(row, topics[row.plan_id], records.get(row.id, Record()), token, ends_at) for row in rows]


def _one(row: Row[Any], topic: str, record: Record, token: str, ends_at: float) -> Held:
    return Held(
        id=row.id, school_id=row.school_id, plan_id=row.plan_id, token=token, ends_at=ends_at, state=row.state,
        course_id=row.course_id, course=row.course_google_id, kind=Kind(row.kind), title=row.title, text=row.text,
        content_hash=row.content_hash, marker=row.marker, topic=topic, materials=row.materials, post_id=row.post_id,
        next_post_id=row.next_post_id, next_marker=row.next_marker, old_post_id=row.old_post_id, draft_only=row.draft_only,
        tries=row.tries, expires_at=row.expires_at, began_at=record.began_at,
        must_look=record.must_look, may_be_shown=record.may_be_shown)


def _records(session: Session, ids: Sequence[str]) -> dict[str, Record]:
    """For each delivery with attempts to create or to publish what they tell, whatever its state says."""
    found = session.execute(_RECORDS, {"ids": ids})
    return {id: Record(began_at, bool(must_look), bool(may_be_shown)) for id, began_at, must_look, may_be_shown in found}
