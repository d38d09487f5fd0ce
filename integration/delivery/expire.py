"""Let go of what came too late: better not at all than Monday's post on Thursday."""

from datetime import timedelta

from sqlalchemy import or_, select

from integration.delivery.lease import add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place
from integration.desk import Desk

LATE_AFTER = timedelta(days=7)
"""How late a post may be."""
PATIENCE_WITH_A_TEACHER = timedelta(days=60)
TOO_LATE = "It could not be posted in time, so it was not posted at all. Try again if it still fits."
OPEN = (S.WAITING, S.READY, S.DRAFTING, S.DRAFTED, S.PAUSED_AUTH, S.PAUSED_GOOGLE)


def expire(desk: Desk, school_id: str) -> None:
    """End what is late: at once where nothing was begun, else by taking the draft back."""
    now = desk.now()
    with desk.transaction() as session:
        for row in session.scalars(select(Delivery).where(
                Delivery.school_id == school_id, Delivery.state.in_(OPEN), Delivery.expires_at < now,
                or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)).with_for_update()):
            is_untouched = row.state is S.WAITING or place(session, row) is S.READY
            row.state = S.EXPIRED if is_untouched else S.CANCELLING
            row.lease_token = row.lease_until = None
            row.ended_at, row.reason, row.next_at = (now if is_untouched else None), TOO_LATE, min(row.next_at, now)
            add_step(session, row.school_id, row.id, row.state, TOO_LATE, now)
