"""Remove drafts that a lost answer left behind: ours by their mark, not the recorded one, and old enough to be nobody's.

Students never saw them. Only this file deletes a draft that is not being taken back.
"""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select, update

from integration.accounts.connection import open_classroom
from integration.accounts.models import Account
from integration.delivery.lease import Held, held_for_cleaning
from integration.delivery.look import our_posts
from integration.delivery.machine import FINAL
from integration.delivery.materials import carries_mark
from integration.delivery.models import Attempt, Delivery, DeliveryState
from integration.delivery.pause import USABLE
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.quota import Share
from integration.records import audit
from integration.records.base import new_id

OLD_ENOUGH = timedelta(minutes=10)
"""Longer than a lease, the latest request and the stalest list together."""
SETTLED = FINAL | {DeliveryState.DRAFTED, DeliveryState.PUBLISHING}
AT_MOST = 200
NOBODY = "janitor"
"""What stands for the lease: the janitor holds none."""


def clean(desk: Desk) -> int:
    """Look once more into each class where an answer was lost, and remove what is nobody's; answer how many went."""
    removed = 0
    for account_id, delivery_ids in _to_look_at(desk).items():
        try:
            classroom = open_classroom(desk, account_id, share=Share.REPAIR)
            removed += sum(_clean_one(desk, classroom, delivery_id) for delivery_id in delivery_ids)
        except (GoogleError, NotAllowed):
            # Nothing is lost: the attempts stay open, so the next sweep looks again.
            continue
    return removed


def _to_look_at(desk: Desk) -> dict[str, list[str]]:
    """Deliveries that have their post or their end, and an attempt whose answer never came."""
    found = defaultdict[str, list[str]](list)
    query = (select(Delivery.account_id, Delivery.id).join(Attempt, Attempt.delivery_id == Delivery.id)
             .join(Account, Account.id == Delivery.account_id)
             .where(Attempt.kind == "create", Attempt.finished_at.is_(None), Attempt.started_at < desk.now() - OLD_ENOUGH,
                    Delivery.state.in_(SETTLED), Account.health.in_(USABLE)).distinct().limit(AT_MOST))
    with desk.transaction() as session:
        for account_id, delivery_id in session.execute(query):
            found[account_id].append(delivery_id)
    return found


def _clean_one(desk: Desk, classroom: Classroom, delivery_id: str) -> int:
    with desk.transaction() as session:
        held = held_for_cleaning(session, delivery_id)
    orphans = []
    if carries_mark(held.materials):
        orphans = [post for post in our_posts(desk, classroom, held)
                   if post.state == "DRAFT" and post.google_id != held.post_id]
    ripe = [post for post in orphans if post.created_at < desk.now() - OLD_ENOUGH]
    for post in ripe:
        _delete(desk, classroom, held, post.google_id)
    if len(ripe) == len(orphans):
        _close(desk, delivery_id)
    return len(ripe)


def _delete(desk: Desk, classroom: Classroom, held: Held, post_id: str) -> None:
    attempt_id = new_id()
    with desk.transaction() as session:
        session.add(Attempt(id=attempt_id, school_id=held.school_id, delivery_id=held.id, kind="delete", post_id=post_id,
                            lease_token=NOBODY, request_hash=held.content_hash, started_at=desk.now()))
    try:
        classroom.delete_post(held.course, held.kind, post_id)
    except Refused as error:
        _end(desk, held, attempt_id, "definite_error", str(error))
    except (GoogleError, NotAllowed) as error:
        _end(desk, held, attempt_id, "unknown" if isinstance(error, Unsure) else "definite_error", str(error))
        raise
    else:
        _end(desk, held, attempt_id, "ok", "")


def _end(desk: Desk, held: Held, attempt_id: str, outcome: str, detail: str) -> None:
    with desk.transaction() as session:
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(
            outcome=outcome, detail=detail[:300], finished_at=desk.now()))
        audit.note(session, school_id=held.school_id, at=desk.now(), actor="worker", verb="delete orphan",
                   object=f"delivery:{held.id}", result=detail or "ok")


def _close(desk: Desk, delivery_id: str) -> None:
    """Nothing more can come of the open attempts."""
    with desk.transaction() as session:
        session.execute(update(Attempt).where(
            Attempt.delivery_id == delivery_id, Attempt.kind == "create", Attempt.finished_at.is_(None),
            Attempt.started_at < desk.now() - OLD_ENOUGH).values(finished_at=desk.now()))
