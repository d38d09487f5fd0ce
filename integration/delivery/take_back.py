"""Take one post back although its teacher changed it: the librarian has seen what she changed, and says so."""

from integration import later
from integration.delivery import resume
from integration.delivery.lease import add_step
from integration.delivery.ledger import DeliveryCard, delivery, delivery_row
from integration.delivery.models import DeliveryState, Plan, PlanState
from integration.delivery.resume import SAW
from integration.delivery.retract import GOING_BACK
from integration.delivery.spare import is_hers
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit
from integration.records.clock import database_now

SENTENCE = "It is not standing in the class as a finished post just now, so nothing was taken back. Look at where it is."


def take_back(desk: Desk, school_id: str, delivery_id: str, account_id: str) -> DeliveryCard:
    """Delete the post all the same; what the teacher changes after this is looked at again. A second time changes nothing.

    Raises NotFound, AlreadyDone when it does not stand.
    """
    with desk.transaction() as session:
        row = delivery_row(session, school_id, delivery_id, for_update=True)
        if is_hers(row) or row.state is DeliveryState.PUBLISHED:
            saw = row.post_updated_at or row.edited_at or row.published_at or desk.now()
            row.wanted = {**(row.wanted or {}), SAW: saw.isoformat()}
            resume.take_back(row, database_now(session))
            session.get_one(Plan, row.plan_id).state = PlanState.RUNNING
            add_step(session, school_id, row.id, row.state, GOING_BACK, desk.now())
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="retract",
                       object=f"delivery:{delivery_id}", result="although the teacher changed it")
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
        elif row.state not in {DeliveryState.CANCELLING, DeliveryState.RETRACTED, DeliveryState.CANCELLED}:
            raise AlreadyDone(SENTENCE)
    return delivery(desk, school_id, delivery_id)
