"""Where a delivery goes on after it was parked or has ended: no step is done twice, and nothing unknown is forgotten."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S


def place(session: Session, row: Delivery) -> S:
    """DRAFTED when its post is recorded, or on with its update; DRAFTING when a draft may exist unseen, else READY."""
    if row.post_id and row.wanted is not None:
        return S.REPLACING if row.next_post_id or row.old_post_id else S.UPDATING
    if row.post_id:
        return S.DRAFTED
    return S.DRAFTING if has_lost_answer(session, row.id) else S.READY


def has_lost_answer(session: Session, delivery_id: str) -> bool:
    """Whether an attempt to create has no known end."""
    return session.scalar(select(Attempt.id).where(
        Attempt.delivery_id == delivery_id, Attempt.kind == "create",
        or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown")).limit(1)) is not None
