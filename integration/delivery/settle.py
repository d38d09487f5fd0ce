"""Say how far a plan has come, and let reach be counted anew when something ended."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration import later
from integration.delivery.machine import WORKABLE
from integration.delivery.models import Delivery, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.order import is_under_way
from integration.desk import Desk

# Built once: putting a statement together takes longer than carrying it out.
_UNDER_WAY = select(Plan).where(
    Plan.school_id == bindparam("school_id"), Plan.state.in_((PlanState.ACCEPTED, PlanState.RUNNING, PlanState.PARTIAL)))
_STATES = select(Delivery.state).where(
    Delivery.plan_id == bindparam("plan_id"), (Delivery.state != S.DRAFTED) | Delivery.draft_only.is_(False)).distinct()
"""A draft that lies in the class for its teacher is out of our hands."""


def settle(desk: Desk, school_id: str) -> None:
    """Bring the state of every accepted plan up to date with its deliveries, and ask for the reach to be recorded."""
    with desk.transaction() as session:
        for row in session.scalars(_UNDER_WAY, {"school_id": school_id}):
            states = set(session.scalars(_STATES, {"plan_id": row.id}))
            now_is = _state(states)
            if now_is is PlanState.DONE and _is_behind(session, row):
                now_is = PlanState.PARTIAL
            if now_is is not row.state:
                row.state = now_is
                later.ask(session, later.Job.RECORD_REACH, school_id=school_id)


def _is_behind(session: Session, plan: Plan) -> bool:
    """Whether a post stands that could not be updated."""
    return any(map(is_under_way, session.scalars(select(Delivery).where(
        Delivery.plan_id == plan.id, Delivery.state == S.PUBLISHED, Delivery.wanted.is_not(None)))))


def _state(states: set[S]) -> PlanState:
    """Done when everything stands or was taken away; partial when what is left waits for a person or has failed."""
    if states & WORKABLE:
        return PlanState.RUNNING
    return PlanState.DONE if states <= {S.PUBLISHED, S.REMOVED, S.CANCELLED, S.RETRACTED} else PlanState.PARTIAL
