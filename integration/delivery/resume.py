"""Where a delivery goes on after it was parked or has ended: no step is done twice, and nothing unknown is forgotten."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S

LATER = "later"
"""In `wanted`: it is on its way with the words that were; the update follows when it stands."""
SAW = "saw"
"""In `wanted`: it is taken back although the teacher changed it; up to which of her changes the librarian saw."""
LEFT = "left"
"""In `wanted`: it was left to the teacher, who changed it; Throughline touches it no more."""


def place(session: Session, row: Delivery) -> S:
    """DRAFTED when its post is recorded, DRAFTING when a draft may exist unseen, else READY.

    An update goes on as an update, and what is being taken back goes on being taken back.
    """
    if row.ends_as is not None:
        return S.CANCELLING
    if row.post_id and row.wanted is not None and LATER not in row.wanted:
        return S.REPLACING if row.next_post_id or row.old_post_id else S.UPDATING
    if row.post_id:
        return S.DRAFTED
    return S.DRAFTING if has_lost_answer(session, row.id) else S.READY


def take_back(row: Delivery, at: datetime, *, ends_as: S = S.CANCELLED, because: str = "") -> None:
    """Let a worker take back, from `at` on, whatever of it is in the class. What was shown ends RETRACTED, whatever `ends_as`."""
    row.state, row.reason, row.ends_as, row.ends_because = S.CANCELLING, because[:500], ends_as, because[:500]
    row.next_at, row.tries, row.ended_at = at, 0, None


def has_lost_answer(session: Session, delivery_id: str) -> bool:
    """Whether an attempt to create has no known end."""
    return session.scalar(select(Attempt.id).where(
        Attempt.delivery_id == delivery_id, Attempt.kind == "create",
        or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown")).limit(1)) is not None
