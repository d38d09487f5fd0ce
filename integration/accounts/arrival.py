"""Keeping an account that has just been connected: its school and district, its sealed token, what was granted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from integration.accounts import revocations
from integration.accounts.connection import forget, standing
from integration.accounts.keys import seal
from integration.accounts.models import Account, District, Health, School
from integration.desk import Desk
from integration.errors import Refused
from integration.google.id_tokens import Identity
from integration.google.sign_in import Tokens
from integration.records import audit
from integration.records.base import new_id
from integration.records.upsert import upsert


def keep(desk: Desk, who: Identity, tokens: Tokens) -> tuple[str, str]:
    """Write the account down, new or known by issuer and subject; gives its id and its school's.

    Raises Refused when Google gave no lasting permission and none is kept from before.
    """
    with desk.transaction() as session:
        district = _district(desk, session, who)
        account = session.scalar(select(Account).where(Account.issuer == who.issuer, Account.google_id == who.google_id))
        if not tokens.refresh_token and (account is None or account.sealed_refresh_token is None):
            raise Refused("Google gave no lasting permission, so nothing was connected. Connect again and press Continue on "
                          "Google’s page.", reason="no_refresh_token")
        if account is None:
            account = _new(desk, session, who, district)
        _fill(desk, account, who, tokens)
        audit.note(session, school_id=account.school_id, at=desk.now(), actor=f"account:{account.id}", verb="connect",
                   object=f"account:{account.id}")
    forget(account.id)
    return account.id, account.school_id


def wrong_account(desk: Desk, expected_google_id: str, who: Identity, tokens: Tokens) -> Refused:
    """She chose another account than the one to reconnect: a stranger's grant is given back, the known one says so."""
    reason = f"You chose {who.email or who.name or 'another account'} instead of this account."
    with desk.transaction() as session:
        known = session.scalar(select(Account.id).where(Account.issuer == who.issuer, Account.google_id == who.google_id))
        if known is None:
            revocations.ask(desk, session, tokens.refresh_token or tokens.access_token)
        session.execute(update(Account).where(
            Account.google_id == expected_google_id, Account.health.not_in([Health.VALID, Health.EXPIRING]))
            .values(health=Health.WRONG_ACCOUNT, health_reason=reason[:300], checked_at=desk.now()))
    return Refused(f"{reason} Nothing was changed. Connect again and choose the account that is connected here.",
                   reason=Health.WRONG_ACCOUNT.value)


def _district(desk: Desk, session: Session, who: Identity) -> District:
    """The district of her domain, made when it is new and held until the commit, so that two first sign-ins take turns."""
    domain = who.domain or f"personal:{who.google_id}"
    row: Mapping[str, Any] = {"id": new_id(), "name": who.domain or who.name or who.email or "A librarian", "domain": domain,
                              "created_at": desk.now()}
    upsert(session, District, [row], key=("domain",), keep=("id", "name", "created_at"))
    return session.scalars(select(District).where(District.domain == domain).with_for_update()).one()


def _new(desk: Desk, session: Session, who: Identity, district: District) -> Account:
    """A new account in a new school of its own: colleagues of one district do not see each other's work unasked."""
    whose = who.name or who.email.partition("@")[0]
    school = School(district_id=district.id, name=f"School of {whose}"[:200] if whose else "My school",
                    timezone=desk.settings.timezone, created_at=desk.now())
    session.add(school)
    session.flush()
    account = Account(id=new_id(), school_id=school.id, issuer=who.issuer, google_id=who.google_id, created_at=desk.now())
    session.add(account)
    return account


def _fill(desk: Desk, account: Account, who: Identity, tokens: Tokens) -> None:
    now = desk.now()
    if tokens.refresh_token:
        account.sealed_refresh_token, account.key_id = seal(desk.settings.keys, tokens.refresh_token, bound_to=account.id)
    account.email, account.domain = who.email, who.domain
    account.name = (who.name or who.email or "Librarian")[:200]
    account.scopes = sorted(tokens.scopes)
    account.health, account.health_reason = standing(tokens, now)
    account.checked_at = account.connected_at = now
    account.disconnected_at = None
