"""Attempts that may have been made in a time of which the records were lost: written down, so that somebody looks."""

from sqlalchemy.orm import Session

from integration.delivery.models import Attempt, Delivery, Generation
from integration.records.base import new_id

SUSPECTED = "reconcile"
"""What stands for the lease of such an attempt."""


def suspect(session: Session, life: Generation, row: Delivery, post_id: str | None = None, *, is_over: bool = False) -> None:
    """Write one down, so that the delivery's next step looks first, and the janitor afterwards. `post_id`: its draft, if seen.

    Of one that `is_over` the janitor has nothing to find.
    """
    session.add(Attempt(id=new_id(), school_id=row.school_id, delivery_id=row.id, kind="create", lease_token=SUSPECTED,
                        request_hash=row.content_hash, started_at=life.lost_from, outcome="unknown", post_id=post_id,
                        finished_at=life.began_at if is_over else None,
                        detail="It may have been made in the forgotten time."))
