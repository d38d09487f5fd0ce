"""Look into a class for our own post after an answer was lost: drafts, published and deleted ones alike."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import timedelta

from sqlalchemy import or_, select

from integration.delivery.lease import Held
from integration.delivery.materials import carries_mark, has_mark
from integration.delivery.models import Attempt, Delivery
from integration.desk import Desk
from integration.errors import Refused
from integration.google.classroom import Classroom
from integration.google.seen import Kind, PostSeen, address

LEEWAY = timedelta(minutes=5)
"""How far Google's clock may be from ours."""


def our_posts(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """The posts in the class that are this delivery's, oldest first; those we deleted ourselves are left out.

    Known by the mark in a link, also in one of which the records know nothing any more; where no link can carry a mark, by creator,
    exact materials, words, and made after the intent, and then only what no other delivery has recorded as its own.
    """
    gone = deleted_by_us(desk, held.id)
    return [post for post in _all_ours(desk, classroom, held) if post.google_id not in gone]


def still_there(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """The same for taking them away: a post whose deletion had no clear answer and which is shown all the same is among them."""
    gone, surely = deleted_by_us(desk, held.id), deleted_by_us(desk, held.id, surely=True)
    return [post for post in _all_ours(desk, classroom, held)
            if post.google_id not in (gone if post.state == "DELETED" else surely)]


def perhaps_ours(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """Posts in the class that may be this delivery's with a person's words since: nothing tells them from her own.

    Only where no link carries a mark: made after the intent with the same materials, and no delivery has recorded it.
    """
    if carries_mark(held.materials):
        return []
    known, links = recorded(desk, held), sorted(filter(None, map(address, held.materials)))
    return [post for post in _recent(classroom, held) if sorted(post.links) == links and post.google_id not in known
            and _is_made_since(classroom, held, post)]


def orphans(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """Drafts of this delivery that no delivery has recorded, oldest first: what a lost answer or a late request left behind.

    They are as each attempt to create was to make them, however the delivery's words and links changed since. How old one must be
    before it may go is for the janitor to say.
    """
    known, surely = recorded(desk, held), deleted_by_us(desk, held.id, surely=True)
    with desk.transaction() as session:
        made = session.execute(select(Attempt.fingerprint, Attempt.post_id).where(
            Attempt.delivery_id == held.id, Attempt.kind == "create", Attempt.finished_at.is_(None))).all()
    prints, ids = {held.marker, fingerprint(held), *(each.fingerprint for each in made)}, {each.post_id for each in made}
    found = [post for post in _recent(classroom, held) if post.state == "DRAFT" and post.google_id not in known | surely
             and (post.google_id in ids or any(_is_known_by(classroom, held, post, each) for each in prints if each))]
    return sorted(found, key=lambda post: (post.created_at, post.google_id))


def fingerprint(held: Held) -> str:
    """By what the delivery's post is known again: the mark, or where no link can carry one, what it shows."""
    if carries_mark(held.materials):
        return held.marker
    return _print(held.kind, held.title, held.text, filter(None, map(address, held.materials)))


def get_if_there(classroom: Classroom, held: Held, post_id: str) -> PostSeen | None:
    """One post; None when Google does not find it."""
    try:
        return classroom.get_post(held.course, held.kind, post_id)
    except Refused as error:
        if error.reason != "NOT_FOUND":
            raise
        return None


def is_edited(held: Held, post: PostSeen) -> bool:
    """Whether the words of a post are not ours any more."""
    return post.text.split() != held.text.split() or (
        held.kind is Kind.MATERIAL and post.title.split() != held.title.split())


def deleted_by_us(desk: Desk, delivery_id: str, *, surely: bool = False) -> frozenset[str]:
    """The posts of a delivery that we deleted, or may have."""
    is_gone = Attempt.outcome == "ok" if surely else or_(Attempt.outcome.is_(None), Attempt.outcome != "definite_error")
    with desk.transaction() as session:
        return frozenset(filter(None, session.scalars(select(Attempt.post_id).where(
            Attempt.delivery_id == delivery_id, Attempt.kind == "delete", is_gone))))


def recorded(desk: Desk, held: Held, *, but_not: str = "") -> frozenset[str]:
    """The posts of this class that deliveries have written down as theirs."""
    with desk.transaction() as session:
        rows = session.execute(select(Delivery.post_id, Delivery.next_post_id, Delivery.old_post_id).where(
            Delivery.school_id == held.school_id, Delivery.course_google_id == held.course, Delivery.kind == held.kind,
            Delivery.id != but_not))
        return frozenset(id for row in rows for id in row if id)


def _all_ours(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    others = frozenset[str]() if carries_mark(held.materials) else recorded(desk, held, but_not=held.id)
    found = [post for post in _recent(classroom, held) if post.google_id not in others and _is_ours(classroom, held, post)]
    return sorted(found, key=lambda post: (post.created_at, post.google_id))


def _recent(classroom: Classroom, held: Held) -> Iterator[PostSeen]:
    """Posts changed since the first attempt; the list comes last changed first, so the rest need not be read."""
    for page in classroom.pages_of_posts(held.course, held.kind):
        for post in page.posts:
            if held.began_at is not None and post.updated_at < held.began_at - LEEWAY:
                return
            yield post


def _is_ours(classroom: Classroom, held: Held, post: PostSeen) -> bool:
    return has_mark(post.links, held.marker) or _is_known_by(classroom, held, post, fingerprint(held))


def _is_known_by(classroom: Classroom, held: Held, post: PostSeen, fingerprint: str) -> bool:
    """By its mark; else by creator, exact words and materials, and made after the intent."""
    return has_mark(post.links, fingerprint) or (
        _is_made_since(classroom, held, post)
        and _print(held.kind, post.title, post.text, post.links) == fingerprint)


def _is_made_since(classroom: Classroom, held: Held, post: PostSeen) -> bool:
    """Made in the librarian's name after the intent."""
    return (post.creator_google_id == classroom.grant.google_id
            and held.began_at is not None and post.created_at >= held.began_at - LEEWAY)


def _print(kind: Kind, title: str, text: str, links: Iterable[str]) -> str:
    shown = [title if kind is Kind.MATERIAL else "", text, *sorted(links)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()
