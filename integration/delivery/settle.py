"""Say how far a plan has come, and let reach be counted anew when something ended."""

from sqlalchemy import select

from integration import later
from integration.delivery.models import Delivery, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk

MOVING = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING, S.CANCELLING})


def settle(desk: Desk, school_id: str) -> None:
    """Bring the state of every accepted plan up to date with its deliveries, and ask for the reach to be recorded."""
    with desk.transaction() as session:
        for row in session.scalars(select(Plan).where(
                Plan.school_id == school_id, Plan.state.in_((PlanState.ACCEPTED, PlanState.RUNNING, PlanState.PARTIAL)))):
            states = set(session.scalars(select(Delivery.state).where(Delivery.plan_id == row.id)))
            now_is = _state(states)
            if now_is is not row.state:
                row.state = now_is
                later.ask(session, later.Job.RECORD_REACH, school_id=school_id)


def _state(states: set[S]) -> PlanState:
    """Done when everything stands or was taken away; partial when what is left waits for a person or has failed."""
    if states & MOVING:
        return PlanState.RUNNING
    return PlanState.DONE if states <= {S.PUBLISHED, S.REMOVED, S.CANCELLED, S.RETRACTED} else PlanState.PARTIAL
