"""Whether a class's teacher must be asked, and what she answered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from integration.consent.models import Agreement
from integration.courses.models import Mode
from integration.courses.shelf import CourseCard
from integration.desk import Desk


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as written down."""

    course_id: str
    occasion: str
    by: str
    on: date
    written_at: datetime


def agreement(desk: Desk, school_id: str, course_id: str, occasion: str) -> AgreementCard | None:
    """What was agreed to `occasion` in this class, or None: silence is not consent."""
    with desk.transaction() as session:
        row = session.scalar(select(Agreement).where(
            Agreement.school_id == school_id, Agreement.course_id == course_id, Agreement.occasion == occasion))
        return AgreementCard(row.course_id, row.occasion, row.by, row.on, row.written_at) if row else None


def needs_teacher(course: CourseCard) -> bool:
    """Whether a teacher must agree first: always in a class that is not the librarian's own."""
    return course.mode is not Mode.OWN
