"""Take a post back: by its id and by looking, and say afterwards what students may have seen."""

from sqlalchemy import or_, select

from integration.delivery.lease import Held, begin, close, move
from integration.delivery.look import our_posts
from integration.delivery.merge import changed, in_words, words_seen, words_sent
from integration.delivery.models import Attempt
from integration.delivery.models import DeliveryState as S
from integration.delivery.order import saw_until
from integration.delivery.resume import has_lost_answer
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NEVER_SEEN = "It was taken back before students saw it."
SEEN = "It was taken back. Students may have seen it."
EDITED = "The teacher changed it, so it was left as it is. Take it back all the same, or leave it to her."
ALREADY_GONE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


def cancel(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from CANCELLING to its end. Raises GoogleError, NotAllowed, Lost."""
    posts, saw = _posts(desk, classroom, held), saw_until(desk, held)
    for post in posts:
        if post.state == "PUBLISHED" and (saw is None or post.updated_at > saw) and (hers := _changed(held, post)):
            move(desk, held, S.PUBLISHED, asks(list(hers)), edited_at=desk.now(), kept=list(hers), wanted=None,
                 post_updated_at=post.updated_at)
            return
    for post in posts:
        if post.state != "DELETED":
            _delete(desk, classroom, held, post.google_id)
    if _was_shown(desk, held.id) or any(post.state != "DRAFT" for post in posts):
        move(desk, held, S.RETRACTED, SEEN, verb="retract")
    else:
        move(desk, held, S.CANCELLED, NEVER_SEEN, verb="cancel")


def asks(kept: list[str]) -> str:
    """The question that is put where a teacher changed the post."""
    return EDITED.replace("changed it", f"changed the {in_words(kept)}") if kept else EDITED


def _posts(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """The recorded post, and whatever a lost answer may have left; a clean record needs no list."""
    with desk.transaction() as session:
        must_look = has_lost_answer(session, held.id)
    found = {post.google_id: post for post in our_posts(desk, classroom, held)} if must_look else {}
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


def _was_shown(desk: Desk, delivery_id: str) -> bool:
    """Whether a publish went out that did not surely fail."""
    with desk.transaction() as session:
        return session.scalar(select(Attempt.id).where(
            Attempt.delivery_id == delivery_id, Attempt.kind == "publish",
            or_(Attempt.outcome.is_(None), Attempt.outcome != "definite_error")).limit(1)) is not None
