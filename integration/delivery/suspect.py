"""Attempts that may have been made in a time of which the records were lost: written down, so that somebody looks."""

from sqlalchemy.orm import Session

from integration.delivery.models import Attempt, Delivery, Generation
from integration.records.base import new_id

SUSPECTED = "reconcile"
"""What stands for the lease of such an attempt."""


def suspect(session: Session, life: Generation, row: Delivery, post_id: str | None = None) -> None:
    """Write one down, so that the delivery's next step looks first, and the janitor afterwards. `post_id`: its draft, if seen."""
    session.add(Attempt(id=new_id(), school_id=row.school_id, delivery_id=row.id, kind="create", lease_token=SUSPECTED,
                        request_hash=row.content_hash, started_at=life.lost_from, outcome="unknown", post_id=post_id,
                        detail="It may have been made in the forgotten time."))
