"""Find posts with the links of a collection that somebody made by hand in Classroom: no app may change or delete those.

Google tells only of course work which app made it, never of a material or an announcement. So a post is ours when the ledger knows
it or when it carries a mark of ours, and anybody else's when not.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.courses.models import Course
from integration.curation.contents import contents
from integration.curation.pasted import as_shown
from integration.curation.preflight import address_of
from integration.curation.shelf import collection
from integration.delivery.materials import unmarked
from integration.delivery.models import Delivery
from integration.delivery.plans import plan_row
from integration.desk import Desk
from integration.streams.models import Post, PostState

IDS_A_QUERY = 400


@dataclass(frozen=True)
class HandMade:
    """A post with all the links of a collection, made by hand. `is_hers`: by a librarian of the school, else by a teacher."""

    course_id: str
    course_name: str
    kind: str
    title: str
    link: str
    updated_at: datetime
    is_hers: bool


def collection_by_hand(desk: Desk, school_id: str, collection_id: str) -> list[HandMade]:
    """The posts with the links of a collection as it is now, by class. Raises NotFound."""
    return made_by_hand(desk, school_id, contents(collection(desk, school_id, collection_id)).materials)


def plan_by_hand(desk: Desk, school_id: str, plan_id: str) -> dict[str, list[HandMade]]:
    """For each class of a plan that has any, the posts with the plan's links. Raises NotFound."""
    with desk.transaction() as session:
        plan = plan_row(session, school_id, plan_id)
    return by_class(made_by_hand(desk, school_id, plan.materials))


def by_class(found: Iterable[HandMade]) -> dict[str, list[HandMade]]:
    """The same, by the id of the class."""
    classes: dict[str, list[HandMade]] = {}
    for each in found:
        classes.setdefault(each.course_id, []).append(each)
    return classes


def made_by_hand(desk: Desk, school_id: str, materials: Sequence[Mapping[str, Any]]) -> list[HandMade]:
    """What students see in the school's classes that has all the links of `materials`, by class. Without a link, nothing."""
    links = {address_of(dict(each)) for each in materials}
    if not links:
        return []
    with desk.transaction() as session:
        found = [(post, name) for post, name in session.execute(_with(school_id, min(links))).all() if _has_all(post, links)]
        ours = _known(session, [post.google_id for post, _ in found])
        hers = set(session.scalars(select(Account.google_id).where(Account.school_id == school_id)))
        return [HandMade(post.course_id, name, post.kind.value, post.title or post.text[:120], post.link, post.google_updated_at,
                         post.creator_google_id in hers)
                for post, name in found if (post.course_id, post.google_id) not in ours]


def in_a_sentence(found: Sequence[HandMade]) -> str:
    """What a plan says of these, in one class; nothing when there are none."""
    if not found:
        return ""
    who = "you or a colleague" if all(each.is_hers for each in found) else "a teacher"
    what, it = ("A post", "it") if len(found) == 1 else (f"{len(found)} posts", "them")
    return f"{what} with the same links, made by hand by {who}, can be seen there already; Throughline cannot update {it}."


def _with(school_id: str, link: str) -> Any:
    """The posts in whose links this one may be; which they are is seen when they are read."""
    needle = json.dumps(link.removeprefix("youtube:").removeprefix("drive:"))[1:-1]
    return (select(Post, Course.name).join(Course, Course.id == Post.course_id)
            .where(Post.school_id == school_id, Post.state == PostState.PUBLISHED,
                   cast(Post.links, Text).contains(needle, autoescape=True))
            .order_by(Course.name, Course.id, Post.google_updated_at.desc(), Post.id))


def _has_all(post: Post, links: set[str]) -> bool:
    """Whether it has all the links and none of them with a mark of ours."""
    return all(unmarked(each) == each for each in post.links) and links <= set(map(as_shown, post.links))


def _known(session: Session, google_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Class and id of each of these that is, or was, a post of the ledger."""
    columns = (Delivery.post_id, Delivery.next_post_id, Delivery.old_post_id)
    found: set[tuple[str, str]] = set()
    for start in range(0, len(google_ids), IDS_A_QUERY):
        some = google_ids[start:start + IDS_A_QUERY]
        is_one = or_(*(each.in_(some) for each in columns))
        for course_id, *ids in session.execute(select(Delivery.course_id, *columns).where(is_one)):
            found |= {(course_id, id) for id in ids if id}
    return found
