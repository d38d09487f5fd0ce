"""Count whom the library reached, with the list behind every figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from integration.accounts.schools import school
from integration.courses.shelf import GRADES, grade_name
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.shelf import partnerships
from integration.reach.posts import SeenPost, partners, seen_posts

FEW = 10
"""Fewer students than this are shown as “< 10”."""


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
        return "< 10" if is_small(self.students) else f"{self.students:,}"


def is_small(students: int | None) -> bool:
    """Whether so few students are not told apart."""
    return students is not None and 0 < students < FEW


def students_beside(total: ReachRow, rows: Sequence[ReachRow]) -> str:
    """The total's students fit to show under `rows`: to the nearest ten where a row is hidden, so that no difference tells it."""
    if total.students is None or total.students < FEW or not any(is_small(row.students) for row in rows):
        return total.students_shown
    return f"about {round(total.students, -1):,}"


@dataclass(frozen=True)
class _Group:
    """What a row stands for; a grade's row names only that grade, a teacher's only that teacher."""

    key: str
    label: str
    grade: str = ""
    teacher_id: str = ""
    order: tuple[int, str] = (0, "")


def count(desk: Desk, school_id: str, *, by: str = By.CLASS, start: date | None = None, end: date | None = None
          ) -> list[ReachRow]:
    """Rows of `by` for a period: without `start` from the school year's first day, without `end` to today.

    Raises Invalid for an unknown `by` or a period that ends before it starts.
    """
    if by not in set(By):
        raise Invalid(fields={"by": f"Reach is counted by {', '.join(By)}; “{by}” is none of these."})
    groups_of = _ways(desk, school_id)[By(by)]
    found: dict[_Group, list[SeenPost]] = {}
    for post in _seen(desk, school_id, start, end):
        for group in groups_of(post):
            found.setdefault(group, []).append(post)
    return [_row(group, found[group]) for group in sorted(found, key=lambda group: (group.order, group.label, group.key))]


def total(desk: Desk, school_id: str, *, start: date | None = None, end: date | None = None) -> ReachRow:
    """The one row over everything in the period; its key is `total`."""
    return row_over(_seen(desk, school_id, start, end))


def row_over(posts: Sequence[SeenPost]) -> ReachRow:
    """The one row over these posts."""
    return _row(_Group("total", "Everything"), posts)


def this_year(desk: Desk, school_id: str) -> tuple[date, date]:
    """The school year so far: its first day, and today."""
    card = school(desk, school_id)
    today = card.today(desk.now())
    return _first_day(today, card.year_starts_month), today


def _seen(desk: Desk, school_id: str, start: date | None, end: date | None) -> list[SeenPost]:
    card = school(desk, school_id)
    last = end or desk.now().astimezone(ZoneInfo(card.timezone)).date()
    first = start or _first_day(last, card.year_starts_month)
    if first > last:
        raise Invalid(fields={"to": f"The period ends on {last} and would begin on {first}. Choose a later end."})
    return seen_posts(desk, school_id, first, last)


def _first_day(day: date, month: int) -> date:
    """The first day of the school year that `day` is in."""
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def _ways(desk: Desk, school_id: str) -> dict[By, Callable[[SeenPost], list[_Group]]]:
    ours = {card.teacher_id: card.id for card in partnerships(desk, school_id)}
    return {
        By.CLASS: lambda post: [_Group(post.course.id, post.course.name)],
        By.GRADE: _by_grade,
        By.TEACHER: lambda post: [_Group(each.id, each.called, teacher_id=each.id) for each in post.partners],
        By.PARTNERSHIP: lambda post: [_Group(ours[each.id], each.called, teacher_id=each.id) for each in post.partners
                                      if each.id in ours],
        By.SUBJECT: lambda post: [_Group(post.course.subject, post.course.subject or "No subject found")],
        By.MONTH: lambda post: [_Group(f"{post.on:%Y-%m}", f"{post.on:%B %Y}", order=(0, f"{post.on:%Y-%m}"))],
    }


def _by_grade(post: SeenPost) -> list[_Group]:
    """A class of two grades counts in each; one without any has a row of its own, at the end."""
    return [_Group(grade, grade_name(grade), grade=grade, order=(GRADES.index(grade), "")) for grade in post.course.grades
            ] or [_Group("", "No grade found", order=(len(GRADES), ""))]


def _row(group: _Group, posts: Sequence[SeenPost]) -> ReachRow:
    cards = {post.course.id: post.course for post in posts}
    grades = {group.grade} if group.grade else {grade for card in cards.values() for grade in card.grades}
    teachers = {group.teacher_id: None} if group.teacher_id else {
        each.id: None for card in cards.values() for each in partners(card)}
    sizes = [card.students for card in cards.values() if card.students is not None]
    return ReachRow(
        key=group.key, label=group.label, class_ids=tuple(cards), grade_ids=tuple(sorted(grades, key=GRADES.index)),
        teacher_ids=tuple(teachers), delivery_ids=tuple(post.delivery_id for post in posts),
        standing_ids=tuple(post.delivery_id for post in posts if post.stands),
        edited_ids=tuple(post.delivery_id for post in posts if post.edited),
        removed_ids=tuple(post.delivery_id for post in posts if post.removed),
        students=sum(sizes) if sizes else None,
        uncounted_ids=tuple(id for id, card in cards.items() if card.students is None))
