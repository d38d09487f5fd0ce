"""Foretell what an update and what taking back would do in each class of a plan, by the classes as last seen. Nothing is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.courses.models import Course
from integration.delivery.merge import Merged, Words, in_words, merge, words_sent, words_shown
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.plans import plan_row
from integration.delivery.present import present
from integration.delivery.resume import LEFT
from integration.desk import Desk
from integration.google.seen import Kind
from integration.streams.models import Post

OVER = {
    S.REMOVED: "The teacher removed it, and it stays removed.", S.RETRACTED: "It was taken back already.",
    S.CANCELLED: "It was taken back already.", S.CANCELLING: "It is being taken back already."}
HERS = "It was left to the teacher and is not touched."
UNSENT = ("It goes out with the collection’s present words.", "It is not posted at all.")
THERE = frozenset({S.PUBLISHED, S.UPDATING, S.REPLACING})


@dataclass(frozen=True)
class Effect:
    """What would happen in one class, as sentences. `kept`: the fields the teacher changed, `title`, `text` or `links`."""

    course_id: str
    course_name: str
    delivery_id: str
    update: str
    retract: str
    kept: tuple[str, ...] = ()
    is_updated: bool = False
    """Whether an update brings anything there."""


def foretell(desk: Desk, school_id: str, plan_id: str) -> list[Effect]:
    """The effects in every class of a plan that was accepted, by the names of the classes. Raises NotFound."""
    new = present(desk, school_id, plan_id)
    with desk.transaction() as session:
        found = session.execute(select(Delivery, Course.name).join(Course, Course.id == Delivery.course_id).where(
            Delivery.plan_id == plan_row(session, school_id, plan_id).id).order_by(Course.name, Delivery.id)).all()
        posts = _posts(session, [row for row, _ in found])
        return [_effect(row, name, posts.get(row.id), new.words(row.course_id)) for row, name in found]


def _posts(session: Session, rows: Sequence[Delivery]) -> Mapping[str, Post]:
    """The posts of these deliveries in the streams, where they were read since our own last write."""
    ids = {row.course_id for row in rows}
    found = {(post.course_id, post.google_id): post for post in session.scalars(select(Post).where(
        Post.course_id.in_(ids), Post.google_id.in_([row.post_id for row in rows if row.post_id])))}
    pairs = ((row, found.get((row.course_id, row.post_id or ""))) for row in rows)
    return {row.id: post for row, post in pairs
            if post is not None and (row.post_updated_at is None or post.google_updated_at >= row.post_updated_at)}


def _effect(row: Delivery, name: str, post: Post | None, ours: Words) -> Effect:
    if row.state in OVER:
        return Effect(row.course_id, name, row.id, OVER[row.state], OVER[row.state])
    if LEFT in (row.wanted or {}):
        return Effect(row.course_id, name, row.id, HERS, HERS, tuple(row.kept))
    if row.state not in THERE and not (row.state is S.DRAFTED and row.draft_only):
        return Effect(row.course_id, name, row.id, *UNSENT, is_updated=words_sent(row.title, row.text, row.materials) != ours)
    base = words_sent(row.title, row.text, row.materials)
    theirs = base if post is None else words_shown(post.title, post.text, post.links)
    merged, changed = merge(Kind(row.kind), base, theirs, ours), merge(Kind(row.kind), base, theirs, base).kept
    return Effect(row.course_id, name, row.id, _updated(merged), _taken_back(row, changed), changed,
                  bool(merged.written) or merged.is_relinked)


def _updated(merged: Merged) -> str:
    if merged.is_relinked:
        does = "A new post with the present links takes its place."
    else:
        does = f"Its {in_words(list(merged.written))} is brought up to date." if merged.written else "Nothing of it changes."
    keeps = f" Changed by the teacher and kept: {in_words(merged.kept)}." if merged.kept else ""
    return does + keeps + (" The new words are suggested to her." if merged.suggested else "")


def _taken_back(row: Delivery, changed: Sequence[str]) -> str:
    if changed or row.edited_at is not None:
        return f"Changed by the teacher: {in_words(changed or row.kept)}. It stays, and you are asked about it."
    return "It is deleted. Students never saw it." if row.state is S.DRAFTED else "It is deleted. Students may have seen it."
