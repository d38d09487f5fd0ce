"""Leaving: Google is told, everything that waits stops, what was kept is deleted, and a receipt says so.

What other rooms keep for an account hangs on its row or its school's and is deleted with it, waiting deliveries included;
so the counts are read from the tables themselves.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from integration.accounts import revocations
from integration.accounts.connection import forget
from integration.accounts.keys import CannotUnseal, unseal
from integration.accounts.models import Account, District, School
from integration.accounts.revocations import finish_revocations
from integration.desk import Desk
from integration.errors import NotFound
from integration.records.base import Base

__all__ = ["Receipt", "disconnect", "finish_revocations"]

WORDS = {
    "courses": ("class", "classes"), "teachers": ("teacher", "teachers"),
    "posts": ("post seen in a stream", "posts seen in streams"), "topics": ("topic", "topics"),
    "resources": ("resource", "resources"), "collections": ("collection", "collections"), "plans": ("plan", "plans"),
    "deliveries": ("delivery and its history", "deliveries and their history"),
    "partnerships": ("partnership", "partnerships"), "co_plans": ("unit planned together", "units planned together"),
    "staff_sessions": ("session for the staff", "sessions for the staff"),
    "sessions": ("signed-in browser", "signed-in browsers"),
    "personal_tokens": ("personal access token", "personal access tokens"),
}
"""The tables worth a line on the receipt."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Receipt:
    """What was done, line by line, to print and keep."""

    lines: tuple[str, ...]


def disconnect(desk: Desk, account_id: str) -> Receipt:
    """Disconnect an account for good. Raises NotFound when it was done before."""
    with desk.transaction() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFound("This account is disconnected already. Nothing more was done.")
        whose = f"{account.name} ({account.email})" if account.email else account.name
        revocation = _ask_to_revoke(desk, session, account)
        is_last = _is_alone(session, account)
        deleted = _counts(session, "school_id" if is_last else "account_id", account.school_id if is_last else account.id)
        _delete(session, account, is_last)
    forget(account_id)
    now = desk.now()
    told = revocations.finish_one(desk, revocation) if revocation else "There was no permission left for Google to forget."
    return Receipt((
        f"Disconnected on {now:%B} {now.day}, {now.year}, {now:%H:%M} UTC: {whose}.",
        told or "Google could not be reached just now. Throughline asks it to forget the permission again for a day.",
        "Nothing more is posted; deliveries that waited are cancelled.",
        f"Deleted here: {', '.join(['the account and its permission', *deleted])}.",
        "What already stands in your classes stays there. Throughline can no longer change or remove it.",
    ))


def _ask_to_revoke(desk: Desk, session: Session, account: Account) -> str:
    if account.sealed_refresh_token is None:
        return ""
    try:
        token = unseal(desk.settings.keys, account.sealed_refresh_token, key_id=account.key_id or "", bound_to=account.id)
    except CannotUnseal:
        # It cannot be used by anybody any more, us included; it is deleted with the row.
        log.warning("a grant could not be revoked", account=account.id, error="CannotUnseal")
        return ""
    return revocations.ask(desk, session, token)


def _is_alone(session: Session, account: Account) -> bool:
    others = select(func.count()).select_from(Account).where(Account.school_id == account.school_id, Account.id != account.id)
    return session.scalar(others) == 0


def _counts(session: Session, column: str, value: str) -> list[str]:
    lines = []
    for name, (one, many) in WORDS.items():
        table = Base.metadata.tables.get(name)
        if table is None or column not in table.columns:
            continue
        number = session.scalar(select(func.count()).select_from(table).where(table.columns[column] == value)) or 0
        if number:
            lines.append(f"{number:,} {one if number == 1 else many}")
    return lines


def _delete(session: Session, account: Account, is_last: bool) -> None:
    school_id = account.school_id
    session.execute(delete(Account).where(Account.id == account.id))
    if not is_last:
        return
    district_id = session.scalar(select(School.district_id).where(School.id == school_id))
    session.execute(delete(School).where(School.id == school_id))
    left = select(func.count()).select_from(School).where(School.district_id == district_id)
    if session.scalar(left) == 0:
        session.execute(delete(District).where(District.id == district_id))
