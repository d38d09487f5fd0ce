"""Read letters: which wait for her look, which went, and one as it will look, with its links."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import NotFound
from integration.letters.dress import Dressed, dress
from integration.letters.links import link_address
from integration.letters.models import Kind, Letter, LetterHabit, LetterState
from integration.letters.ways import Way, way_for
from integration.letters.words import read_parts

HERS = "(a link of her own, put in when the letter goes)"

@dataclass(frozen=True)
class LetterCard:
    """A letter in a list."""

    id: str
    account_id: str
    kind: str
    to_name: str
    to_address: str
    subject: str
    state: str
    reason: str
    way: str
    written_at: datetime
    sent_at: datetime | None


def letters(desk: Desk, school_id: str, *, state: LetterState | None = None, after: str | None = None,
            at_most: int | None = None) -> list[LetterCard]:
    """The school's letters, newest first, or those in one state; `after` is the id of the last one of the page before."""
    query = select(Letter).where(Letter.school_id == school_id).order_by(Letter.id.desc()).limit(at_most)
    if state is not None:
        query = query.where(Letter.state == state)
    if after:
        query = query.where(Letter.id < after)
    with desk.transaction() as session:
        return [_card(row) for row in session.scalars(query)]


def letter(desk: Desk, school_id: str, letter_id: str) -> tuple[LetterCard, Dressed]:
    """One letter, and how it looks. Raises NotFound.

    The links are the teacher's own, so they are shown only where the librarian has to copy the letter into her own mail.
    """
    with desk.transaction() as session:
        row = letter_row(session, school_id, letter_id)
        is_copied = way_for(desk, session.get_one(Account, row.account_id)) is None
        parts = read_parts(row.words)
        addresses = {part.link: link_address(session, desk.settings, part.link) if is_copied else HERS
                     for part in parts if part.link}
        return _card(row), dress(row.subject, parts, addresses)


def way_of(desk: Desk, account_id: str) -> Way | None:
    """The way a librarian's letters go; None when she copies them into her own mail."""
    with desk.transaction() as session:
        return way_for(desk, session.get_one(Account, account_id))


def habits(desk: Desk, account_id: str) -> frozenset[Kind]:
    """The kinds of letters that go by themselves for this librarian: the brief to herself, unless she says otherwise."""
    with desk.transaction() as session:
        said = dict(session.execute(select(LetterHabit.kind, LetterHabit.goes).where(LetterHabit.account_id == account_id)).all())
    return frozenset(kind for kind, goes in {Kind.BRIEF: True, **said}.items() if goes)


def letter_row(session: Session, school_id: str, letter_id: str) -> Letter:
    """The row of a letter of this school. Raises NotFound."""
    row = session.scalar(select(Letter).where(Letter.school_id == school_id, Letter.id == letter_id))
    if row is None:
        raise NotFound("There is no such letter. It may belong to another school.")
    return row


def _card(row: Letter) -> LetterCard:
    return LetterCard(row.id, row.account_id, row.kind.value, row.to_name, row.to_address, row.subject, row.state.value, row.reason,
                      row.way, row.written_at, row.sent_at)
