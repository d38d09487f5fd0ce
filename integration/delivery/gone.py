"""What is said of a post that is not in its class any more."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from integration.delivery.models import Attempt
from integration.delivery.models import DeliveryState as S
from integration.delivery.suspect import SUSPECTED

TAKEN_AWAY = "It was removed in Classroom. It stays removed."
DELETED_LATE = "It is not in the class any more: a request of Throughline’s to delete it came late. Students may have seen it."
CAME_LATE = ("It is not in the class any more. A request of Throughline’s to take it back came late, or its teacher removed it. "
             "Students may have seen it.")
GONE_SINCE = ("It is not in the class any more. It was taken away in a time of which Throughline’s records were lost, by a person "
              "or by Throughline itself, so it stays away.")


def end_of(session: Session, delivery_id: str, post_id: str | None, *, is_forgotten: bool = False) -> tuple[S, str]:
    """How a delivery ends whose post is gone, and the sentence: a person removed it, unless it was or may have been our own doing.

    It was where a request of ours did delete it, though its delivery had gone another way meanwhile. It may have been where such
    a request had no clear answer, and where the records of that time are lost: `is_forgotten`, or known to have been in doubt.
    """
    deletions = set(session.scalars(select(Attempt.outcome).where(
        Attempt.delivery_id == delivery_id, Attempt.kind == "delete", Attempt.post_id == post_id)))
    if "ok" in deletions:
        return S.RETRACTED, DELETED_LATE
    if deletions & {None, "unknown"}:
        return S.RETRACTED, CAME_LATE
    doubts = select(Attempt.id).where(Attempt.delivery_id == delivery_id, Attempt.lease_token == SUSPECTED,
                                      or_(Attempt.post_id.is_(None), Attempt.post_id == post_id))
    if is_forgotten or session.scalar(doubts.limit(1)) is not None:
        return S.REMOVED, GONE_SINCE
    return S.REMOVED, TAKEN_AWAY
