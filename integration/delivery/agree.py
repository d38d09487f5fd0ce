"""A teacher agreed in person: her delivery need not wait any longer."""

from datetime import date

from sqlalchemy import select

from integration import later
from integration.consent.agree import agree
from integration.delivery.expire import LATE_AFTER
from integration.delivery.lease import add_step
from integration.delivery.ledger import DeliveryCard, delivery, delivery_row
from integration.delivery.models import Delivery, DeliveryState, Plan, PlanState
from integration.delivery.resume import place
from integration.desk import Desk
from integration.errors import AlreadyDone, NotFound

OVER = (DeliveryState.CANCELLED, DeliveryState.EXPIRED, DeliveryState.CANCELLING)


def agree_in_person(desk: Desk, school_id: str, delivery_id: str, *, by: str, on: date, account_id: str) -> DeliveryCard:
    """Write down that the teacher `by` agreed on day `on`, and let the post go; the same again changes nothing.

    Raises NotFound, Invalid for an empty name or a day to come, AlreadyDone when it ended without her.
    """
    with desk.transaction() as session:
        row = delivery_row(session, school_id, delivery_id)
    if row.state in OVER:
        raise AlreadyDone("This post was taken back or came too late, so there is nothing to agree to. Plan it again first.")
    agree(desk, school_id, row.course_id, occasion=f"delivery:{delivery_id}", by=by, on=on, account_id=account_id)
    sentence = f"{by.strip()} agreed in person on {on:%B} {on.day}, {on.year}."
    _let_go(desk, row, sentence)
    return delivery(desk, school_id, delivery_id)


def _let_go(desk: Desk, row: Delivery, sentence: str) -> None:
    with desk.transaction() as session:
        free = session.scalar(select(Delivery).where(Delivery.id == row.id).with_for_update())
        if free is None:
            raise NotFound("This delivery is not in the records any more, because they were brought back from an earlier state. "
                           "Nothing was let go. Look at its plan again.")
        plan = session.get_one(Plan, free.plan_id)
        due = max(desk.now(), plan.publish_at or desk.now())
        if free.state is not DeliveryState.WAITING:
            return
        free.state, free.reason, free.next_at, free.expires_at = place(session, free), "", due, due + LATE_AFTER
        plan.state = PlanState.RUNNING
        add_step(session, row.school_id, row.id, free.state, sentence, desk.now())
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=row.school_id)
