"""Take a post back: by its id and by looking, and say afterwards what students may have seen."""

from sqlalchemy import or_, select

from integration.delivery.attempts import begin, close
from integration.delivery.lease import Held
from integration.delivery.look import is_edited, our_posts
from integration.delivery.models import Attempt
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, write_down
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NEVER_SEEN = "It was taken back before students saw it."
SEEN = "It was taken back. Students may have seen it."
EDITED = "The teacher changed this post, so it was left as it is. Delete it in Classroom if she agrees."
ALREADY_GONE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


def cancel(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from CANCELLING to its end. Raises GoogleError, NotAllowed, Lost."""
    posts = _posts(desk, classroom, held)
    if any(post.state == "PUBLISHED" and is_edited(held, post) for post in posts):
        write_down(desk, [Move(held, S.PUBLISHED, EDITED, stamps=("edited_at",))])
        return
    for post in posts:
        if post.state != "DELETED":
            _delete(desk, classroom, held, post.google_id)
    if _was_shown(desk, held.id) or any(post.state != "DRAFT" for post in posts):
        write_down(desk, [Move(held, S.RETRACTED, SEEN, "retract")])
    else:
        write_down(desk, [Move(held, S.CANCELLED, NEVER_SEEN, "cancel")])


def _posts(desk: Desk, classroom: Classroom, held: Held) -> list[PostSeen]:
    """The recorded posts, and whatever a lost answer may have left; a clean record needs no list."""
    found = {post.google_id: post for post in our_posts(desk, classroom, held)} if held.must_look else {}
    for post_id in filter(None, (held.post_id, held.next_post_id, held.old_post_id)):
        post = found.get(post_id) or _get(classroom, held, post_id)
        if post is not None:
            found[post_id] = post
    return list(found.values())


def _get(classroom: Classroom, held: Held, post_id: str) -> PostSeen | None:
    try:
        return classroom.get_post(held.course, held.kind, post_id)
    except Refused as error:
        if error.reason != "NOT_FOUND":
            raise
        return None


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
