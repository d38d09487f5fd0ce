"""After a failover: a post that took another's place in the forgotten time is its delivery's from now on.

It is known by its mark, which follows from that of the one before; see `materials.next_mark`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.delivery.lease import add_step
from integration.delivery.look import LEEWAY
from integration.delivery.materials import content_hash, marks_in, material_of, next_mark
from integration.delivery.models import Delivery, Generation, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.records.clock import database_now
from integration.streams.models import Post, PostState

MAY_HAVE_SUCCESSORS = (S.PUBLISHED, S.REMOVED)
"""Also what was just said to be removed, because the post before was found to be deleted."""
SENTENCE = ("A post with other links took its place in a time of which Throughline’s records were lost. It was found in the class, "
            "and the one before is taken away.")


def adopt_successors(desk: Desk, life: Generation) -> None:
    """Let each delivery have the post that took its post's place; a worker deletes the one before, if it still stands.

    Meant for when every class was read anew.
    """
    if life.lost_from is None or life.quiet_until is None:
        return
    with desk.transaction() as session:
        now = database_now(session)
        for post in session.scalars(select(Post).where(Post.state == PostState.PUBLISHED, Post.google_updated_at.between(
                life.lost_from - LEEWAY, life.quiet_until)).order_by(Post.id)):
            for row in _predecessors(session, post):
                _adopt(session, row, post, now)


def _predecessors(session: Session, post: Post) -> Sequence[Delivery]:
    marks = marks_in(post.links)
    if not marks:
        return []
    rows = session.scalars(select(Delivery).where(
        Delivery.course_id == post.course_id, Delivery.kind == post.kind.value, Delivery.state.in_(MAY_HAVE_SUCCESSORS),
    ).with_for_update())
    return [row for row in rows if next_mark(row.marker) in marks]


def _adopt(session: Session, row: Delivery, post: Post, now: datetime) -> None:
    """The words are those that stand there: what was ours of them and what a person's, nobody knows any more."""
    row.title, row.text, row.materials = post.title or row.title, post.text, [material_of(each) for each in post.links]
    row.content_hash, row.marker = content_hash(row.kind, row.title, row.text, row.materials), next_mark(row.marker)
    row.old_post_id = row.post_id if row.state is S.PUBLISHED else None
    row.post_id, row.link, row.post_updated_at = post.google_id, post.link, post.google_updated_at
    row.state, row.reason, row.next_at, row.tries = S.REPLACING if row.old_post_id else S.PUBLISHED, SENTENCE, now, 0
    row.published_at, row.removed_at, row.ended_at = row.published_at or now, None, None if row.old_post_id else now
    session.get_one(Plan, row.plan_id).state = PlanState.RUNNING
    add_step(session, row.school_id, row.id, row.state, SENTENCE, now)
