"""Links in letters: each opens one thing, for some days, without an account.

A link's secret is derived from one of our keys and kept only as a hash, so that a stolen database opens nothing, while a letter
that lies here as a draft can be shown again.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from config.settings import Settings
from integration import nature
from integration.accounts.keys import key_id
from integration.accounts.sessions import hashed
from integration.errors import NotFound
from integration.letters.models import LetterLink
from integration.records.base import new_id

LASTS = timedelta(days=7)
SALT_BYTES = 16
LONGEST = 100
NOTHING = ("This link does not open anything any more, or it was copied incompletely. Nothing was changed. "
           "Ask your school librarian for a new letter.")
"""For a link that is too old, mistyped, guessed or somebody else’s alike, so that it tells nobody which."""

# Built once: putting a statement together takes longer than carrying it out.
_NEWEST = select(LetterLink.id).where(
    LetterLink.opens == bindparam("opens"), LetterLink.school_id == bindparam("school_id"),
    LetterLink.expires_at > bindparam("now"), LetterLink.key_id == bindparam("key_id")).order_by(LetterLink.id.desc()).limit(1)
_BY_SECRET = select(LetterLink).where(LetterLink.secret_hash == bindparam("secret_hash"))


@dataclass(frozen=True)
class Followed:
    """What a link opens: the id of a question, of a teacher, …"""

    school_id: str
    id: str
    since: datetime
    """When its letter went out, or, before that, when it was made."""


def link_to(session: Session, settings: Settings, school_id: str, opens: str, now: datetime) -> str:
    """A link that opens one thing for seven days: the newest that still does, else a new one; gives its row's id."""
    newest = session.scalar(_NEWEST, {"opens": opens, "school_id": school_id, "now": now, "key_id": key_id(settings.keys[0])})
    return newest or _make(session, settings, school_id, opens, now)


def link_address(session: Session, settings: Settings, link_id: str) -> str:
    """A link's address, or nothing when the key it was made with is gone."""
    row = session.get_one(LetterLink, link_id)
    key = next((each for each in settings.keys if key_id(each) == row.key_id), None)
    return f"{settings.origin}/to/{row.opens.partition(':')[0]}/{_secret(key, row.id, row.salt)}" if key else ""


def prolong(session: Session, link_id: str, now: datetime) -> None:
    """Count a link's seven days from now, because only now its letter goes out."""
    session.get_one(LetterLink, link_id).expires_at = now + LASTS


def follow(session: Session, secret: str, now: datetime, *, opens: str) -> Followed:
    """What a link opens, if it is of the sort `opens`. Raises NotFound, with one sentence for whatever is wrong with it."""
    row = session.scalar(_BY_SECRET, {"secret_hash": hashed(secret[:LONGEST])})
    if row is None or row.expires_at <= now or not row.opens.startswith(f"{opens}:"):
        raise NotFound(NOTHING)
    return Followed(row.school_id, row.opens.partition(":")[2], row.expires_at - LASTS)


def _make(session: Session, settings: Settings, school_id: str, opens: str, now: datetime) -> str:
    id, salt = new_id(), nature.token(SALT_BYTES)
    secret = _secret(settings.keys[0], id, salt)
    session.add(LetterLink(id=id, school_id=school_id, opens=opens, salt=salt, key_id=key_id(settings.keys[0]),
                           secret_hash=hashed(secret), made_at=now, expires_at=now + LASTS))
    session.flush()
    return id


def _secret(key: bytes, id: str, salt: str) -> str:
    digest = hmac.digest(key, f"letter link {id} {salt}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
