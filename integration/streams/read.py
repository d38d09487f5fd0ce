"""Read one class's stream and keep it, page by page, so that memory stays flat however long the stream is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from integration.courses.progress import Leased, Task
from integration.desk import Desk
from integration.google.classroom import Classroom
from integration.google.scopes import ANNOUNCEMENTS, MATERIALS, TOPICS
from integration.google.seen import Kind, PostPage, PostSeen
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import upsert
from integration.streams.models import Mark, Post, PostKind, PostState, Topic

OVERLAP = timedelta(minutes=10)
"""Read this far behind the mark: a list may lag behind a write, so a post can show up later than a newer one. Nor is
what is younger taken for gone because a list lacks it."""
FULL_EVERY = timedelta(days=28)
"""A post that vanished from the far end of a long stream is noticed at least this often."""
IDS_A_QUERY = 400
SCOPES = {Kind.ANNOUNCEMENT: ANNOUNCEMENTS, Kind.MATERIAL: MATERIALS}


@dataclass(frozen=True)
class _Reach:
    """How far to read: to the mark, or with None to the end."""

    kind: Kind
    until: datetime | None
    before: Mark | None
    began_at: datetime
    """By the database's clock."""


def read_stream(desk: Desk, classroom: Classroom, task: Task, course: Leased) -> int:
    """Bring what we keep of one class's stream in step with Google; answer how many posts were looked at.

    An unchanged class costs two calls, one a kind: each list comes last changed first, so the first page of each shows that
    nothing is newer than the mark, and topics are asked for only when a material changed or the stream is read whole.
    Without a permission that kind is left alone. Only what teachers wrote is kept; what anybody else wrote, a student above
    all, never reaches the database.
    """
    looked, is_worth_topics = 0, False
    for kind in Kind:
        if SCOPES[kind] not in classroom.grant.scopes:
            continue
        reach = _how_far(desk, task, course, kind)
        seen, changed = _read_kind(desk, classroom, task, course, reach)
        looked += seen
        is_worth_topics |= reach.until is None or (kind is Kind.MATERIAL and changed > 0)
    if is_worth_topics and TOPICS in classroom.grant.scopes:
        _read_topics(desk, classroom, task, course)
    return looked


def _how_far(desk: Desk, task: Task, course: Leased, kind: Kind) -> _Reach:
    with desk.transaction() as session:
        mark = session.scalar(select(Mark).where(Mark.course_id == course.course_id, Mark.kind == PostKind(kind)))
        began_at = database_now(session)
    if mark is None or task.is_full or desk.now() - mark.full_at >= FULL_EVERY:
        return _Reach(kind, None, mark, began_at)
    return _Reach(kind, mark.updated_to - OVERLAP, mark, began_at)


def _read_kind(desk: Desk, classroom: Classroom, task: Task, course: Leased, reach: _Reach) -> tuple[int, int]:
    """Read one kind as far as asked; answer how many posts were seen and how many had changed. The mark moves at the end."""
    ids: set[str] = set()
    newest, changed, is_whole = None, 0, False
    for page in classroom.pages_of_posts(course.google_id, reach.kind):
        changed += _keep_page(desk, task, course, page)
        ids.update(post.google_id for post in page.posts)
        newest = newest or max((post.updated_at for post in page.posts), default=None)
        is_whole = page.is_last
        if not is_whole and _is_behind(page, reach.until):
            break
    with desk.transaction() as session:
        if is_whole:
            changed += _mark_gone(session, course, reach.kind, ids, before=reach.began_at - OVERLAP)
        _move_mark(desk, session, task, course, reach, newest, is_whole)
    return len(ids), changed


def _is_behind(page: PostPage, until: datetime | None) -> bool:
    return until is not None and bool(page.posts) and page.posts[-1].updated_at < until


def _keep_page(desk: Desk, task: Task, course: Leased, page: PostPage) -> int:
    """Write those posts of a page that are new or changed; answer how many."""
    ours = [post for post in page.posts if post.creator_google_id in course.teachers]
    with desk.transaction() as session:
        known = _known(session, course, ours)
        fresh = [post for post in ours if task.is_full or known.get((post.kind, post.google_id)) != _print(post)]
        upsert(session, Post, [_row(desk, task, course, post) for post in fresh], key=("course_id", "kind", "google_id"),
               keep=("id",))
    return len([post for post in fresh if known.get((post.kind, post.google_id)) != _print(post)])


def _known(session: Session, course: Leased, posts: Sequence[PostSeen]) -> Mapping[tuple[str, str], tuple[str, datetime, str]]:
    rows = session.execute(select(Post.kind, Post.google_id, Post.state, Post.google_updated_at, Post.topic_google_id).where(
        Post.course_id == course.course_id, Post.google_id.in_([post.google_id for post in posts])))
    return {(Kind(row.kind), row.google_id): (row.state.value, row.google_updated_at, row.topic_google_id) for row in rows}


def _print(post: PostSeen) -> tuple[str, datetime, str]:
    """What changes whenever a post does."""
    return post.state, post.updated_at, post.topic_google_id


def _row(desk: Desk, task: Task, course: Leased, post: PostSeen) -> dict[str, Any]:
    return {
        "id": new_id(), "school_id": task.school_id, "course_id": course.course_id, "google_id": post.google_id,
        "kind": PostKind(post.kind), "state": _state(post.state), "title": _kept(post.title)[:3000],
        "text": _kept(post.text), "links": [_kept(link) for link in post.links], "topic_google_id": post.topic_google_id,
        "creator_google_id": post.creator_google_id, "link": post.link[:2048], "google_updated_at": post.updated_at,
        "seen_at": desk.now(),
    }


def _state(word: str) -> PostState:
    """Google's word; one it may add later is taken for something students do not see."""
    return PostState(word) if word in PostState.__members__ else PostState.DRAFT


def _kept(text: str) -> str:
    """A NUL is seen in the wild and Postgres refuses it."""
    return text.replace("\x00", "")


def _mark_gone(session: Session, course: Leased, kind: Kind, shown: set[str], *, before: datetime) -> int:
    """The whole list was read: what is not in it is gone, if it was last changed `before` a moment that no list lags behind.

    A younger one another reader may have seen, whose list came later or lagged less; the next time the list is read tells.
    """
    kept = session.scalars(select(Post.google_id).where(
        Post.course_id == course.course_id, Post.kind == PostKind(kind), Post.state != PostState.GONE,
        Post.google_updated_at < before))
    gone = [google_id for google_id in kept if google_id not in shown]
    for some in _some(gone):
        session.execute(update(Post).where(Post.course_id == course.course_id, Post.kind == PostKind(kind),
                                           Post.google_id.in_(some)).values(state=PostState.GONE))
    return len(gone)


def _some(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start:start + IDS_A_QUERY] for start in range(0, len(ids), IDS_A_QUERY))


def _move_mark(desk: Desk, session: Session, task: Task, course: Leased, reach: _Reach, newest: datetime | None,
               is_whole: bool) -> None:
    """Set the mark to the newest change seen; an empty stream is marked by our own clock, less the overlap when read again."""
    before = reach.before
    reached = newest or (before.updated_to if before is not None else desk.now())
    full_at = desk.now() if is_whole or before is None else before.full_at
    upsert(session, Mark, [{"id": new_id(), "school_id": task.school_id, "course_id": course.course_id,
                            "kind": PostKind(reach.kind), "updated_to": reached, "full_at": full_at}],
           key=("course_id", "kind"), keep=("id",))


def _read_topics(desk: Desk, classroom: Classroom, task: Task, course: Leased) -> None:
    """Topics have no mark of their own; the few there are come whole, and those deleted in Classroom go."""
    rows = [{"id": new_id(), "school_id": task.school_id, "course_id": course.course_id, "google_id": topic.google_id,
             "name": _kept(topic.name)[:100], "google_updated_at": topic.updated_at}
            for topic in classroom.list_topics(course.google_id)]
    with desk.transaction() as session:
        session.execute(delete(Topic).where(Topic.course_id == course.course_id,
                                            Topic.google_id.not_in([row["google_id"] for row in rows])))
        upsert(session, Topic, rows, key=("course_id", "google_id"), keep=("id",))
