"""Ask for a kit as Google Docs, and see how far they are. The files lie in the Drive of her who asked.

https://developers.google.com/workspace/drive/api/guides/api-specific-auth
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
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

NOT_HERS = ("The kit’s Google Docs lie in the Drive of {}, and Classroom takes only files that whoever posts can share. Give the "
            "handout page instead on the kit’s page, or have the kit made in your own Drive.")
UNSEEN = ("Google no longer lets Throughline see the files it made in your Drive, so nobody knows whether they are still there. "
          "Allow it again on the kit’s page, or give the handout page instead.")
GONE_FROM_KIT = "A Google Doc of this kit is no longer in Drive. Make it again on the kit’s page, or give the handout page instead."
OFTEN = timedelta(minutes=1)
"""Drive is not asked again about the same kit before that."""


class Stage(StrEnum):
    """How far a kit's files are."""

    NOT_GRANTED = "not granted"
    NOT_MADE = "not made"
    MAKING = "making"
    STOPPED = "stopped"
    """Some are made, or none; the rest waits for her."""
    MADE = "made"
    GONE = "gone"
    """All were made, and some are no longer there."""


@dataclass(frozen=True)
class DocumentCard:
    """One sheet as a file; `file_id` and `link` are empty until it is made."""

    sheet: str
    title: str
    is_for_class: bool
    file_id: str
    reason: str

    @property
    def is_gone(self) -> bool:
        """Whether it was made, and Drive no longer has it."""
        return bool(self.file_id and self.reason)

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
    is_looking: bool = False
    """Whether Drive is being asked if they are still there."""
    may_look: bool = False
    """Whether it is worth asking again."""


def request_documents(desk: Desk, school_id: str, account_id: str, kit_id: str) -> None:
    """Have every sheet of a kit made as a file, one that is gone anew; what is there stays. Raises NotFound, NotAllowed."""
    card = kit(desk, school_id, kit_id)
    keys = [sheet.key for sheet in sheets(card, paper_of(card))]
    with desk.transaction() as session:
        now, account = database_now(session), session.get_one(Account, account_id)
        if FILES not in account.scopes:
            raise NotAllowed(NOT_GIVEN)
        insert_missing(session, KitDocument, [
            {"id": new_id(), "school_id": school_id, "kit_id": kit_id, "account_id": account_id, "sheet": key, "file_id": "",
             "asked_at": now, "reason": ""} for key in keys], key=("kit_id", "sheet"))
        session.execute(update(KitDocument).where(KitDocument.kit_id == kit_id, KitDocument.file_id != "", KitDocument.reason != "")
                        .values(file_id="", tried_at=None, next_at=None))
        session.execute(update(KitDocument).where(
            KitDocument.kit_id == kit_id, KitDocument.file_id == "", KitDocument.next_at.is_(None))
            .values(asked_at=now, next_at=now, reason=""))
        later.ask(session, later.Job.MAKE_DOCUMENTS, kit_id=kit_id)


def look_for_documents(desk: Desk, school_id: str, kit_id: str) -> None:
    """Have Drive asked whether the files made are still there, unless it was asked a moment ago or may not be. Raises NotFound."""
    kit(desk, school_id, kit_id)
    with desk.transaction() as session:
        now, owner = database_now(session), session.scalar(select(Account).join(KitDocument, KitDocument.account_id == Account.id)
                                                           .where(KitDocument.kit_id == kit_id).limit(1))
        if owner is None or FILES not in owner.scopes:
            return
        due = session.scalars(update(KitDocument).where(
            KitDocument.kit_id == kit_id, KitDocument.file_id != "", KitDocument.next_at.is_(None),
            KitDocument.asked_at <= now - OFTEN)
            .values(asked_at=now, next_at=now).returning(KitDocument.id)).all()
        if due:
            later.ask(session, later.Job.MAKE_DOCUMENTS, kit_id=kit_id)


def unfit(desk: Desk, school_id: str, account_id: str, file_ids: Collection[str]) -> str:
    """Why kits' files among these cannot be in what this account posts, as a sentence; empty when they can."""
    with desk.transaction() as session:
        rows = session.scalars(select(KitDocument).where(KitDocument.school_id == school_id, KitDocument.file_id.in_(file_ids),
                                                         KitDocument.file_id != "")).all() if file_ids else []
        foreign = next((row for row in rows if row.account_id != account_id), None)
        if foreign is not None:
            owner = session.get_one(Account, foreign.account_id)
            return NOT_HERS.format(owner.name or owner.email)
        if rows and FILES not in session.get_one(Account, account_id).scopes:
            return UNSEEN
    return GONE_FROM_KIT if any(row.reason for row in rows) else ""


def documents(desk: Desk, school_id: str, account_id: str, kit_id: str) -> Documents:
    """How far a kit's files are, as this account sees it. Raises NotFound."""
    card = kit(desk, school_id, kit_id)
    with desk.transaction() as session:
        rows = {row.sheet: row for row in session.scalars(select(KitDocument).where(KitDocument.kit_id == kit_id))}
        owner = session.get(Account, next(iter(rows.values())).account_id) if rows else None
        mine, long_ago = session.get_one(Account, account_id), database_now(session) - OFTEN
    if not rows:
        return Documents(Stage.NOT_MADE if FILES in mine.scopes else Stage.NOT_GRANTED, is_granted=FILES in mine.scopes)
    cards = tuple(DocumentCard(sheet.key, sheet.title, sheet.is_for_class, rows[sheet.key].file_id, rows[sheet.key].reason)
                  for sheet in sheets(card, paper_of(card)) if sheet.key in rows)
    reason = next((row.reason for row in rows.values() if row.reason and not row.file_id), "")
    made = [row for row in rows.values() if row.file_id]
    return Documents(_stage(list(rows.values())), cards, reason, "" if owner is None or owner.id == account_id else owner.name,
                     FILES in mine.scopes, any(row.next_at for row in made),
                     owner is not None and FILES in owner.scopes and any(
                         row.next_at is None and row.asked_at <= long_ago for row in made))


def _stage(rows: list[KitDocument]) -> Stage:
    left = [row for row in rows if not row.file_id]
    if not left:
        return Stage.GONE if any(row.reason for row in rows) else Stage.MADE
    return Stage.MAKING if any(row.next_at for row in left) else Stage.STOPPED
