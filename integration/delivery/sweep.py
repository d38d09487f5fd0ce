"""Find what waits too long and start it again; needs neither Redis nor Celery."""

from datetime import timedelta

from sqlalchemy import or_, select

from integration import later
from integration.accounts.models import Account
from integration.delivery.janitor import clean
from integration.delivery.machine import WORKABLE
from integration.delivery.models import Delivery, DeliveryState, Plan, PlanState
from integration.delivery.pause import USABLE
from integration.desk import Desk

OPEN = (PlanState.ACCEPTED, PlanState.RUNNING)


def sweep(desk: Desk, *, patience: float) -> int:
    """Ring for every school with a delivery due longer than `patience` seconds, late, or wakened; answer how many schools.

    A school whose plans are not yet said to be at their end is rung for too. Afterwards forgotten drafts are removed.
    """
    with desk.transaction() as session:
        now = desk.now()
        free = or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)
        due = set(session.scalars(select(Delivery.school_id).where(
            Delivery.state.in_(WORKABLE), Delivery.next_at <= now - timedelta(seconds=patience), free).distinct()))
        due |= set(session.scalars(select(Delivery.school_id).where(
            Delivery.state == DeliveryState.WAITING, Delivery.expires_at < now).distinct()))
        due |= set(session.scalars(select(Delivery.school_id).join(Account, Account.id == Delivery.account_id).where(
            Delivery.state == DeliveryState.PAUSED_AUTH, Delivery.next_at <= now, Account.health.in_(USABLE)).distinct()))
        due |= set(session.scalars(select(Plan.school_id).where(Plan.state.in_(OPEN), ~select(Delivery.id).where(
            Delivery.plan_id == Plan.id, Delivery.state.in_(WORKABLE)).exists()).distinct()))
        for school_id in sorted(due):
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    clean(desk)
    return len(due)
