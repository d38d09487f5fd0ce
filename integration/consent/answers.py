"""Keep what a teacher said to the posts she was asked about: each once, however often it is sent; taken back as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.consent.models import Answer, Question, QuestionPost, Said
from integration.errors import NotFound
from integration.letters.links import NOTHING
from integration.records import audit
from integration.records.base import new_id

# Built once: putting a statement together takes longer than carrying it out.
_POSTS = select(QuestionPost).where(QuestionPost.question_id == bindparam("question_id")).order_by(QuestionPost.id)
_ANSWERS = select(Answer).where(Answer.question_id == bindparam("question_id"), Answer.withdrawn_at.is_(None))
TWO_ANSWERS = "Two different answers came by its link within a short time, so both were put aside and nothing was posted."


@dataclass(frozen=True)
class Reply:
    """What she says to one post; her words and her day only where she changed them."""

    occasion: str
    said: Said
    title: str = ""
    text: str = ""
    on: date | None = None


def locked_question(session: Session, school_id: str, question_id: str) -> Question:
    """A question's row, held until the transaction ends, so that of many answers at once one comes first. Raises NotFound."""
    row = session.scalar(select(Question).where(Question.school_id == school_id, Question.id == question_id).with_for_update())
    if row is None:
        raise NotFound(NOTHING)
    return row


def posts_of(session: Session, question_id: str) -> Sequence[QuestionPost]:
    """The posts a question is about, in the order they were asked."""
    return session.scalars(_POSTS, {"question_id": question_id}).all()


def answers_of(session: Session, question_id: str) -> dict[str, Answer]:
    """What she said and did not take back, by occasion."""
    rows = session.scalars(_ANSWERS, {"question_id": question_id})
    return {row.occasion: row for row in rows}


def contradicts(known: Answer, reply: Reply) -> bool:
    """Whether she said something else before."""
    return (known.said, known.title, known.text, known.on) != (reply.said, reply.title, reply.text, reply.on)


def keep(session: Session, question: Question, reply: Reply, now: datetime) -> None:
    """Write an answer down."""
    session.add(Answer(id=new_id(), school_id=question.school_id, question_id=question.id, occasion=reply.occasion,
                       said=reply.said, title=reply.title, text=reply.text, on=reply.on, at=now))
    audit.note(session, school_id=question.school_id, at=now, actor=f"teacher:{question.teacher_id}",
               verb=f"answer {reply.said}", object=reply.occasion)


def withdraw(session: Session, question: Question, answers: Iterable[Answer], now: datetime) -> None:
    """Take answers back; they stay written down, and the question is open again."""
    for row in answers:
        row.withdrawn_at = now
        audit.note(session, school_id=question.school_id, at=now, actor=f"teacher:{question.teacher_id}", verb="withdraw answer",
                   object=row.occasion)
    question.answered_at = None


def flag(session: Session, question: Question, sentence: str, now: datetime) -> None:
    """Write down that a question's link was used in an unusual way."""
    question.odd = sentence
    audit.note(session, school_id=question.school_id, at=now, actor="link", verb="odd use", object=f"question:{question.id}",
               result=sentence)
