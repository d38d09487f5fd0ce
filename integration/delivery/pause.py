"""Stop everything of an account whose connection is gone, and go on when it is back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import Account, Health
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place
from integration.desk import Desk

USABLE = (Health.VALID, Health.EXPIRING)


def pause(desk: Desk, account_id: str, sentence: str) -> None:
    """Park every delivery of the account that nobody holds; no further call is made with a dead connection."""
    with desk.transaction() as session:
        for row in session.scalars(select(Delivery).where(
                Delivery.account_id == account_id, Delivery.lease_token.is_(None),
                Delivery.state.in_((S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING))).with_for_update()):
            _put(session, desk, row, S.PAUSED_AUTH, sentence)


def wake(desk: Desk, school_id: str) -> None:
    """Let the deliveries of accounts that work again go on from where they were."""
    with desk.transaction() as session:
        for row in session.scalars(select(Delivery).join(Account, Account.id == Delivery.account_id).where(
                Delivery.school_id == school_id, Delivery.state == S.PAUSED_AUTH, Delivery.lease_token.is_(None),
                Account.health.in_(USABLE)).with_for_update(of=Delivery)):
            row.next_at = max(desk.now(), row.next_at)
            _put(session, desk, row, place(session, row), "The connection works again.")


def _put(session: Session, desk: Desk, row: Delivery, state: S, sentence: str) -> None:
    row.state, row.reason = state, sentence[:500] if state is S.PAUSED_AUTH else ""
    add_step(session, row.school_id, row.id, state, sentence, desk.now())
