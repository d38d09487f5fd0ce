"""Show the recorded draft to students. Only an id that stands in the row is ever published."""

from integration.delivery.draft import BY_HAND, TAKEN_AWAY, stand
from integration.delivery.lease import Held, Lost, begin, close, move
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NO_LONGER_THERE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


def publish(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery to PUBLISHED; after a lost answer simply the same call again. Raises GoogleError, NotAllowed, Lost."""
    attempt_id, post_id = begin(desk, held, "publish", S.PUBLISHING)
    if post_id is None:
        raise Lost
    try:
        post = classroom.publish(held.course, held.kind, post_id)
    except Unsure as error:
        close(desk, attempt_id, "unknown", str(error))
        raise
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "definite_error", str(error))
        if not (isinstance(error, Refused) and error.reason in NO_LONGER_THERE):
            raise
        _explain(desk, classroom, held, post_id, error)
        return
    close(desk, attempt_id, "ok")
    stand(desk, held, post)


def _explain(desk: Desk, classroom: Classroom, held: Held, post_id: str, error: Refused) -> None:
    """Google would not publish it: see whether a person deleted or published it. Else the refusal itself is raised."""
    post = _get(classroom, held, post_id)
    if post is not None and post.state == "PUBLISHED":
        stand(desk, held, post, BY_HAND)
    elif (post is not None and post.state != "DELETED") or (post is None and classroom.get_course(held.course).state != "ACTIVE"):
        raise error
    else:
        move(desk, held, S.REMOVED, TAKEN_AWAY, removed_at=desk.now())


def _get(classroom: Classroom, held: Held, post_id: str) -> PostSeen | None:
    try:
        return classroom.get_post(held.course, held.kind, post_id)
    except Refused as error:
        if error.reason != "NOT_FOUND":
            raise
        return None
