"""After a failover: drafts with a mark of ours which no delivery has recorded, as the classes were read anew.

One whose mark no record knows is removed, for its delivery is forgotten altogether. One whose delivery is known, and has another
post, is left to the janitor. Students never saw them. A draft that a person touched since is hers and stays, and so does what
stands before students.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from integration.accounts.connection import open_classroom
from integration.courses.models import Course
from integration.delivery.look import LEEWAY
from integration.delivery.materials import marks_in
from integration.delivery.models import Attempt, Delivery, Generation
from integration.delivery.orphan import Orphan, remove_draft
from integration.delivery.suspect import SUSPECTED, suspect
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, SignInNeeded
from integration.google.quota import Share
from integration.google.seen import Kind
from integration.streams.models import Post, PostState

log = structlog.get_logger(__name__)

NOBODY = "strangers"


@dataclass(frozen=True)
class Stray(Orphan):
    """A draft with a mark of ours, as the class was last read."""

    account_id: str = ""
    changed_at: datetime | None = None
    """Google's time of its last change."""


def remove_strangers(desk: Desk, life: Generation) -> bool:
    """Remove the drafts that nobody's record knows, once every class was read anew; False when some could not be now."""
    if life.lost_from is None or life.quiet_until is None:
        return True
    with desk.transaction() as session:
        drafts = _drafts(session, life.lost_from, life.quiet_until)
        known = _known(session, [mark for marks in drafts.values() for mark in marks])
        for draft, marks in drafts.items():
            for delivery_id in sorted({id for mark in marks for id in known.get(mark, ())}):
                _leave_to_the_janitor(session, life, session.get_one(Delivery, delivery_id), draft)
    return not [draft for draft, marks in drafts.items() if not known.keys() & marks and not _remove(desk, draft)]


def _drafts(session: Session, since: datetime, until: datetime) -> dict[Stray, set[str]]:
    """What was last changed in the forgotten time, or until the latest request had come to its end, with its marks."""
    found = session.execute(select(Post, Course).join(Course, Course.id == Post.course_id).where(
        Post.state == PostState.DRAFT, Post.google_updated_at.between(since - LEEWAY, until)).order_by(Post.id))
    return {Stray(post.school_id, course.google_id, Kind(post.kind.value), post.google_id, account_id=course.account_id,
                  changed_at=post.google_updated_at): marks
            for post, course in found if (marks := set(marks_in(post.links)))}


def _known(session: Session, marks: Sequence[str]) -> dict[str, set[str]]:
    """The deliveries that know each mark, by their rows or by their attempts."""
    known = defaultdict[str, set[str]](set)
    tried = session.execute(select(Attempt.fingerprint, Attempt.delivery_id).where(Attempt.fingerprint.in_(marks))).all()
    rows = session.execute(select(Delivery.id, Delivery.marker, Delivery.next_marker).where(
        or_(Delivery.marker.in_(marks), Delivery.next_marker.in_(marks)))).all()
    for mark, id in [*tried, *((mark, row.id) for row in rows for mark in (row.marker, row.next_marker))]:
        if mark is not None:
            known[mark] |= {id} if id is not None else set()
    return known


def _leave_to_the_janitor(session: Session, life: Generation, row: Delivery, draft: Stray) -> None:
    """Unless the delivery has it recorded, or was told of it before."""
    is_told = session.scalar(select(Attempt.id).where(
        Attempt.delivery_id == row.id, Attempt.lease_token == SUSPECTED, Attempt.post_id == draft.post_id).limit(1))
    if is_told is None and draft.post_id not in {row.post_id, row.next_post_id, row.old_post_id}:
        suspect(session, life, row, draft.post_id)


def _remove(desk: Desk, draft: Stray) -> bool:
    """Whether nothing more is to be done about one."""
    try:
        classroom = open_classroom(desk, draft.account_id, share=Share.REPAIR)
        post = classroom.get_post(draft.course, draft.kind, draft.post_id)
        if post.state == "DRAFT" and post.updated_at == draft.changed_at:
            remove_draft(desk, classroom, draft, by=NOBODY)
    except (Refused, SignInNeeded) as error:
        # Gone already, in a class that is closed to us, or an account that must connect again: it stays as it is.
        log.warning("a draft that no record knows was left where it is", post=draft.post_id, reason=error.reason)
    except (GoogleError, NotAllowed) as error:
        log.warning("a draft that no record knows could not be removed now", post=draft.post_id, error=type(error).__name__)
        return False
    return True
