"""Bring one post up to date where the teacher left it as it was; what she changed is kept, and ours is suggested to her.

Each turn begins with what stands in the class now, so the same again after a lost answer or a crash changes nothing twice. Google
takes no condition with a change: between our look and our write a teacher may save a field we are about to write. That is one
call's time; the write touches only fields that were as we left them, and its answer is read for what she did to the others.
"""

from typing import Any

from integration.delivery.attempt import attempt
from integration.delivery.gone import end_of
from integration.delivery.lease import Held
from integration.delivery.merge import Merged, in_words, merge, words_seen
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import move
from integration.delivery.order import Order, Outcome, brought, finish, order_of, saw_until, shown_now
from integration.delivery.replace import end_replacing, replace
from integration.delivery.spare import asks, spared
from integration.delivery.stands import NO_LONGER_THERE, get_post
from integration.delivery.successor import drop_next, leave_next
from integration.desk import Desk
from integration.errors import Refused
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

BOTH = "The post with the new links stands, but the one before it could not be deleted, so students may see both."


def change(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from UPDATING or REPLACING to its end. Raises GoogleError, NotAllowed, Lost."""
    order = order_of(desk, held)
    try:
        _go_on(desk, classroom, held, order)
    except Refused as error:
        if order.is_back:
            move(desk, held, S.NEEDS_HUMAN, f"It could not be taken back: {error}")
            return
        are_both_there = order_of(desk, held).old_post_id is not None
        if not are_both_there:
            leave_next(desk, held)
        if order.is_shown and not are_both_there:
            raise
        if order.is_shown:
            # The update is kept, so that a retry deletes the old one.
            move(desk, held, S.PUBLISHED, f"{BOTH} {error}")
            return
        # A draft that Google will not let us change goes its way unchanged, and is refused there for its own reason if need be.
        move(desk, held, S.DRAFTED, f"It was not updated: {error}", wanted=None)


def _go_on(desk: Desk, classroom: Classroom, held: Held, order: Order) -> None:
    if order.old_post_id is not None:
        end_replacing(desk, classroom, held)
        return
    post = get_post(classroom, held, order.post_id)
    if post is None:
        _stop(desk, classroom, held)
    elif order.is_back:
        _give_back(desk, classroom, held, order, post)
    else:
        _bring(desk, classroom, held, order, post)


def _bring(desk: Desk, classroom: Classroom, held: Held, order: Order, post: PostSeen) -> None:
    merged = merge(held.kind, order.base, words_seen(post), order.ours)
    if merged.is_relinked:
        if not replace(desk, classroom, held, post, merged):
            _stop(desk, classroom, held)
        return
    drop_next(desk, classroom, held)
    if merged.written:
        written = _write(desk, classroom, held, post, merged)
        if written is None:
            _stop(desk, classroom, held)
            return
        post, merged = written, merge(held.kind, order.base, words_seen(written), order.ours)
    end = outcome(desk, held, order, post, merged)
    finish(desk, held, order, end.to, end.sentence, **end.values)


def outcome(desk: Desk, held: Held, order: Order, post: PostSeen, merged: Merged) -> Outcome:
    """What an update has come to whose post stands as merged."""
    return Outcome(held, order, S.PUBLISHED if post.state == "PUBLISHED" else S.DRAFTED, _says(merged),
                   {**shown_now(desk, order, post), **brought(held, order, merged, post)})


def _write(desk: Desk, classroom: Classroom, held: Held, post: PostSeen, merged: Merged) -> PostSeen | None:
    """The post as it stands after the write; None when the teacher removed it just before."""
    try:
        return attempt(desk, held, "update", lambda: classroom.patch_text(held.course, held.kind, post.google_id, **merged.written),
                       post_id=post.google_id)
    except Refused as error:
        if error.reason not in NO_LONGER_THERE or get_post(classroom, held, post.google_id) is not None:
            raise
        return None


def _says(merged: Merged) -> str:
    return f"Updated. Kept as the teacher has it: {in_words(merged.kept)}." if merged.kept else "Updated."


def _stop(desk: Desk, classroom: Classroom, held: Held) -> None:
    """The teacher removed it: it stays removed, and nothing of ours is left behind."""
    order = order_of(desk, held)
    drop_next(desk, classroom, held)
    # A late draft could only carry the successor's mark, so that is the one to be known by from now on.
    values: dict[str, Any] = {"marker": order.next_marker} if order.next_marker else {}
    with desk.transaction() as session:
        state, sentence = end_of(session, held.id, order.post_id)
    move(desk, held, state, sentence, verb="update", removed_at=desk.now(), wanted=None, next_marker=None, **values)


def _give_back(desk: Desk, classroom: Classroom, held: Held, order: Order, post: PostSeen) -> None:
    """She took it back in the middle of an update: the old words are ours and the new words are, anything else is the teacher's."""
    drop_next(desk, classroom, held)
    merged, saw = merge(held.kind, order.base, words_seen(post), order.ours), saw_until(order.wanted)
    if merged.kept and (saw is None or post.updated_at > saw):
        to, values = spared(desk, post, merged.kept)
        finish(desk, held, order, to, asks(merged.kept), **values)
        return
    words = {name: getattr(order.base if name in merged.written else merged.base, name) for name in ("title", "text")}
    finish(desk, held, order, S.CANCELLING, "It is being taken back.", **words)
