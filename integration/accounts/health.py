"""How a connection to Google stands, in words, with the next step."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from integration.accounts.connection import classroom_of, connected, forget, note_trouble
from integration.accounts.letter import it_letter
from integration.accounts.models import Account, Health
from integration.desk import Desk
from integration.errors import NotFound, Refused, SignInNeeded
from integration.google.quota import Share
from integration.google.scopes import COURSES, SCOPES, Scope

AGAIN = "/connect?again=yes&return_to=/account"


@dataclass(frozen=True)
class Standing:
    """One permission, and whether it was given."""

    scope: Scope
    is_granted: bool


@dataclass(frozen=True)
class Report:
    """How one connection stands. `link` is the next step's address and `letter` the one to the district; both may be empty."""

    health: Health
    name: str
    email: str
    sentence: str
    next_step: str
    link: str
    letter: str
    scopes: tuple[Standing, ...]
    connected_at: datetime
    checked_at: datetime | None


@dataclass(frozen=True)
class Words:
    """What one state means and what to do about it."""

    sentence: str
    next_step: str = ""
    link: str = ""


WORDS = {
    Health.VALID: Words("Google accepts this connection."),
    Health.EXPIRING: Words("Google accepts this connection, but will end it soon.",
                           "Connect again before that day, so that nothing has to wait.", AGAIN),
    Health.REVOKED: Words("Google no longer accepts this connection: it was withdrawn, ended, or the password changed. Nothing "
                          "is posted until you connect again; what waits is kept.",
                          "Connect again with the same account.", AGAIN),
    Health.BLOCKED: Words("The administrator of your district does not let Throughline reach your account. What waits is kept.",
                          "Send the letter below to your district’s IT; then press “Check now”."),
    Health.CLASSROOM_OFF: Words("Google Classroom is switched off for this account. The connection itself is fine.",
                                "Ask your district’s IT to switch on Classroom for your account, or connect the account you "
                                "teach with; then press “Check now”."),
    Health.WRONG_ACCOUNT: Words("The last time, another Google account came back than the one connected here. Nothing was "
                                "changed.", "Connect again and choose the address shown above.", AGAIN),
    Health.DISCONNECTED: Words("This account is disconnected.", "Connect it again to go on.", AGAIN),
}


def look(desk: Desk, account_id: str) -> Report:
    """How the connection stood when it was last used or checked; asks Google nothing. Raises NotFound."""
    with desk.transaction() as session:
        row = session.get(Account, account_id)
    if row is None:
        raise NotFound("This account is not connected any more. Connect it again to go on.")
    words = WORDS[row.health]
    return Report(
        health=row.health, name=row.name, email=row.email, sentence=_sentence(row, words), next_step=_next_step(row, words),
        link=words.link, letter=it_letter(desk) if row.health in {Health.BLOCKED, Health.CLASSROOM_OFF} else "",
        scopes=tuple(Standing(scope, scope.name in row.scopes) for scope in SCOPES), connected_at=row.connected_at,
        checked_at=row.checked_at)


def check(desk: Desk, account_id: str) -> Report:
    """Ask Google how the connection stands, write it down, and report. Raises NotFound, or Busy when Google is away."""
    try:
        _ask_google(desk, account_id)
    except (SignInNeeded, Refused) as error:
        note_trouble(desk, account_id, error)
    return look(desk, account_id)


def _ask_google(desk: Desk, account_id: str) -> None:
    """A fresh token and one page of classes: the one shows the grant, the other Classroom itself."""
    forget(account_id)
    account = connected(desk, account_id)
    classroom = classroom_of(desk, account, share=Share.INTERACTIVE)
    if COURSES in account.scopes:
        next(iter(classroom.list_courses()), ())
    stands: dict[str, object] = {"checked_at": desk.now()}
    # A grant that Google will end soon was noted as such when its token was fetched just now.
    if account.health is not Health.EXPIRING:
        stands |= {"health": Health.VALID, "health_reason": ""}
    with desk.transaction() as session:
        session.execute(update(Account).where(Account.id == account_id).values(**stands))


def _sentence(row: Account, words: Words) -> str:
    """The state in words; with the day it ends, the account chosen or Google's own reason where that says more."""
    if row.health in {Health.EXPIRING, Health.WRONG_ACCOUNT, Health.CLASSROOM_OFF} and row.health_reason:
        return row.health_reason
    return words.sentence


def _next_step(row: Account, words: Words) -> str:
    if row.health.is_usable and COURSES not in row.scopes:
        return "Press “Allow more” and tick “See your classes”; without it no class appears."
    return words.next_step
