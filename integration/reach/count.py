"""Count whom the library reached, with the list behind every figure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from integration.desk import Desk
from integration.errors import NotFound


class By(StrEnum):
    """What the rows of a count stand for."""

    PARTNERSHIP = "partnership"
    CLASS = "class"
    GRADE = "grade"
    TEACHER = "teacher"
    SUBJECT = "subject"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """From one day to another, both included, in the school's time zone."""

    start: date
    end: date


@dataclass(frozen=True)
class ReachRow:
    """One row; every figure is the length of the list behind it, and no class is counted twice.

    Delivered is what students saw at some time; `standing` is there now, `edited` there but changed by the teacher,
    `removed` taken away by her. `students` adds up the known class sizes, so a student of two classes counts in both.
    """

    key: str
    label: str
    class_ids: tuple[str, ...]
    grade_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    delivery_ids: tuple[str, ...]
    standing_ids: tuple[str, ...]
    edited_ids: tuple[str, ...]
    removed_ids: tuple[str, ...]
    students: int | None
    """None when no class of the row has a known size."""
    uncounted_ids: tuple[str, ...]
    """The classes whose size is not known."""

    @property
    def classes(self) -> int:
        """How many classes."""
        return len(self.class_ids)

    @property
    def grades(self) -> int:
        """How many grades."""
        return len(self.grade_ids)

    @property
    def teachers(self) -> int:
        """How many partner teachers."""
        return len(self.teacher_ids)

    @property
    def deliveries(self) -> int:
        """How many posts students saw at some time."""
        return len(self.delivery_ids)

    @property
    def standing(self) -> int:
        """How many of them stand now."""
        return len(self.standing_ids)

    @property
    def edited(self) -> int:
        """How many stand and were changed by the teacher."""
        return len(self.edited_ids)

    @property
    def removed(self) -> int:
        """How many the teacher took away."""
        return len(self.removed_ids)

    @property
    def students_shown(self) -> str:
        """The number of students fit to show: small groups are not told apart."""
        if self.students is None:
            return "not counted"
        return "< 10" if 0 < self.students < 10 else f"{self.students:,}"


def count(desk: Desk, school_id: str, *, by: str = By.CLASS, start: date | None = None, end: date | None = None
          ) -> list[ReachRow]:
    """Rows of `by` for a period: without `start` from the school year's first day, without `end` to today.

    Raises Invalid for an unknown `by` or a period that ends before it starts.
    """
    raise NotFound


def total(desk: Desk, school_id: str, *, start: date | None = None, end: date | None = None) -> ReachRow:
    """The one row over everything in the period; its key is `total`."""
    raise NotFound
