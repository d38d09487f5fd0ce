"""Take a post back: by its id and by looking, and say afterwards what students may have seen."""

from dataclasses import dataclass

from integration.delivery.attempts import begin, close
from integration.delivery.draft import BY_HAND
from integration.delivery.lease import Held
from integration.delivery.look import still_there, was_shown
from integration.delivery.merge import changed, words_seen, words_sent
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import move
from integration.delivery.order import is_under_way, order_of, saw_until
from integration.delivery.resume import has_lost_answer
from integration.delivery.spare import asks, spared
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NEVER_SEEN = "It was taken back before students saw it."
SEEN = "It was taken back. Students may have seen it."
SEEN_LATE = "It could not be posted in time, so its draft was deleted. Students may have seen it for a moment."
ALREADY_GONE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


def cancel(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from CANCELLING to its end. Raises GoogleError, NotAllowed, Lost."""
    if _turns_round(desk, held):
        return
    posts, end, saw = _posts(desk, classroom, held), _meant_end(desk, held), saw_until(order_of(desk, held))
    standing = [post for post in posts if post.state == "PUBLISHED"]
    if standing and end.state is S.EXPIRED:
        _let_stand(desk, held, standing[0])
        return
    for post in posts:
        if post.state != "DELETED" and (saw is None or post.updated_at > saw) and (hers := _changed(held, post)):
            to, values = spared(desk, post, hers)
            move(desk, held, to, asks(hers), wanted=None, post_id=post.google_id, **values)
            return
    for post in posts:
        if post.state != "DELETED":
            _delete(desk, classroom, held, post.google_id)
    if was_shown(desk, held.id) or any(post.state != "DRAFT" for post in posts):
        move(desk, held, S.RETRACTED, SEEN_LATE if end.state is S.EXPIRED else f"{end.because} {SEEN}".strip(), verb="retract",
             ends_as=None, wanted=None)
    elif end.state is S.CANCELLED:
        move(desk, held, S.CANCELLED, end.because or NEVER_SEEN, verb="cancel", ends_as=None, wanted=None)
    else:
        # The draft is gone, so to try again means to begin anew.
        move(desk, held, end.state, end.because, verb="cancel", ends_as=None, wanted=None, post_id=None, link="")


def _turns_round(desk: Desk, held: Held) -> bool:
    """In the middle of an update only the class itself can tell what stands: `change` looks, and goes back from there."""
    with desk.transaction() as session:
        is_in_the_middle = is_under_way(session.get_one(Delivery, held.id))
    if is_in_the_middle:
        move(desk, held, S.REPLACING, next_at=desk.now())
    return is_in_the_middle


def _let_stand(desk: Desk, held: Held, post: PostSeen) -> None:
    """It came too late for us to show it, and is shown all the same: a person did it, or a call of ours after all."""
    sentence = "" if was_shown(desk, held.id) else BY_HAND
    move(desk, held, S.PUBLISHED, sentence, verb="publish", post_id=post.google_id, link=post.link, published_at=desk.now(),
         ends_as=None)


@dataclass(frozen=True)
class End:
    """What a delivery is to be once it has been taken back unseen, and why it was."""

    state: S
    because: str


def _meant_end(desk: Desk, held: Held) -> End:
    with desk.transaction() as session:
        row = session.get_one(Delivery, held.id)
        return End(row.ends_as or S.CANCELLED, row.ends_because)


def _posts(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """The recorded post, and whatever a lost answer may have left; a clean record needs no list."""
    with desk.transaction() as session:
        must_look = has_lost_answer(session, held.id)
    found = {post.google_id: post for post in still_there(desk, classroom, held)} if must_look else {}
    if held.post_id and held.post_id not in found:
        try:
            found[held.post_id] = classroom.get_post(held.course, held.kind, held.post_id)
        except Refused as error:
            if error.reason != "NOT_FOUND":
                raise
    return list(found.values())


def _changed(held: Held, post: PostSeen) -> tuple[str, ...]:
    return changed(held.kind, words_sent(held.title, held.text, held.materials), words_seen(post))


def _delete(desk: Desk, classroom: Classroom, held: Held, post_id: str) -> None:
    attempt_id, _ = begin(desk, held, "delete", S.CANCELLING, post_id=post_id)
    try:
        classroom.delete_post(held.course, held.kind, post_id)
    except Unsure as error:
        close(desk, attempt_id, "unknown", str(error))
        raise
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "definite_error", str(error))
        if not (isinstance(error, Refused) and error.reason in ALREADY_GONE):
            raise
        return
    close(desk, attempt_id, "ok")
