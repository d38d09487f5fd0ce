"""Judge what became of our posts, from the streams as last seen: still standing, edited, or removed by the teacher."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.delivery.generations import is_forgotten
from integration.delivery.gone import TAKEN_AWAY, end_of
from integration.delivery.lease import add_step
from integration.delivery.merge import changed, in_words, words_sent, words_shown
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.rest import follow_drafts
from integration.desk import Desk
from integration.google.seen import Kind
from integration.streams.models import Post, PostState

GONE = (PostState.DELETED, PostState.GONE)
# Built once: putting a statement together takes longer than carrying it out.
_STANDING = select(Delivery, Post).join(Post, (Post.course_id == Delivery.course_id) & (Post.google_id == Delivery.post_id)).where(
    Delivery.school_id == bindparam("school_id"), Delivery.state == DeliveryState.PUBLISHED)


def observe(desk: Desk, school_id: str) -> int:
    """Mark each published delivery that the teacher edited or removed; answer how many changed.

    Her edit and her removal are final: nothing of hers is ever overwritten, and what she removed does not come back.
    """
    with desk.transaction() as session:
        found = session.execute(_STANDING, {"school_id": school_id}).all()
        changed = sum(_judge(session, desk, row, post) for row, post in found if post.kind.value == row.kind)
        return changed + follow_drafts(session, desk, school_id)


def _judge(session: Session, desk: Desk, row: Delivery, post: Post) -> bool:
    if post.state in GONE:
        row.state, row.reason = end_of(session, row.id, row.post_id, is_forgotten=is_forgotten(session, post.google_updated_at))
        row.removed_at, row.ended_at = post.seen_at, desk.now()
        is_hers = row.reason == TAKEN_AWAY
        add_step(session, row.school_id, row.id, row.state, "The teacher removed it." if is_hers else row.reason, desk.now())
        return True
    hers = _changed_by_her(row, post)
    if hers:
        row.edited_at, row.kept = row.edited_at or post.google_updated_at, [*row.kept, *hers]
        add_step(session, row.school_id, row.id, row.state, f"The teacher changed the {in_words(hers)}.", desk.now())
    return bool(hers)


def _changed_by_her(row: Delivery, post: Post) -> list[str]:
    """The fields she changed that were not known as hers. What was read before our last write says nothing about her."""
    if post.state is not PostState.PUBLISHED or (row.post_updated_at is not None and post.google_updated_at < row.post_updated_at):
        return []
    sent, stands = words_sent(row.title, row.text, row.materials), words_shown(post.title, post.text, post.links)
    return [name for name in changed(Kind(row.kind), sent, stands) if name not in row.kept]
