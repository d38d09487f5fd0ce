"""Signed-in browsers. The cookie holds a random secret; the database only its hash, so a stolen dump lets nobody in."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from integration.accounts.models import Account, Session
from integration.accounts.visitors import Visitor, visitor_of
from integration.desk import Desk
from integration.errors import NotFound

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
TOUCH = timedelta(minutes=5)
"""How often at most a request writes down that the session is in use."""


def open_session(desk: Desk, account_id: str) -> str:
    """Let a browser in; gives the secret for its cookie. Sessions that ended long ago are swept away."""
    secret, now = secrets.token_urlsafe(32), desk.now()
    with desk.transaction() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFound("This account is not connected any more. Nobody was signed in; connect again.")
        session.execute(delete(Session).where(Session.expires_at < now))
        session.add(Session(school_id=account.school_id, account_id=account.id, secret_hash=hashed(secret), began_at=now,
                            seen_at=now, expires_at=now + LASTS))
    return secret


def read_session(desk: Desk, secret: str) -> Visitor | None:
    """Who this browser is; None when its session ended, was idle too long, or never was."""
    now = desk.now()
    with desk.transaction() as session:
        found = session.execute(select(Session, Account).join(Account, Account.id == Session.account_id)
                                .where(Session.secret_hash == hashed(secret))).one_or_none()
        if found is None or found.Session.expires_at <= now or found.Session.seen_at + IDLE <= now:
            return None
        if now - found.Session.seen_at >= TOUCH:
            found.Session.seen_at = now
        return visitor_of(found.Account)


def close_session(desk: Desk, secret: str) -> None:
    """End this browser's session; one that is unknown is as good as ended."""
    with desk.transaction() as session:
        session.execute(delete(Session).where(Session.secret_hash == hashed(secret)))


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
