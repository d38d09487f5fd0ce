"""The letter that tells a teacher what was chosen for good by a link of hers, with one link that takes it back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.models import Account, School
from integration.consent.choices import ChoiceCard
from integration.consent.models import Choice
from integration.courses.models import Teacher
from integration.letters.links import link_to
from integration.letters.models import Kind, Letter, LetterState
from integration.letters.words import Part, Words
from integration.letters.write import CHANGEABLE, NewLetter, write

CHOSEN = {
    Choice.ALWAYS: "Always yes: what I share is posted in your classes without asking you again.",
    Choice.ASK: "Ask each time: nothing is shown before you have said yes.",
    Choice.DRAFT: "Leave as a draft: what I share lies in your classes for you to publish.",
    Choice.NEVER: "Never: nothing more comes from the library, and you are not asked."}


def tell_of_choice(session: Session, settings: Settings, school_id: str, card: ChoiceCard, now: datetime) -> None:
    """Write her one letter a day for each thing that was chosen, in the name of the librarian who wrote to her last."""
    if card.before is None or card.changed_at != now:
        return
    account_id = session.scalar(select(Letter.account_id).where(
        Letter.person == f"teacher:{card.teacher_id}").order_by(Letter.id.desc()).limit(1))
    if account_id is None:
        return
    teacher, school, account = (session.get_one(Teacher, card.teacher_id), session.get_one(School, school_id),
                                session.get_one(Account, account_id))
    at = now.astimezone(ZoneInfo(school.timezone))
    link = link_to(session, settings, school_id, f"teacher:{teacher.id}", now)
    write(session, school_id, NewLetter(
        account_id, Kind.CHOSEN, f"teacher:{teacher.id}", f"{at:%Y-%m-%d} {card.choice}", teacher.name, teacher.email,
        chosen_letter(teacher.name, account.name or account.email, school.name, card.choice, at, link)), now)


def no_longer_told(session: Session, teacher_id: str) -> None:
    """Lay aside what has not gone yet of such letters, because she took her choice back."""
    session.execute(update(Letter).where(
        Letter.kind == Kind.CHOSEN, Letter.person == f"teacher:{teacher_id}", Letter.state.in_(CHANGEABLE))
        .values(state=LetterState.ASIDE))


def chosen_letter(teacher: str, librarian: str, school: str, choice: Choice, at: datetime, link: str) -> Words:
    """What the letter says; `at` is a moment on the school's own clock."""
    return Words("What you chose for the library in your classes", (
        Part("say", f"Dear {teacher or 'colleague'},"),
        Part("say", f"on {at:%A, %B} {at.day}, this was chosen with a link in one of my letters:"),
        Part("list", lines=(CHOSEN[choice],)),
        Part("say", "If it was you, you need not do anything. Mail programs sometimes press buttons by themselves; if it was not "
                    "you, or you think otherwise now, one press takes it back."),
        Part("way", "See it, or take it back", link=link),
        Part("say", f"{librarian}, school librarian, {school}")))
