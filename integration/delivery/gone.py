"""What is said of a post that is not in its class any more."""

from sqlalchemy import select

from integration.delivery.models import Attempt
from integration.desk import Desk

SUSPECTED = "reconcile"
"""What stands for the lease of an attempt that may have been made in a time of which the records were lost."""
TAKEN_AWAY = "It was removed in Classroom. It stays removed."
GONE_SINCE = ("It is not in the class any more. It was taken away in a time of which Throughline’s records were lost, by a person "
              "or by Throughline itself, so it stays away.")


def removed(desk: Desk, delivery_id: str) -> str:
    """That a person removed it; or that nobody knows who did, where our own doing may be forgotten."""
    with desk.transaction() as session:
        is_suspected = session.scalar(select(Attempt.id).where(
            Attempt.delivery_id == delivery_id, Attempt.lease_token == SUSPECTED).limit(1))
    return TAKEN_AWAY if is_suspected is None else GONE_SINCE
