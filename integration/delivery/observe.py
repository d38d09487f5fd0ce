"""Judge what became of our posts, from the streams as last seen: still standing, edited, or removed by the teacher."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.delivery.draft import TAKEN_AWAY
from integration.delivery.lease import add_step
from integration.delivery.materials import carries_mark, has_mark
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.rest import follow_drafts
from integration.desk import Desk
from integration.streams.models import Post, PostState

GONE = (PostState.DELETED, PostState.GONE)


def observe(desk: Desk, school_id: str) -> int:
    """Mark each published delivery that the teacher edited or removed; answer how many changed.

    Her edit and her removal are final: nothing of hers is ever overwritten, and what she removed does not come back.
    """
    with desk.transaction() as session:
        found = session.execute(
            select(Delivery, Post).join(Post, (Post.course_id == Delivery.course_id) & (Post.google_id == Delivery.post_id))
            .where(Delivery.school_id == school_id, Delivery.state == DeliveryState.PUBLISHED)).all()
        changed = sum(_judge(session, desk, row, post) for row, post in found if post.kind.value == row.kind)
        return changed + follow_drafts(session, desk, school_id)


def _judge(session: Session, desk: Desk, row: Delivery, post: Post) -> bool:
    if post.state in GONE:
        row.state, row.reason, row.removed_at, row.ended_at = DeliveryState.REMOVED, TAKEN_AWAY, post.seen_at, desk.now()
        add_step(session, row.school_id, row.id, row.state, "The teacher removed it.", desk.now())
        return True
    if post.state is PostState.PUBLISHED and row.edited_at is None and is_edited(row, post):
        row.edited_at = post.google_updated_at
        add_step(session, row.school_id, row.id, row.state, "The teacher edited it.", desk.now())
        return True
    return False


def is_edited(row: Delivery, post: Post) -> bool:
    """Whether words or our marked link differ from what we sent; white space does not count."""
    if post.text.split() != row.text.split() or (row.kind == "material" and post.title.split() != row.title.split()):
        return True
    return carries_mark(row.materials) and not has_mark(post.links, row.marker)
