"""Write a letter down. It is one row for its kind, person and occasion, however often it is written; nothing is sent by this."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration import later, nature
from integration.letters.models import Kind, Letter, LetterHabit, LetterState
from integration.letters.words import Words, kept
from integration.records.base import new_id
from integration.records.upsert import insert_missing

LONGEST_SUBJECT = 300
CHANGEABLE = (LetterState.DRAFT, LetterState.READY)


@dataclass(frozen=True)
class NewLetter:
    """A letter as another room wants it written."""

    account_id: str
    kind: Kind
    person: str
    """`teacher:<id>`, `account:<id>`, or `school:<id>` for everybody there."""
    occasion: str
    to_name: str
    to_address: str
    words: Words


def write(session: Session, school_id: str, new: NewLetter, now: datetime) -> str:
    """Write a letter down, or anew while it has not gone; gives its id.

    It waits for her look unless she lets its kind go. What is to herself goes, or lies aside once she switched it off.
    """
    subject = " ".join(new.words.subject.split())[:LONGEST_SUBJECT]
    insert_missing(session, Letter, [{
        "id": new_id(), "school_id": school_id, "account_id": new.account_id, "kind": new.kind, "person": new.person,
        "occasion": new.occasion, "to_name": new.to_name, "to_address": new.to_address, "subject": subject,
        "words": kept(new.words.parts), "state": _begins(session, new), "reason": "", "way": "",
        "message_id": nature.token(16), "next_at": now, "tries": 0, "written_at": now}], key=("kind", "person", "occasion"))
    row = session.scalars(select(Letter).where(
        Letter.kind == new.kind, Letter.person == new.person, Letter.occasion == new.occasion).with_for_update()).one()
    if row.state in CHANGEABLE:
        row.subject, row.words, row.to_address = subject, kept(new.words.parts), row.to_address or new.to_address
    if row.state is LetterState.READY:
        later.ask(session, later.Job.SEND_LETTERS, school_id=school_id)
    return row.id


def _begins(session: Session, new: NewLetter) -> LetterState:
    is_to_herself = new.person == f"account:{new.account_id}"
    goes = session.scalar(select(LetterHabit.goes).where(
        LetterHabit.account_id == new.account_id, LetterHabit.kind == new.kind))
    if is_to_herself if goes is None else goes:
        return LetterState.READY
    return LetterState.ASIDE if is_to_herself else LetterState.DRAFT
