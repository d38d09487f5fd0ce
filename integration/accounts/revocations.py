"""Grants that Google is still to be told to forget: asked at once, then again for a day, then said."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from integration.accounts.connection import client_of
from integration.accounts.keys import CannotUnseal, seal, unseal
from integration.accounts.models import Revocation
from integration.desk import Desk
from integration.errors import Busy, Refused
from integration.google import sign_in
from integration.records.base import new_id

GIVE_UP = timedelta(days=1)
CLAIM = timedelta(minutes=2)
"""How long one worker has a revocation to itself."""
PAUSE = timedelta(minutes=5)

log = structlog.get_logger(__name__)


def ask(desk: Desk, session: Session, token: str) -> str:
    """Write down, in this transaction, that the grant behind `token` is to be revoked; gives the row's id."""
    id, now = new_id(), desk.now()
    sealed, key = seal(desk.settings.keys, token, bound_to=id)
    session.add(Revocation(id=id, sealed_token=sealed, key_id=key, asked_at=now, next_at=now))
    return id


def finish_revocations(desk: Desk) -> int:
    """Try every revocation that is due; answer how many are settled now."""
    with desk.transaction() as session:
        due = list(session.scalars(select(Revocation.id).where(
            Revocation.done_at.is_(None), Revocation.next_at <= desk.now()).order_by(Revocation.next_at).limit(100)))
    return sum(finish_one(desk, id) != "" for id in due)


def finish_one(desk: Desk, revocation_id: str) -> str:
    """Try one revocation; its result in words once it is settled, empty while it is not."""
    row = _claim(desk, revocation_id)
    if row is None:
        return ""
    try:
        token = unseal(desk.settings.keys, row.sealed_token, key_id=row.key_id, bound_to=row.id)
        sign_in.revoke(desk.wire(), client_of(desk), token)
    except Busy:
        return _put_off(desk, row)
    except (Refused, CannotUnseal) as error:
        log.warning("a grant could not be revoked", revocation=row.id, error=type(error).__name__)
        return _settle(desk, row.id, "Google did not take the permission back. Remove it yourself at "
                                     "myaccount.google.com/connections.")
    return _settle(desk, row.id, "Google has forgotten the permission.")


def _claim(desk: Desk, revocation_id: str) -> Revocation | None:
    now = desk.now()
    with desk.transaction() as session:
        id = session.scalar(update(Revocation).where(Revocation.id == revocation_id, Revocation.done_at.is_(None),
                                                     Revocation.next_at <= now)
                            .values(next_at=now + CLAIM).returning(Revocation.id))
        return session.get(Revocation, id) if id else None


def _put_off(desk: Desk, row: Revocation) -> str:
    now: datetime = desk.now()
    if now - row.asked_at >= GIVE_UP:
        log.warning("a grant could not be revoked within a day", revocation=row.id)
        return _settle(desk, row.id, "Google could not be reached for a day. Remove the permission yourself at "
                                     "myaccount.google.com/connections.")
    with desk.transaction() as session:
        session.execute(update(Revocation).where(Revocation.id == row.id).values(next_at=now + PAUSE))
    return ""


def _settle(desk: Desk, revocation_id: str, result: str) -> str:
    """Done, either way; the token is not kept a moment longer."""
    with desk.transaction() as session:
        session.execute(update(Revocation).where(Revocation.id == revocation_id)
                        .values(done_at=desk.now(), result=result, sealed_token=""))
    return result
