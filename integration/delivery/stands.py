"""Look whether a post is still in its class."""

from integration.delivery.lease import Held
from integration.errors import Refused
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NO_LONGER_THERE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


def get_post(classroom: Classroom, held: Held, post_id: str) -> PostSeen | None:
    """A post as it is now; None when it was deleted. Raises GoogleError, also when it is the class that is gone."""
    try:
        post = classroom.get_post(held.course, held.kind, post_id)
    except Refused as error:
        if error.reason != "NOT_FOUND" or classroom.get_course(held.course).state != "ACTIVE":
            raise
        return None
    return None if post.state == "DELETED" else post
