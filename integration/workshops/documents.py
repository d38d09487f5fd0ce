"""Ask for a kit as Google Docs, and see how far they are. The files lie in the Drive of her who asked.

https://developers.google.com/workspace/drive/api/guides/api-specific-auth
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update

from integration import later
from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import NotAllowed
from integration.google.scopes import FILES
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import insert_missing
from integration.workshops.as_docs import SLIDES
from integration.workshops.models import KitDocument
from integration.workshops.practice import paper_of
from integration.workshops.sheets import sheets
from integration.workshops.shelf import kit

NOT_GIVEN = ("Google has not been told that Throughline may make files in your Drive. Nothing was made; allow it on the kit’s "
             "page, then press again.")


class Stage(StrEnum):
    """How far a kit's files are."""

    NOT_GRANTED = "not granted"
    NOT_MADE = "not made"
    MAKING = "making"
    STOPPED = "stopped"
    """Some are made, or none; the rest waits for her."""
    MADE = "made"


@dataclass(frozen=True)
class DocumentCard:
    """One sheet as a file; `file_id` and `link` are empty until it is made."""

    sheet: str
    title: str
    is_for_class: bool
    file_id: str
    reason: str

    @property
    def link(self) -> str:
        """Where the file opens."""
        kind = "presentation" if self.sheet == SLIDES else "document"
        return f"https://docs.google.com/{kind}/d/{self.file_id}/edit" if self.file_id else ""


@dataclass(frozen=True)
class Documents:
    """A kit's files: how far they are, why they stand still, whose Drive they lie in."""

    stage: Stage
    files: tuple[DocumentCard, ...] = ()
    reason: str = ""
    owner: str = ""
    """Empty when they are her own who looks."""
    is_granted: bool = True
    """Whether she who looks lets us make files in her Drive."""


def request_documents(desk: Desk, school_id: str, account_id: str, kit_id: str) -> None:
    """Have every sheet of a kit made as a file; what is made already stays. Raises NotFound, NotAllowed without the permission."""
    card = kit(desk, school_id, kit_id)
    keys = [sheet.key for sheet in sheets(card, paper_of(card))]
    with desk.transaction() as session:
        now, account = database_now(session), session.get_one(Account, account_id)
        if FILES not in account.scopes:
            raise NotAllowed(NOT_GIVEN)
        insert_missing(session, KitDocument, [
            {"id": new_id(), "school_id": school_id, "kit_id": kit_id, "account_id": account_id, "sheet": key, "file_id": "",
             "asked_at": now, "reason": ""} for key in keys], key=("kit_id", "sheet"))
        session.execute(update(KitDocument).where(
            KitDocument.kit_id == kit_id, KitDocument.file_id == "", KitDocument.next_at.is_(None))
            .values(asked_at=now, next_at=now, reason=""))
        later.ask(session, later.Job.MAKE_DOCUMENTS, kit_id=kit_id)


def documents(desk: Desk, school_id: str, account_id: str, kit_id: str) -> Documents:
    """How far a kit's files are, as this account sees it. Raises NotFound."""
    card = kit(desk, school_id, kit_id)
    with desk.transaction() as session:
        rows = {row.sheet: row for row in session.scalars(select(KitDocument).where(KitDocument.kit_id == kit_id))}
        owner = session.get(Account, next(iter(rows.values())).account_id) if rows else None
        mine = session.get_one(Account, account_id)
    if not rows:
        return Documents(Stage.NOT_MADE if FILES in mine.scopes else Stage.NOT_GRANTED, is_granted=FILES in mine.scopes)
    cards = tuple(DocumentCard(sheet.key, sheet.title, sheet.is_for_class, rows[sheet.key].file_id, rows[sheet.key].reason)
                  for sheet in sheets(card, paper_of(card)) if sheet.key in rows)
    reason = next((row.reason for row in rows.values() if row.reason and not row.file_id), "")
    return Documents(_stage(list(rows.values())), cards, reason, "" if owner is None or owner.id == account_id else owner.name,
                     FILES in mine.scopes)


def _stage(rows: list[KitDocument]) -> Stage:
    left = [row for row in rows if not row.file_id]
    if not left:
        return Stage.MADE
    return Stage.MAKING if any(row.next_at for row in left) else Stage.STOPPED
