"""Let a draft lie in the class for its teacher, and follow what she does with it: publish it herself, or delete it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.delivery.draft import BY_HAND
from integration.delivery.gone import end_of
from integration.delivery.lease import Held, add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, write_down
from integration.desk import Desk
from integration.streams.models import Post, PostState

LIES_FOR = timedelta(days=365)
"""A draft is hers; only after a year nobody can be waiting for it."""
IN_HER_CLASS = "It lies in the class as a draft. The teacher publishes it, changes it or deletes it."
GONE = (PostState.DELETED, PostState.GONE)
# Built once: putting a statement together takes longer than carrying it out.
_MOVED_ON = select(Delivery, Post).join(Post, (Post.course_id == Delivery.course_id) & (Post.google_id == Delivery.post_id)).where(
    Delivery.school_id == bindparam("school_id"), Delivery.state == S.DRAFTED, Delivery.draft_only.is_(True),
    Post.state != PostState.DRAFT)


def rest(desk: Desk, hand: Sequence[Held]) -> None:
    """Leave drafts where they are, for their teachers."""
    values = {"expires_at": desk.now() + LIES_FOR}
    write_down(desk, [Move(held, S.DRAFTED, IN_HER_CLASS, values=values, after=LIES_FOR.total_seconds()) for held in hand])


def follow_drafts(session: Session, desk: Desk, school_id: str) -> int:
    """Write down which drafts their teachers have published or deleted, as the streams last showed; answer how many."""
    found = session.execute(_MOVED_ON, {"school_id": school_id}).all()
    for row, post in found:
        if post.state in GONE:
            row.state, row.reason = end_of(session, row.id, row.post_id)
            row.removed_at = post.seen_at
        else:
            row.state, row.reason, row.published_at, row.link = S.PUBLISHED, BY_HAND, post.google_updated_at, post.link
        row.ended_at = desk.now()
        add_step(session, school_id, row.id, row.state, row.reason, desk.now())
    return len(found)
