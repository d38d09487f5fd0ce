"""Personal access tokens for the JSON API: shown once, kept as a hash, gone with the account."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from integration.accounts.models import Account, PersonalToken
from integration.accounts.sessions import hashed
from integration.accounts.visitors import Visitor, visitor_of
from integration.desk import Desk
from integration.errors import NotFound
from integration.records import audit

PREFIX = "tl_"
"""Lets a scanner of leaked secrets know one when it sees it."""
TOUCH = timedelta(minutes=5)


def create_token(desk: Desk, account_id: str) -> str:
    """Make a token that may do what this librarian may do. Raises NotFound."""
    token, now = PREFIX + secrets.token_urlsafe(32), desk.now()
    with desk.transaction() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFound("This account is not connected any more. No token was made; connect it first.")
        session.add(PersonalToken(school_id=account.school_id, account_id=account.id, secret_hash=hashed(token),
                                  created_at=now))
        audit.note(session, school_id=account.school_id, at=now, actor=f"account:{account.id}", verb="create_token",
                   object=f"account:{account.id}")
    return token


def read_token(desk: Desk, token: str) -> Visitor | None:
    """Whose token this is; None when it is unknown or was revoked."""
    now = desk.now()
    with desk.transaction() as session:
        found = session.execute(select(PersonalToken, Account).join(Account, Account.id == PersonalToken.account_id)
                                .where(PersonalToken.secret_hash == hashed(token),
                                       PersonalToken.revoked_at.is_(None))).one_or_none()
        if found is None:
            return None
        if found.PersonalToken.used_at is None or now - found.PersonalToken.used_at >= TOUCH:
            found.PersonalToken.used_at = now
        return visitor_of(found.Account)
