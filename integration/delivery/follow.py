"""Let updates follow that were ordered while their post was on its way to the class."""

from sqlalchemy import and_, bindparam, or_, select

from integration import later
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.resume import LATER
from integration.delivery.update import UNDER_WAY
from integration.desk import Desk
from integration.records.clock import database_now

_LIES_THERE = and_(Delivery.state == DeliveryState.DRAFTED, Delivery.draft_only.is_(True))
# Built once: putting a statement together takes longer than carrying it out.
_WAITS_TO_STAND = select(Delivery).where(
    Delivery.school_id == bindparam("school_id"), Delivery.wanted.is_not(None), Delivery.lease_token.is_(None),
    or_(Delivery.state == DeliveryState.PUBLISHED, _LIES_THERE)).with_for_update()


def follow(desk: Desk, school_id: str) -> None:
    """Begin each update that waited for its post to stand, and ring for it."""
    with desk.transaction() as session:
        now = database_now(session)
        for row in session.scalars(_WAITS_TO_STAND, {"school_id": school_id}):
            if row.wanted is None or not row.wanted.get(LATER):
                continue
            row.wanted = {name: value for name, value in row.wanted.items() if name != LATER}
            row.state, row.next_at, row.ended_at = DeliveryState.UPDATING, now, None
            add_step(session, school_id, row.id, row.state, UNDER_WAY, now)
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
