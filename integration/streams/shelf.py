"""Read what stands in the classes' streams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from integration.desk import Desk
from integration.errors import NotFound
from integration.streams.models import Post, PostKind, PostState, Topic

# Built once: putting a statement together takes longer than carrying it out.
_STANDING = select(Post).where(
    Post.school_id == bindparam("school_id"), Post.course_id.in_(bindparam("course_ids", expanding=True)),
    Post.state == PostState.PUBLISHED)
IDS_A_QUERY = 400
"""Keeps a query far below the databases' limits of bound values."""


@dataclass(frozen=True)
class PostCard:
    """A post as shown. `id` is ours, `google_id` is unique within its class and kind."""

    id: str
    course_id: str
    google_id: str
    kind: PostKind
    title: str
    text: str
    state: PostState
    links: tuple[str, ...]
    updated_at: datetime
    link: str
    creator_google_id: str
    topic_google_id: str
    seen_at: datetime


@dataclass(frozen=True)
class TopicCard:
    """A topic as shown."""

    id: str
    google_id: str
    name: str
    updated_at: datetime | None


def stream(desk: Desk, school_id: str, course_id: str, *, at_most: int | None = None, after: str | None = None
           ) -> list[PostCard]:
    """A class's posts, last changed first; `after` is the id of the last post of the page before."""
    query = select(Post).where(Post.school_id == school_id, Post.course_id == course_id)
    with desk.transaction() as session:
        if after is not None:
            last = session.scalar(query.where(Post.id == after))
            if last is None:
                raise NotFound("The page before ended with a post that is not there any more. Begin with the first page.")
            query = query.where(or_(Post.google_updated_at < last.google_updated_at,
                                    and_(Post.google_updated_at == last.google_updated_at, Post.id < last.id)))
        rows = session.scalars(query.order_by(Post.google_updated_at.desc(), Post.id.desc()).limit(at_most))
        return [_card(row) for row in rows]


def topics(desk: Desk, school_id: str, course_id: str) -> list[TopicCard]:
    """A class's topics by name."""
    with desk.transaction() as session:
        rows = session.scalars(select(Topic).where(Topic.school_id == school_id, Topic.course_id == course_id)
                               .order_by(Topic.name, Topic.id))
        return [TopicCard(row.id, row.google_id, row.name, row.google_updated_at) for row in rows]


def standing(desk: Desk, school_id: str, course_ids: Iterable[str]) -> dict[str, list[PostCard]]:
    """For each class the posts students see now; a class without any has an empty list."""
    found: dict[str, list[PostCard]] = {course_id: [] for course_id in course_ids}
    with desk.transaction() as session:
        for some in _batches(list(found)):
            for row in session.scalars(_STANDING, {"school_id": school_id, "course_ids": some}):
                found[row.course_id].append(_card(row))
    return found


def _batches(ids: list[str]) -> list[list[str]]:
    return [ids[start:start + IDS_A_QUERY] for start in range(0, len(ids), IDS_A_QUERY)]


def _card(row: Post) -> PostCard:
    return PostCard(row.id, row.course_id, row.google_id, row.kind, row.title, row.text, row.state, tuple(row.links),
                    row.google_updated_at, row.link, row.creator_google_id, row.topic_google_id, row.seen_at)
