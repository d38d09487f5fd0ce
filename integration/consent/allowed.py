"""Whether a class's teacher must be asked, and what she answered."""

from dataclasses import dataclass
from datetime import date, datetime

from integration.courses.shelf import CourseCard
from integration.desk import Desk
from integration.errors import NotFound


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
    raise NotFound


def needs_teacher(course: CourseCard) -> bool:
    """Whether a teacher must agree first: always in a class that is not the librarian's own."""
    raise NotFound
