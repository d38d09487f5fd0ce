"""Write into the log what really stands in the classes."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from integration.curation.models import Collection
from integration.delivery.observe import observe
from integration.desk import Desk
from integration.partnerships.log import Happened, record_all
from integration.partnerships.models import Entry
from integration.reach.posts import SeenPost, seen_posts


def record_reach(desk: Desk, school_id: str) -> int:
    """See what stands, then keep one entry for each teacher and collection; answer how many entries there are now."""
    observe(desk, school_id)
    groups = defaultdict[tuple[str, str], list[SeenPost]](list)
    for post in seen_posts(desk, school_id):
        if post.stands:
            for teacher in post.partners:
                groups[teacher.id, post.collection_id].append(post)
    codes = _codes(desk, school_id)
    record_all(desk, school_id, [_happened(teacher_id, collection_id, posts, codes[collection_id])
                                 for (teacher_id, collection_id), posts in groups.items()])
    with desk.transaction() as session:
        return session.scalar(select(func.count()).select_from(Entry).where(Entry.school_id == school_id)) or 0


def _codes(desk: Desk, school_id: str) -> dict[str, list[str]]:
    with desk.transaction() as session:
        return {row.id: row.codes for row in session.execute(
            select(Collection.id, Collection.codes).where(Collection.school_id == school_id))}


def _happened(teacher_id: str, collection_id: str, posts: Sequence[SeenPost], codes: Sequence[str]) -> Happened:
    return Happened(teacher_id=teacher_id, occasion=f"collection:{collection_id}", on=min(post.on for post in posts),
                    activity=posts[0].title, course_ids=list(dict.fromkeys(post.course.id for post in posts)), codes=codes)
