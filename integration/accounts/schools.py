"""Schools and the accounts connected to them, as other rooms and the pages may read them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from integration.accounts.models import Account, Health, School
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records import plain

LONGEST_NAME = 200


@dataclass(frozen=True)
class SchoolCard:
    """A school as shown."""

    id: str
    name: str
    timezone: str
    year_starts_month: int

    def today(self, now: datetime) -> date:
        """The day it is at the school."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def is_to_come(self, on: date, now: datetime) -> bool:
        """Whether `on` has begun neither at the school nor by UTC, by which scripts like to date."""
        return on > max(self.today(now), now.astimezone(UTC).date())


@dataclass(frozen=True)
class AccountCard:
    """A connected account as shown; `scopes` are the ones really granted."""

    id: str
    school_id: str
    google_id: str
    name: str
    email: str
    health: Health
    scopes: frozenset[str]


def school(desk: Desk, school_id: str) -> SchoolCard:
    """One school. Raises NotFound."""
    with desk.transaction() as session:
        row = session.get(School, school_id)
        if row is None:
            raise NotFound("There is no such school here. Nothing was changed.")
        return school_card(row)


def school_card(row: School) -> SchoolCard:
    """A school's row as others may read it."""
    return SchoolCard(row.id, row.name, row.timezone, row.year_starts_month)


def school_ids(desk: Desk) -> list[str]:
    """Every school there is, oldest first."""
    with desk.transaction() as session:
        return list(session.scalars(select(School.id).order_by(School.id)))


def rename_school(desk: Desk, school_id: str, name: str) -> SchoolCard:
    """Give a school its name. Raises Invalid and changes nothing when it cannot be printed."""
    kept = _checked(name)
    with desk.transaction() as session:
        row = session.get(School, school_id)
        if row is None:
            raise NotFound("There is no such school here. Nothing was changed.")
        row.name = kept
    return school(desk, school_id)


def accounts_of(desk: Desk, school_id: str) -> list[AccountCard]:
    """The accounts of a school, oldest first."""
    with desk.transaction() as session:
        rows = session.scalars(select(Account).where(Account.school_id == school_id).order_by(Account.id))
        return [_card(row) for row in rows]


def account(desk: Desk, account_id: str) -> AccountCard:
    """One account. Raises NotFound, also once it was disconnected and deleted."""
    with desk.transaction() as session:
        row = session.get(Account, account_id)
        if row is None:
            raise NotFound("This account is not connected any more. Connect it again to go on.")
        return _card(row)


def account_by_email(desk: Desk, email: str) -> AccountCard:
    """The account with this address; an administrator's way to name one. Raises NotFound."""
    with desk.transaction() as session:
        rows = session.scalars(select(Account).where(Account.email == email.strip().lower()).order_by(Account.id)).all()
        if len(rows) != 1:
            raise NotFound(f"There are {len(rows) or 'no'} connected accounts with the address {email}. Nothing was done. "
                           "Connect it in the browser first, or check the spelling.")
        return _card(rows[0])


def _card(row: Account) -> AccountCard:
    return AccountCard(row.id, row.school_id, row.google_id, row.name, row.email, row.health, frozenset(row.scopes))


def _checked(name: str) -> str:
    kept = plain.line(name)
    if not kept:
        raise Invalid(fields={"name": "Write the school’s name; nothing was saved."})
    if len(kept) > LONGEST_NAME:
        raise Invalid(fields={"name": f"The name is longer than {LONGEST_NAME} characters; nothing was saved. Shorten it."})
    if fault := plain.fault(kept):
        raise Invalid(fields={"name": f"The name has {fault}; nothing was saved. Take it out."})
    return kept
