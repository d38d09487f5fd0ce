"""After a failover: remove drafts whose delivery is forgotten altogether, known by a mark of ours that no record knows.

Students never saw them. A draft that a person touched since is hers and stays, and so does what stands before students.
"""

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
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, SignInNeeded
from integration.google.quota import Share
from integration.google.seen import Kind
from integration.streams.models import Post, PostState

log = structlog.get_logger(__name__)

NOBODY = "strangers"


@dataclass(frozen=True)
class Stranger(Orphan):
    """A draft with a mark of ours that no record knows, as the class was last read."""

    account_id: str = ""
    changed_at: datetime | None = None
    """Google's time of its last change."""


def remove_strangers(desk: Desk, life: Generation) -> bool:
    """Remove the drafts that nobody's record knows, once every class was read anew; False when some could not be now."""
    if life.lost_from is None or life.quiet_until is None:
        return True
    with desk.transaction() as session:
        found = _strangers(session, life.lost_from, life.quiet_until)
    return not [each for each in found if not _remove(desk, each)]


def _strangers(session: Session, since: datetime, until: datetime) -> list[Stranger]:
    """What was last changed in the forgotten time, or until the latest request had come to its end."""
    drafts = session.execute(select(Post, Course).join(Course, Course.id == Post.course_id).where(
        Post.state == PostState.DRAFT, Post.google_updated_at.between(since - LEEWAY, until)).order_by(Post.id)).all()
    marks = {post.id: marks_in(post.links) for post, _ in drafts}
    known = _known(session, [mark for found in marks.values() for mark in found])
    return [Stranger(post.school_id, course.google_id, Kind(post.kind.value), post.google_id, account_id=course.account_id,
                     changed_at=post.google_updated_at)
            for post, course in drafts if marks[post.id] and not known & set(marks[post.id])]


def _known(session: Session, marks: Sequence[str]) -> set[str]:
    rows = session.execute(select(Delivery.marker, Delivery.next_marker).where(
        or_(Delivery.marker.in_(marks), Delivery.next_marker.in_(marks))))
    return {*session.scalars(select(Attempt.fingerprint).where(Attempt.fingerprint.in_(marks))),
            *(mark for row in rows for mark in row)}


def _remove(desk: Desk, stranger: Stranger) -> bool:
    """Whether nothing more is to be done about one."""
    try:
        classroom = open_classroom(desk, stranger.account_id, share=Share.REPAIR)
        post = classroom.get_post(stranger.course, stranger.kind, stranger.post_id)
        if post.state == "DRAFT" and post.updated_at == stranger.changed_at:
            remove_draft(desk, classroom, stranger, by=NOBODY)
    except (Refused, SignInNeeded) as error:
        # Gone already, in a class that is closed to us, or an account that must connect again: it stays as it is.
        log.warning("a draft that no record knows was left where it is", post=stranger.post_id, reason=error.reason)
    except (GoogleError, NotAllowed) as error:
        log.warning("a draft that no record knows could not be removed now", post=stranger.post_id, error=type(error).__name__)
        return False
    return True
