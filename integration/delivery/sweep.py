"""Find what waits too long and start it again; needs neither Redis nor Celery."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from integration import later
from integration.accounts.models import Account
from integration.delivery.generations import is_quiet, is_verifying
from integration.delivery.janitor import clean
from integration.delivery.machine import WORKABLE
from integration.delivery.models import Delivery, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.pause import USABLE, may_wake
from integration.delivery.reconcile import reconcile
from integration.desk import Desk
from integration.records.clock import database_now

OPEN = (PlanState.ACCEPTED, PlanState.RUNNING)
EXPIRES_IN_ITS_PLACE = (S.WAITING, S.PAUSED_AUTH, S.PAUSED_GOOGLE)
# Built once: putting a statement together takes longer than carrying it out.
_NOW: BindParameter[datetime] = bindparam("now")
_SCHOOLS = select(Delivery.school_id).distinct()
_WAITS = _SCHOOLS.where(Delivery.state.in_(WORKABLE), Delivery.next_at <= bindparam("since"),
                        or_(Delivery.lease_until.is_(None), Delivery.lease_until < _NOW))
_LATE = _SCHOOLS.where(Delivery.state.in_(EXPIRES_IN_ITS_PLACE), Delivery.expires_at < _NOW,
                       Delivery.published_at.is_(None), Delivery.ends_as.is_(None))
_BY_ACCOUNT = _SCHOOLS.join(Account, Account.id == Delivery.account_id).where(
    Delivery.state == S.PAUSED_AUTH, Delivery.next_at <= _NOW, Account.health.in_(USABLE))
_BY_GOOGLE = _SCHOOLS.where(Delivery.state == S.PAUSED_GOOGLE, Delivery.next_at <= _NOW).limit(bindparam("most"))
_BY_HER = _SCHOOLS.where(Delivery.state == S.PAUSED, Delivery.next_at <= _NOW)
_UNSETTLED = select(Plan.school_id).where(Plan.state.in_(OPEN), ~select(Delivery.id).where(
    Delivery.plan_id == Plan.id, Delivery.state.in_(WORKABLE)).exists()).distinct()


def sweep(desk: Desk, *, patience: float) -> int:
    """Ring for every school with a delivery due longer than `patience` seconds, late, or wakened; answer how many schools.

    A school whose plans are not yet said to be at their end is rung for too. Afterwards forgotten drafts are removed. While the
    records may be older than Classroom, nothing of this happens before all is looked up.
    """
    with desk.transaction() as session:
        must_look = is_quiet(session)
    if must_look and not reconcile(desk):
        return 0
    with desk.transaction() as session:
        now = database_now(session)
        schools = {*_due(session, now, timedelta(seconds=patience)), *_wakened(session, now), *_unsettled(session)}
        for school_id in sorted(schools):
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    clean(desk)
    return len(schools)


def is_overdue(session: Session, now: datetime, patience: timedelta) -> bool:
    """Whether a delivery that may go has waited for so long although nobody has it in hand."""
    return not is_verifying(session) and bool(_due(session, now, patience))


def _due(session: Session, now: datetime, patience: timedelta) -> set[str]:
    return {*session.scalars(_WAITS, {"now": now, "since": now - patience}), *session.scalars(_LATE, {"now": now})}


def _wakened(session: Session, now: datetime) -> set[str]:
    """Where an account works again, a pause may be over, and where Google is well; of those only one while it is being tried."""
    return {*session.scalars(_BY_ACCOUNT, {"now": now}), *session.scalars(_BY_HER, {"now": now}),
            *session.scalars(_BY_GOOGLE, {"now": now, "most": may_wake(session, now)})}


def _unsettled(session: Session) -> set[str]:
    return set(session.scalars(_UNSETTLED))
