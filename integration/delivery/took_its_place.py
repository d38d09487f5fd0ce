"""After a failover: a post that took another's place in the forgotten time is its delivery's from now on.

It is known by its mark, which follows from that of the one before; see `materials.marks_to_come`. There may have been several, one
after the other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.delivery.lease import add_step
from integration.delivery.look import LEEWAY
from integration.delivery.materials import carries_mark, content_hash, marks_in, marks_to_come, material_of
from integration.delivery.merge import changed, words_sent, words_shown
from integration.delivery.models import Delivery, Generation, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import LEFT, SAW
from integration.desk import Desk
from integration.google.seen import Kind
from integration.records.clock import database_now
from integration.streams.models import Post, PostState

MAY_HAVE_SUCCESSORS = (S.PUBLISHED, S.REMOVED, S.UPDATING, S.REPLACING, S.CANCELLING, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED)
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
        for (course_id, kind), standing in _standing(session, life.lost_from, life.quiet_until).items():
            posts = {mark: post for post in standing for mark in marks_in(post.links)}
            for row in session.scalars(select(Delivery).where(
                    Delivery.course_id == course_id, Delivery.kind == kind, Delivery.state.in_(MAY_HAVE_SUCCESSORS),
            ).order_by(Delivery.id).with_for_update()):
                marks = [mark for mark in marks_to_come(row.marker) if mark in posts]
                # The one that is recorded is not forgotten: the update under way goes on with it.
                if marks and posts[marks[-1]].google_id != row.next_post_id:
                    row.post_id = row.post_id or _forgotten(session, row, standing)
                    _adopt(session, row, [posts[mark] for mark in marks], marks[-1], now)


def _standing(session: Session, since: datetime, until: datetime) -> Mapping[tuple[str, str], Sequence[Post]]:
    """The posts that students see and that changed in the forgotten time: by class and kind."""
    found = defaultdict[tuple[str, str], list[Post]](list)
    for post in session.scalars(select(Post).where(Post.state == PostState.PUBLISHED, Post.google_updated_at.between(
            since - LEEWAY, until)).order_by(Post.id)):
        found[post.course_id, post.kind.value].append(post)
    return found


def _forgotten(session: Session, row: Delivery, standing: Sequence[Post]) -> str | None:
    """The delivery's post before, of which even that it was made is forgotten: by its mark, else by its words and who made it."""
    if carries_mark(row.materials):
        mine = [post for post in standing if row.marker in marks_in(post.links)]
    else:
        sent, made_by = words_sent(row.title, row.text, row.materials), session.get_one(Account, row.account_id).google_id
        recorded = set(session.scalars(select(Delivery.post_id).where(Delivery.course_id == row.course_id)))
        mine = [post for post in standing if post.creator_google_id == made_by and post.google_id not in recorded
                and not changed(Kind(row.kind), sent, words_shown(post.title, post.text, post.links))]
    return mine[0].google_id if len(mine) == 1 else None


def _adopt(session: Session, row: Delivery, successors: Sequence[Post], mark: str, now: datetime) -> None:
    """The last of them, which carries `mark`. What was ours of its words and what a person's, nobody knows any more.

    An update that the row still remembers is older, so it is over. What is being taken back is taken back as it stands now.
    """
    post, before = successors[-1], [each.google_id for each in successors[:-1]]
    row.old_post_id = before[-1] if before else None if row.state is S.REMOVED else row.post_id
    row.title, row.text, row.materials = post.title or row.title, post.text, [material_of(each) for each in post.links]
    row.content_hash, row.marker = content_hash(row.kind, row.title, row.text, row.materials), mark
    row.post_id, row.link, row.post_updated_at = post.google_id, post.link, post.google_updated_at
    row.next_post_id = row.next_marker = None
    row.wanted = {name: row.wanted[name] for name in (SAW, LEFT) if name in row.wanted} or None if row.wanted else None
    row.published_at, row.removed_at, row.next_at, row.tries = row.published_at or now, None, now, 0
    if row.ends_as is not None:
        row.state, row.ended_at = S.CANCELLING, None
    else:
        row.state, row.ended_at = (S.REPLACING, None) if row.old_post_id else (S.PUBLISHED, now)
    row.reason = SENTENCE
    session.get_one(Plan, row.plan_id).state = PlanState.RUNNING
    add_step(session, row.school_id, row.id, row.state, SENTENCE, now)
