"""The post that is to take another's place while links are replaced: found again after any cut, and dropped when not wanted."""

from dataclasses import replace

from sqlalchemy import or_, select

from integration.delivery.attempt import attempt
from integration.delivery.draft import TWICE
from integration.delivery.generations import has_outlived
from integration.delivery.lease import Held, Lost
from integration.delivery.look import deleted_by_us, our_posts
from integration.delivery.materials import carries_mark, next_mark
from integration.delivery.merge import Words
from integration.delivery.models import Attempt
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Ending, Move, move, write_down
from integration.delivery.order import Order, order_of
from integration.delivery.stands import NO_LONGER_THERE
from integration.desk import Desk
from integration.errors import Refused
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

FIRST = ("PUBLISHED", "DRAFT", "DELETED")
"""Of several the one that stands is taken."""
NOT_USED = "Its draft was made and could not be shown. It is looked for and taken away."


def find_next(desk: Desk, classroom: Classroom, held: Held, order: Order, words: Words) -> PostSeen | None:
    """The successor an earlier turn made, recorded in the row from now on; None when there is none or we deleted it.

    Its state is DELETED when a person deleted it. Raises GoogleError, and Lost when a person must look.
    """
    mark = _mark(held, order) or _forgotten_mark(desk, held)
    if mark is None:
        return None
    if order.next_post_id is not None:
        recorded = _recorded(desk, classroom, held, order.next_post_id)
        if recorded is not None or not held.must_look:
            return recorded
    posts = sorted(our_posts(desk, classroom, _as_next(held, order, words, mark)), key=lambda post: FIRST.index(post.state))
    if not _mark(held, order):
        # A forgotten draft that still lies there is a person's, who changed it, or `strangers` would have removed it.
        posts = [post for post in posts if post.state != "DRAFT"]
    if len(posts) > 1 and not carries_mark(order.wanted["materials"]):
        move(desk, held, S.NEEDS_HUMAN, TWICE)
        raise Lost
    if posts:
        move(desk, held, S.REPLACING, next_post_id=posts[0].google_id, next_marker=mark)
    return posts[0] if posts else None


def drop_next(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Delete the successor, where an earlier turn made one. Raises GoogleError, NotAllowed, Lost.

    What a lost answer may still bring is known by the mark of its attempt, and left to the janitor.
    """
    order = order_of(desk, held)
    mark = _mark(held, order)
    if mark is None:
        return
    for post_id in _all_next(desk, classroom, held, order, mark):
        _delete(desk, classroom, held, post_id)
    move(desk, held, held.state, next_post_id=None, next_marker=None)


def leave_next(desk: Desk, held: Held) -> None:
    """Leave the successor's draft to the janitor, until the class lets him take it away; a later try looks for it. Raises Lost."""
    order = order_of(desk, held)
    if order.next_post_id is None:
        return
    with desk.transaction() as session:
        made = session.scalars(select(Attempt.id).where(Attempt.delivery_id == held.id, Attempt.kind == "create", or_(
            Attempt.post_id == order.next_post_id, Attempt.fingerprint == order.next_marker))).all()
    if made:
        write_down(desk, [Move(held, held.state, values={"next_post_id": None})], [Ending(id, "unknown", NOT_USED) for id in made])
        if held.is_lost:
            raise Lost


def _recorded(desk: Desk, classroom: Classroom, held: Held, next_id: str) -> PostSeen | None:
    try:
        post = classroom.get_post(held.course, held.kind, next_id)
    except Refused as error:
        if error.reason != "NOT_FOUND":
            raise
        post = PostSeen(next_id, held.kind, "DELETED", "", "", (), "", "", "", desk.now(), desk.now(), None)
    if next_id in deleted_by_us(desk, held.id):
        if post.state != "DELETED":
            # A late request may still delete it, so it must not take the other's place.
            _delete(desk, classroom, held, next_id)
        move(desk, held, S.REPLACING, next_post_id=None, next_marker=None)
        return None
    return post


def _mark(held: Held, order: Order) -> str | None:
    """The mark of the successor, where there may be one: written down, or forgotten after the database came back older."""
    return order.next_marker or (next_mark(held.marker) if held.must_look else None)


def _forgotten_mark(desk: Desk, held: Held) -> str | None:
    """The mark that a successor made in a forgotten time would have; a person may have shown or deleted it since."""
    with desk.transaction() as session:
        return next_mark(held.marker) if has_outlived(session, held.id) else None


def _as_next(held: Held, order: Order, words: Words, mark: str) -> Held:
    """The delivery as it would look for its own post, with the successor's mark and words."""
    return replace(held, marker=mark, title=words.title, text=words.text, materials=order.wanted["materials"])


def _all_next(desk: Desk, classroom: Classroom, held: Held, order: Order, mark: str) -> list[str]:
    if order.next_post_id is not None:
        return [order.next_post_id]
    posts = our_posts(desk, classroom, _as_next(held, order, order.ours, mark))
    return [post.google_id for post in posts if post.state != "DELETED"]


def _delete(desk: Desk, classroom: Classroom, held: Held, post_id: str) -> None:
    try:
        attempt(desk, held, "delete", lambda: classroom.delete_post(held.course, held.kind, post_id), post_id=post_id)
    except Refused as error:
        if error.reason not in NO_LONGER_THERE:
            raise
