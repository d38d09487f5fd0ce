"""The letters of a season: the menus of August and January and each month's newsletter, written for her to look at.

Nothing here is ever sent by itself; see `letters.write`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.letters.models import Kind, Letter
from integration.letters.words import Words
from integration.letters.write import NewLetter, write
from integration.week.gathered import Gathered, gather
from integration.week.menus import From, august_menu, days_between, january_menu, newsletter
from integration.week.turn import Turn

NOTHING_DONE = "There is nothing in the log of last month, so there is nothing to tell. Nothing was written."
NO_KIND = "There is no such letter to write. Choose one from the list."
OF_A_SEASON = (Kind.NEWSLETTER, Kind.AUGUST, Kind.JANUARY)
FIRST_OF_JANUARY, LAST_OF_JANUARY = (1, 2), (2, 15)
FIRST_OF_AUGUST, LAST_OF_AUGUST = (8, 1), (9, 30)
"""From when to when a menu is written by itself; later it would be stale."""


@dataclass(frozen=True)
class Season:
    """Which days a letter looks back on and which it names ahead, all included.

    `occasion` makes it one letter, however often it is written.
    """

    occasion: str
    first: date
    last: date
    ahead_from: date
    ahead_until: date


def write_seasonal(desk: Desk, turn: Turn) -> None:
    """Write what a Monday asks for, unless it was written before; what she laid aside stays there."""
    here = school(desk, turn.school_id)
    today = here.today(desk.now())
    for kind in _due(today):
        season = _season(kind, today, here.year_starts_month)
        with desk.transaction() as session:
            is_written = _known(session, turn.school_id, kind, season) is not None
        if not is_written:
            _write(desk, turn.school_id, turn.account_id, kind, season)


def draft_letter(desk: Desk, school_id: str, account_id: str, kind: str) -> str:
    """Write one of these letters now, or anew while it has not gone; gives its id. Raises Invalid."""
    chosen = next((each for each in OF_A_SEASON if each.value == kind), None)
    if chosen is None:
        raise Invalid(NO_KIND)
    here = school(desk, school_id)
    letter_id = _write(desk, school_id, account_id, chosen, _season(chosen, here.today(desk.now()), here.year_starts_month))
    if not letter_id:
        raise Invalid(NOTHING_DONE)
    return letter_id


def _write(desk: Desk, school_id: str, account_id: str, kind: Kind, season: Season) -> str:
    """Gives the letter's id; empty when there is nothing true to tell."""
    here, done = school(desk, school_id), gather(desk, school_id, season.first, season.last)
    if kind is Kind.NEWSLETTER and not done.entries:
        return ""
    with desk.transaction() as session:
        account = session.get_one(Account, account_id)
        words = _words(kind, done, season, From(account.name or account.email, here.name))
        return write(session, school_id, NewLetter(account_id, kind, f"school:{school_id}", season.occasion, "all teachers", "",
                                                   words), desk.now())


def _words(kind: Kind, done: Gathered, season: Season, by: From) -> Words:
    if kind is Kind.NEWSLETTER:
        return newsletter(done, season.first, by)
    days = days_between(season.ahead_from, season.ahead_until)
    return august_menu(done, days, by) if kind is Kind.AUGUST else january_menu(done, days, by)


def _due(today: date) -> list[Kind]:
    """The newsletter in the first week of a month, a menu within its weeks."""
    day = (today.month, today.day)
    return [kind for kind, is_due in (
        (Kind.AUGUST, FIRST_OF_AUGUST <= day <= LAST_OF_AUGUST), (Kind.JANUARY, FIRST_OF_JANUARY <= day <= LAST_OF_JANUARY),
        (Kind.NEWSLETTER, today.day <= 7)) if is_due]


def _known(session: Session, school_id: str, kind: Kind, season: Season) -> str | None:
    return session.scalar(select(Letter.id).where(
        Letter.kind == kind, Letter.person == f"school:{school_id}", Letter.occasion == season.occasion))


def _season(kind: Kind, today: date, year_starts_month: int) -> Season:
    match kind:
        case Kind.AUGUST:
            begins = date(today.year, year_starts_month, 1)
            return Season(f"{today.year}", begins.replace(year=begins.year - 1), begins - timedelta(days=1),
                          max(today, date(today.year, 8, 1)), date(today.year, 12, 31))
        case Kind.JANUARY:
            year = today.year if today.month < 7 else today.year + 1
            return Season(f"{year}", date(year - 1, 8, 1), date(year - 1, 12, 31), max(today, date(year, 1, 2)),
                          date(year, 6, 15))
    last = today.replace(day=1) - timedelta(days=1)
    return Season(f"{last:%Y-%m}", last.replace(day=1), last, today, today)
