"""Remove drafts that a lost answer left behind: ours by mark or fingerprint, recorded by nobody, and old enough to be nobody's.

Students never saw them. Only this file deletes a draft that is not being taken back.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import cast

import structlog
from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, select, update
from sqlalchemy.orm import Session

from integration.accounts.connection import open_classroom
from integration.accounts.models import Account
from integration.delivery.lease import Held, held_for_cleaning
from integration.delivery.look import orphans
from integration.delivery.machine import FINAL
from integration.delivery.materials import carries_mark
from integration.delivery.models import Attempt, Delivery, DeliveryState
from integration.delivery.orphan import Orphan, remove_draft
from integration.delivery.pause import USABLE
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused
from integration.google.classroom import Classroom
from integration.google.quota import Share
from integration.records.clock import database_now

log = structlog.get_logger(__name__)

OLD_ENOUGH = timedelta(minutes=10)
"""Longer than a lease, the latest request and the stalest list together."""
SETTLED = FINAL | {DeliveryState.DRAFTED, DeliveryState.PUBLISHING}
GIVES_UP = timedelta(days=1)
AT_MOST = 200
# Built once: putting a statement together takes longer than carrying it out.
_BEFORE: BindParameter[datetime] = bindparam("before")
_LEFT_OPEN = select(Delivery.account_id, Delivery.id).join(Attempt, Attempt.delivery_id == Delivery.id).join(
    Account, Account.id == Delivery.account_id).where(
    Attempt.kind == "create", Attempt.finished_at.is_(None), Attempt.started_at < _BEFORE,
    Delivery.state.in_(SETTLED), Account.health.in_(USABLE)).distinct().limit(AT_MOST)
_OVER = update(cast(Table, Attempt.__table__)).where(
    Attempt.kind != "create", Attempt.finished_at.is_(None), Attempt.started_at < _BEFORE,
    select(Delivery.id).where(Delivery.id == Attempt.delivery_id, Delivery.state.in_(FINAL)).exists(),
).values(finished_at=bindparam("now"))
NOBODY = "janitor"
"""What stands for the lease: the janitor holds none."""


def clean(desk: Desk) -> int:
    """Look once more into each class where an answer was lost, and remove what is nobody's; answer how many went."""
    removed = 0
    for account_id, delivery_ids in _to_look_at(desk).items():
        try:
            classroom = open_classroom(desk, account_id, share=Share.REPAIR)
            removed += sum(_clean_if_open(desk, classroom, delivery_id) for delivery_id in delivery_ids)
        except (GoogleError, NotAllowed) as error:
            # Nothing is lost: the attempts stay open, so the next sweep looks again.
            log.warning("forgotten drafts could not be looked for now", account=account_id, error=type(error).__name__)
    _close_what_is_over(desk)
    return removed


def _to_look_at(desk: Desk) -> dict[str, list[str]]:
    """Deliveries that have their post or their end, and an attempt whose answer never came."""
    found = defaultdict[str, list[str]](list)
    with desk.transaction() as session:
        for account_id, delivery_id in session.execute(
                _LEFT_OPEN, {"before": database_now(session) - OLD_ENOUGH}):
            found[account_id].append(delivery_id)
    return found


def _clean_if_open(desk: Desk, classroom: Classroom, delivery_id: str) -> int:
    """The same where the class may be closed to us: it is looked at for a day, then what lies there is left to its teachers."""
    try:
        return _clean_one(desk, classroom, delivery_id)
    except Refused as error:
        log.warning("a class could not be looked into for forgotten drafts", delivery=delivery_id, reason=error.reason)
    with desk.transaction() as session:
        before = database_now(session) - GIVES_UP
    _close(desk, delivery_id, before)
    return 0


def _clean_one(desk: Desk, classroom: Classroom, delivery_id: str) -> int:
    with desk.transaction() as session:
        held, before = held_for_cleaning(session, delivery_id), database_now(session) - OLD_ENOUGH
        if _has_twin_under_way(session, held):
            return 0
    found = orphans(desk, classroom, held)
    ripe = [post for post in found if post.created_at < before]
    for post in ripe:
        remove_draft(desk, classroom, Orphan(held.school_id, held.course, held.kind, post.google_id, held.id), by=NOBODY)
    if len(ripe) == len(found):
        _close(desk, delivery_id, before)
    return len(ripe)


def _has_twin_under_way(session: Session, held: Held) -> bool:
    """Whether a post without a mark could as well be that of another delivery, which may be about to find it."""
    mine = select(Attempt.fingerprint).where(
        Attempt.delivery_id == held.id, Attempt.kind == "create", Attempt.finished_at.is_(None))
    looks_alike: ColumnElement[bool] = Attempt.fingerprint.in_(mine)
    if not carries_mark(held.materials):
        looks_alike |= Delivery.content_hash == held.content_hash
    return session.scalar(select(Delivery.id).outerjoin(Attempt, Attempt.delivery_id == Delivery.id).where(
        Delivery.course_id == held.course_id, Delivery.id != held.id, Delivery.state.not_in(SETTLED), looks_alike,
    ).limit(1)) is not None


def _close(desk: Desk, delivery_id: str, before: datetime) -> None:
    """Nothing more can come of the open attempts to create."""
    with desk.transaction() as session:
        session.execute(update(Attempt).where(
            Attempt.delivery_id == delivery_id, Attempt.kind == "create", Attempt.finished_at.is_(None),
            Attempt.started_at < before).values(finished_at=database_now(session)))


def _close_what_is_over(desk: Desk) -> None:
    """Other attempts without an answer are over with their delivery: how it ended was learnt by the same call or by a look."""
    with desk.transaction() as session:
        now = database_now(session)
        session.execute(_OVER, {"now": now, "before": now - OLD_ENOUGH})
