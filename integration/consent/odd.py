"""Which links were used as no person uses them, so that the librarian looks before students see anything, or soon afterwards."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from integration.consent.models import Question, QuestionPost
from integration.courses.models import Teacher
from integration.desk import Desk

SHOWN_FOR = timedelta(days=14)
"""A link opens for seven days from when its letter goes out, and the brief comes once a week."""


@dataclass(frozen=True)
class OddUse:
    """A question whose link was used in an unusual way. `delivery_id` is one of the posts it is about."""

    teacher: str
    sentence: str
    delivery_id: str


def odd_uses(desk: Desk, school_id: str, *, at_most: int | None = None) -> list[OddUse]:
    """Those of the last days, the newest first."""
    with desk.transaction() as session:
        rows = session.execute(
            select(Question.id, Question.odd, Teacher.name, QuestionPost.occasion)
            .join(Teacher, Teacher.id == Question.teacher_id).join(QuestionPost, QuestionPost.question_id == Question.id)
            .where(Question.school_id == school_id, Question.odd != "", Question.asked_at > desk.now() - SHOWN_FOR)
            .order_by(Question.id.desc(), QuestionPost.id)).all()
    found = {row.id: OddUse(row.name or "a teacher", row.odd, row.occasion.partition(":")[2]) for row in reversed(rows)}
    return list(reversed(found.values()))[:at_most]
