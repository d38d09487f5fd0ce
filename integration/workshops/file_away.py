"""Make a kit's files in her Drive, each once: the intent is written down before Google is asked, and the id afterwards. Of files
made before, see whether they are still there.

Google takes no id from us for a Doc, so a lost answer cannot be asked for by id. The file carries our mark instead: whoever does
not know whether it was made looks for the mark, and makes it anew only when it has been missing for longer than an upload or a
list of Google's lags behind.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from integration import later, nature
from integration.accounts.connection import note_trouble, open_drive
from integration.citations.pandoc import DidNotAnswer
from integration.desk import Desk
from integration.errors import Busy, GoogleError, NotAllowed, NotFound, SignInNeeded, Unsure
from integration.google.drive import Drive
from integration.records.clock import database_now
from integration.workshops.as_docs import as_file
from integration.workshops.models import KitDocument
from integration.workshops.practice import paper_of
from integration.workshops.sheets import Sheet, sheets
from integration.workshops.shelf import KitCard, kit

LEASE = timedelta(seconds=150)
"""Longer than a job may last."""
SETTLED = timedelta(minutes=10)
"""After so long a file that was tried and is not listed was not made."""
PAUSE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)
IN_DOUBT = ("Google did not say whether it made this file. Throughline looks for it in your Drive in ten minutes and makes it only "
            "if it is not there.")
GONE = "It is no longer in Drive, or lies in the bin there."
NO_SLIDES = "The slides could not be written. Nothing was made; press again, or print them."


@dataclass(frozen=True)
class _Held:
    """The sheets of a kit that one worker has in hand."""

    kit_id: str
    token: str
    account_id: str
    school_id: str
    rows: tuple[KitDocument, ...]


def make_documents(desk: Desk, kit_id: str) -> int:
    """Make what is wanted and not there; answer how many files were made or found. What went wrong is written beside it."""
    held = _claim(desk, kit_id)
    if held is None:
        return 0
    done = 0
    try:
        card = kit(desk, held.school_id, kit_id)
        told = {sheet.key: sheet for sheet in sheets(card, paper_of(card))}
        drive = open_drive(desk, held.account_id)
        there = drive.find(kit_id)
        for row in held.rows:
            if row.file_id:
                _note(desk, held, row.sheet, next_at=None, lease_until=None, reason="" if row.file_id in there.values() else GONE)
            else:
                done += _found(desk, held, row, there) or _made(desk, held, drive, card, told[row.sheet])
    except (Busy, NotAllowed) as error:
        _let_go(desk, held, str(error), later_on=True)
    except DidNotAnswer:
        _let_go(desk, held, NO_SLIDES)
    except (GoogleError, NotFound) as error:
        if isinstance(error, SignInNeeded):
            note_trouble(desk, held.account_id, error)
        _let_go(desk, held, str(error))
    else:
        _let_go(desk, held)
    return done


def ring_for_documents(desk: Desk, *, patience: float) -> None:
    """Ring for every kit with a file that is due longer than `patience` seconds and is in nobody's hands."""
    with desk.transaction() as session:
        now = database_now(session)
        late = select(KitDocument.kit_id).where(
            KitDocument.next_at <= now - timedelta(seconds=patience),
            or_(KitDocument.lease_until.is_(None), KitDocument.lease_until < now)).distinct()
        for kit_id in session.scalars(late):
            later.ask(session, later.Job.MAKE_DOCUMENTS, kit_id=kit_id)


def _claim(desk: Desk, kit_id: str) -> _Held | None:
    """Take a kit's sheets in hand, all of them or none: two workers never make files of one kit at once."""
    token = nature.token(16)
    with desk.transaction() as session:
        now = database_now(session)
        rows = session.scalars(select(KitDocument).where(KitDocument.kit_id == kit_id)
                               .order_by(KitDocument.id).with_for_update()).all()
        due = [row for row in rows if row.next_at is not None and row.next_at <= now]
        if not due or any(row.lease_until is not None and row.lease_until >= now for row in rows):
            return None
        for row in due:
            row.lease_token, row.lease_until = token, now + LEASE
        return _Held(kit_id, token, due[0].account_id, due[0].school_id, tuple(due))


def _found(desk: Desk, held: _Held, row: KitDocument, there: dict[str, str]) -> bool:
    """Whether the file is in her Drive already."""
    if row.sheet not in there:
        return False
    return _note(desk, held, row.sheet, **_is_made(there[row.sheet]))


def _made(desk: Desk, held: _Held, drive: Drive, card: KitCard, sheet: Sheet) -> bool:
    """Whether it was made now. Raises GoogleError when it surely was not, and for the others there is no use in trying."""
    new = as_file(card, sheet)
    if not _intend(desk, held, sheet.key):
        return False
    try:
        id = drive.make(new)
    except Unsure:
        _note(desk, held, sheet.key, reason=IN_DOUBT)
        return False
    except (GoogleError, NotAllowed):
        _note(desk, held, sheet.key, tried_at=None)
        raise
    return _note(desk, held, sheet.key, **_is_made(id))


def _is_made(file_id: str) -> dict[str, object]:
    return {"file_id": file_id, "next_at": None, "reason": "", "lease_until": None}


def _intend(desk: Desk, held: _Held, sheet: str) -> bool:
    """Write the intent down; False when it was tried a moment ago, or is not ours to make any more."""
    with desk.transaction() as session:
        now: datetime = database_now(session)
        is_settled = or_(KitDocument.tried_at.is_(None), KitDocument.tried_at <= now - SETTLED)
        return _change(session, held, sheet, is_settled, KitDocument.lease_until > now, tried_at=now, next_at=now + SETTLED)


def _note(desk: Desk, held: _Held, sheet: str, **values: object) -> bool:
    with desk.transaction() as session:
        return _change(session, held, sheet, **values)


def _change(session: Session, held: _Held, sheet: str, *also: ColumnElement[bool], **values: object) -> bool:
    return session.scalar(update(KitDocument).where(
        KitDocument.kit_id == held.kit_id, KitDocument.sheet == sheet, KitDocument.lease_token == held.token, *also,
    ).values(**values).returning(KitDocument.id)) is not None


def _let_go(desk: Desk, held: _Held, sentence: str = "", *, later_on: bool = False) -> None:
    """What surely was not made waits, for Google a minute, at most a day, else for her. What is in doubt has its own time."""
    with desk.transaction() as session:
        now = database_now(session)
        for row in session.scalars(select(KitDocument).where(
                KitDocument.kit_id == held.kit_id, KitDocument.lease_token == held.token)):
            row.lease_until = None
            if row.file_id:
                row.next_at = None
            elif row.tried_at is None:
                row.reason, row.next_at = sentence[:500], now + PAUSE if later_on and now - row.asked_at < LONGEST_WAIT else None
