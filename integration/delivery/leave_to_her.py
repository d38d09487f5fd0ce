"""Leave a post to the teacher who changed it: it is hers now."""

from integration.delivery.lease import add_step
from integration.delivery.ledger import DeliveryCard, delivery, delivery_row
from integration.delivery.resume import LEFT
from integration.delivery.spare import is_hers
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit

HERS = "It was left to the teacher, with her changes. Throughline does not touch it any more."


def leave_to_her(desk: Desk, school_id: str, delivery_id: str, account_id: str) -> DeliveryCard:
    """Let the post stand as the teacher changed it; no update and no retract asks about it again.

    Raises NotFound, AlreadyDone when no teacher changed it or it does not stand.
    """
    with desk.transaction() as session:
        row = delivery_row(session, school_id, delivery_id, for_update=True)
        if not is_hers(row):
            raise AlreadyDone("There is no change of a teacher’s in a standing post here, so nothing was changed.")
        if not (row.wanted or {}).get(LEFT):
            row.wanted, row.reason, row.suggested = {LEFT: True}, HERS, None
            add_step(session, school_id, row.id, row.state, HERS, desk.now())
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="leave",
                       object=f"delivery:{delivery_id}")
    return delivery(desk, school_id, delivery_id)
