"""Take a plan back: what has not begun is cancelled at once, drafts and posts are deleted; what a teacher changed stays."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from integration import later
from integration.delivery.cancel import NEVER_SEEN
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.plans import PlanCard, plan_card, plan_row
from integration.delivery.resume import place, take_back
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit

BEGUN = (S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED,
         S.NEEDS_HUMAN, S.WAITING)


def retract(desk: Desk, school_id: str, plan_id: str, account_id: str) -> PlanCard:
    """Take every delivery of a plan back; the plan as it is then. The same again changes nothing.

    Raises NotFound, AlreadyDone for a plan that was never accepted.
    """
    with desk.transaction() as session:
        if plan_row(session, school_id, plan_id).state is PlanState.PLANNED:
            raise AlreadyDone("This plan was never accepted, so nothing stands anywhere and there is nothing to take back.")
        rows = session.scalars(select(Delivery).where(
            Delivery.plan_id == plan_id, or_(Delivery.state.in_(BEGUN), _stands_unedited())).with_for_update()).all()
        for row in rows:
            _take_back(session, row, desk.now())
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="retract",
                   object=f"plan:{plan_id}", result=f"{len(rows)} deliveries")
        plan_row(session, school_id, plan_id).state = PlanState.RUNNING
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return plan_card(desk, school_id, plan_id)


def _stands_unedited() -> ColumnElement[bool]:
    return (Delivery.state == S.PUBLISHED) & Delivery.edited_at.is_(None)


def _take_back(session: Session, row: Delivery, now: datetime) -> None:
    """A row in a worker's hands is only told; the worker sees it at its next step and stops."""
    is_free = row.lease_until is None or row.lease_until < now
    is_untouched = row.state is S.WAITING or (row.state is not S.PUBLISHED and is_free and place(session, row) is S.READY)
    if is_untouched:
        row.state, row.reason, row.ended_at = S.CANCELLED, NEVER_SEEN, now
    else:
        take_back(row, now)
    add_step(session, row.school_id, row.id, row.state, row.reason or "It is being taken back.", now)
