"""Take a plan back: what has not begun is cancelled at once, drafts and posts are deleted; where a teacher changed it, ask."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration import later
from integration.delivery.cancel import NEVER_SEEN
from integration.delivery.generations import is_quiet
from integration.delivery.lease import add_step
from integration.delivery.machine import CHANGING, PARKED
from integration.delivery.models import Delivery, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.plans import PlanCard, plan_card, plan_row
from integration.delivery.resume import LEFT, place, take_back
from integration.delivery.spare import asks, is_hers
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit
from integration.records.clock import database_now

OPEN = CHANGING | PARKED | {S.WAITING, S.AWAITS_PILOT, S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.PUBLISHED}
GOING_BACK = "It is being taken back."


def retract(desk: Desk, school_id: str, plan_id: str, account_id: str) -> PlanCard:
    """Take every delivery of a plan back that no teacher changed; the plan as it is then. The same again changes nothing.

    The others are left standing, each with the question whether to take it back all the same: `take_back` or `leave` answers
    it. Raises NotFound, AlreadyDone for a plan of which nothing went out.
    """
    with desk.transaction() as session:
        is_in_doubt = is_quiet(session)
        rows = session.scalars(select(Delivery).where(Delivery.plan_id == plan_row(session, school_id, plan_id).id)
                               .order_by(Delivery.id).with_for_update()).all()
        if not rows:
            raise AlreadyDone("This plan was never accepted, so nothing stands anywhere and there is nothing to take back.")
        now = database_now(session)
        going = sum(_take_or_ask(session, row, now, is_in_doubt=is_in_doubt) for row in rows if row.state in OPEN)
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="retract",
                   object=f"plan:{plan_id}", result=f"{going} deliveries")
        plan_row(session, school_id, plan_id).state = PlanState.RUNNING
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return plan_card(desk, school_id, plan_id)


def _take_or_ask(session: Session, row: Delivery, now: datetime, *, is_in_doubt: bool) -> bool:
    """Whether it is going back; what a teacher changed is asked about once, and never again once it was left to her."""
    if is_hers(row):
        if not (row.wanted or {}).get(LEFT):
            row.reason = asks(row.kept)
        return False
    _take_back(session, row, now, is_in_doubt=is_in_doubt)
    return True


def _take_back(session: Session, row: Delivery, now: datetime, *, is_in_doubt: bool) -> None:
    """A row in a worker's hands is only told; the worker sees it at its next step and stops.

    While it is in doubt what the records have forgotten, also what seems untouched is looked for before anything is said.
    """
    is_free = row.lease_until is None or row.lease_until < now
    if not is_in_doubt and row.state is not S.PUBLISHED and is_free and place(session, row) is S.READY:
        row.state, row.reason, row.ended_at = S.CANCELLED, NEVER_SEEN, now
    else:
        take_back(row, now)
    add_step(session, row.school_id, row.id, row.state, row.reason or GOING_BACK, now)
