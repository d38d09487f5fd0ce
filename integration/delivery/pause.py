"""Stop what cannot go on just now, and let it go on by itself when the cause is gone.

PAUSED_AUTH waits for a connection, PAUSED_GOOGLE for Google. A draft that rests for its teacher waits for neither. A delivery that
is being taken back is parked for want of a connection too, so that she is told to connect again; for Google it keeps its state and
only waits. It goes on being taken back.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from integration.accounts.models import Account, Health
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place
from integration.delivery.tell_owner import tell_owner
from integration.desk import Desk
from integration.errors import Busy
from integration.google.breaker import outage
from integration.records.clock import database_now

USABLE = (Health.VALID, Health.EXPIRING)
PARKABLE = (S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING)
# Built once: putting a statement together takes longer than carrying it out.
_NOW: BindParameter[datetime] = bindparam("now")
_FREE = (Delivery.school_id == bindparam("school_id"), or_(Delivery.lease_until.is_(None), Delivery.lease_until < _NOW))
_BY_ACCOUNT = select(Delivery).join(Account, Account.id == Delivery.account_id).where(
    *_FREE, Delivery.state == S.PAUSED_AUTH, Account.health.in_(USABLE)).with_for_update(of=Delivery)
_BY_GOOGLE = select(Delivery).where(*_FREE, Delivery.state == S.PAUSED_GOOGLE, Delivery.next_at <= _NOW).order_by(
    Delivery.next_at, Delivery.id).limit(bindparam("most")).with_for_update()
EVERYBODY = 2 ** 31 - 1
GOES_ON = {S.PAUSED_AUTH: "The connection works again.", S.PAUSED_GOOGLE: "Google answers again."}


def pause(desk: Desk, account_id: str, sentence: str) -> None:
    """Park every delivery of the account that nobody holds, and tell its owner; no further call is made with a dead connection."""
    with desk.transaction() as session:
        now = database_now(session)
        _park(session, S.PAUSED_AUTH, sentence, now, Delivery.account_id == account_id)
        tell_owner(session, desk.settings.origin, account_id, sentence, now)


def pause_google(desk: Desk, school_id: str, error: Busy) -> None:
    """Park every delivery of the school that is due and that nobody holds, until Google may be asked again."""
    with desk.transaction() as session:
        now = database_now(session)
        later = now + timedelta(seconds=error.retry_after)
        due = (Delivery.school_id == school_id, Delivery.next_at <= now)
        session.execute(update(Delivery).where(*due, _is_free(now), Delivery.state == S.CANCELLING)
                        .values(next_at=later, reason=str(error)[:500]))
        _park(session, S.PAUSED_GOOGLE, str(error), now, *due, next_at=later)


def wake(desk: Desk, school_id: str) -> None:
    """Let go on what was parked and need not be any more: where the account works again, and where Google does.

    While Google is left alone, one delivery wakes whenever a call may try whether it is well.
    """
    with desk.transaction() as session:
        now = database_now(session)
        parked = {"school_id": school_id, "now": now}
        for row in (*session.scalars(_BY_ACCOUNT, parked),
                    *session.scalars(_BY_GOOGLE, parked | {"most": may_wake(session, now)})):
            _go_on(session, row, now)


def may_wake(session: Session, now: datetime) -> int:
    """How many that wait for Google may wake: everybody, one that tries, or none."""
    out = outage(session)
    if out is None:
        return EVERYBODY
    return 1 if out.probe_at <= now else 0


def _park(session: Session, state: S, sentence: str, now: datetime, *which: ColumnElement[bool], **values: Any) -> None:
    parkable = (*PARKABLE, S.CANCELLING) if state is S.PAUSED_AUTH else PARKABLE
    rests = and_(Delivery.state == S.DRAFTED, Delivery.draft_only.is_(True), Delivery.next_at > now)
    parked = session.execute(update(Delivery).where(*which, _is_free(now), Delivery.state.in_(parkable), ~rests).values(
        state=state, reason=sentence[:500], lease_token=None, lease_until=None, **values,
    ).returning(Delivery.id, Delivery.school_id)).all()
    for id, school_id in parked:
        add_step(session, school_id, id, state, sentence, now)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)


def _go_on(session: Session, row: Delivery, now: datetime) -> None:
    sentence = GOES_ON[row.state]
    row.state, row.reason, row.next_at = place(session, row), "", max(now, row.next_at)
    add_step(session, row.school_id, row.id, row.state, sentence, now)
