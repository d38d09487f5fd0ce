"""Thank a teacher for something in the log: a letter for the librarian to look at, which asks whether she may be named for it.

The letter itself is to her alone. Until she says yes by its link, no letter to others names her.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import Account, School
from integration.courses.models import Teacher
from integration.desk import Desk
from integration.letters.links import link_to
from integration.letters.models import Kind, Letter
from integration.letters.words import Part, Words
from integration.letters.write import CHANGEABLE, NewLetter, write
from integration.partnerships.models import ShoutOut, ShoutOutState
from integration.partnerships.shelf import EntryCard, entry
from integration.records.base import new_id
from integration.records.upsert import insert_missing

SORT = "thanks"


@dataclass(frozen=True)
class Deed:
    """What a thank-you is for. `public` is the sentence others would read; empty where we do not know her name."""

    teacher: str
    librarian: str
    school: str
    activity: str
    class_name: str
    on: date
    public: str


def thank(desk: Desk, school_id: str, account_id: str, entry_id: str) -> str:
    """Write the thank-you for an entry, or anew while it has not gone; gives the letter's id. Raises NotFound."""
    card = entry(desk, school_id, entry_id)
    with desk.transaction() as session:
        teacher, account = session.get_one(Teacher, card.teacher_id), session.get_one(Account, account_id)
        asked = _asked(session, school_id, card, teacher.name) if teacher.name else None
        link = link_to(session, desk.settings, school_id, f"{SORT}:{asked.id}", desk.now()) if asked else ""
        deed = Deed(card.teacher, account.name or account.email, session.get_one(School, school_id).name, card.activity,
                    card.classes[0].name if len(card.classes) == 1 else "", card.on, asked.words if asked else "")
        return write(session, school_id, _letter(account_id, teacher, entry_id, thanks_letter(deed, link)), desk.now())


def thanks_letter(deed: Deed, link: str) -> Words:
    """A thank-you that names what they really did, and shows the very words it asks to say before others."""
    where = f" with {deed.class_name}" if deed.class_name else ""
    asks = (Part("say", "May I thank you by name in the library’s letters to all teachers? It would say:"),
            Part("list", lines=(deed.public,)), Part("way", "Yes, or rather not", link=link),
            Part("fine", "Without your yes, nobody is named.")) if deed.public else ()
    return Words(f"Thank you for “{deed.activity}”", (
        Part("say", f"Dear {deed.teacher},"),
        Part("say", f"thank you for “{deed.activity}”{where} on {deed.on:%B} {deed.on.day}. I would gladly do it "
                    "again."),
        *asks, Part("say", f"{deed.librarian}, school librarian, {deed.school}")))


def public_words(teacher: str, activity: str) -> str:
    """How a teacher is thanked before her colleagues."""
    return f"Thank you, {teacher}, for “{activity}”."


def _asked(session: Session, school_id: str, card: EntryCard, name: str) -> ShoutOut:
    """The sentence she is asked about; it follows a corrected entry until its letter is on its way."""
    words = public_words(name, card.activity)
    insert_missing(session, ShoutOut, [{"id": new_id(), "school_id": school_id, "entry_id": card.id, "teacher_id": card.teacher_id,
                                        "words": words, "state": ShoutOutState.OPEN}], key=("entry_id", "teacher_id"))
    row = session.scalars(select(ShoutOut).where(
        ShoutOut.entry_id == card.id, ShoutOut.teacher_id == card.teacher_id).with_for_update()).one()
    gone = session.scalar(select(Letter.id).where(
        Letter.kind == Kind.THANKS, Letter.person == f"teacher:{card.teacher_id}", Letter.occasion == card.id,
        Letter.state.not_in(CHANGEABLE)))
    if row.state is ShoutOutState.OPEN and gone is None:
        row.words = words
    return row


def _letter(account_id: str, teacher: Teacher, entry_id: str, words: Words) -> NewLetter:
    return NewLetter(account_id, Kind.THANKS, f"teacher:{teacher.id}", entry_id, teacher.name, teacher.email, words)
