"""Remind a teacher once of what she was asked and has not answered; silence stays no."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from config.settings import Settings
from integration.accounts.schools import SchoolCard
from integration.consent.models import Question
from integration.consent.question_letter import asking, reminder_letter
from integration.courses.models import Teacher
from integration.letters.models import Kind, Letter, LetterState
from integration.letters.write import NewLetter, write

REMINDS_AFTER = timedelta(days=3)
GIVES_UP_AFTER = timedelta(days=14)
"""How long after the letter went out her silence is taken for good."""
FORGETS_AFTER = timedelta(days=60)


def to_follow_up(session: Session, now: datetime) -> Sequence[Question]:
    """The open questions it is time to remind of, or whose time is over."""
    reminder = aliased(Letter)
    is_reminded = select(reminder.id).where(reminder.kind == Kind.REMINDER, reminder.occasion == Question.id).exists()
    return session.scalars(_asked_by_letter(now).where(
        or_(Letter.sent_at <= now - GIVES_UP_AFTER, ~is_reminded)).order_by(Question.id)).all()


def is_over(session: Session, question: Question, now: datetime) -> bool:
    """Whether her silence is taken for good."""
    return session.scalar(_asked_by_letter(now).where(
        Question.id == question.id, Letter.sent_at <= now - GIVES_UP_AFTER)) is not None


def _asked_by_letter(now: datetime) -> Select[Question]:
    """Open questions whose letter went out at least three days ago."""
    return select(Question).join(Letter, Letter.occasion == Question.id).where(
        Letter.kind == Kind.QUESTION, Letter.state == LetterState.SENT, Letter.sent_at <= now - REMINDS_AFTER,
        Question.answered_at.is_(None), Question.asked_at > now - FORGETS_AFTER)


def remind(session: Session, settings: Settings, place: SchoolCard, question: Question, now: datetime) -> None:
    """Write the reminder down; it waits for the librarian's look like every letter."""
    teacher = session.get_one(Teacher, question.teacher_id)
    words = reminder_letter(asking(session, settings, place, question.id, now))
    write(session, place.id, NewLetter(question.account_id, Kind.REMINDER, f"teacher:{teacher.id}", question.id, teacher.name,
                                       teacher.email, words), now)
