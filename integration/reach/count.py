"""Count whom the library reached: the database counts the posts, and the list behind every figure is read when it is opened."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from integration.accounts.schools import school
from integration.courses.shelf import GRADES, grade_name
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.shelf import partnerships
from integration.reach.classes import reach_classes
from integration.reach.tally import Fate, Posts, Tally, fates, span_of_posts, tally

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

    `deliveries` are the posts students saw at some time; `standing` are there now, `edited` there but changed by the teacher,
    `removed` taken away by her. `students` adds up the known class sizes, so a student of two classes counts in both.
    """

    key: str
    label: str
    class_ids: tuple[str, ...]
    grade_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    deliveries: int
    standing: int
    edited: int
    removed: int
    posts: Posts
    """All of its posts; with another fate, those that met with it."""
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
    """What a row stands for; a grade's row names only that grade, a teacher's only that teacher, a month's has only its posts."""

    key: str
    label: str
    grade: str = ""
    teacher_id: str = ""
    order: tuple[int, str] = (0, "")
    month: str = ""


def count(desk: Desk, school_id: str, *, by: str = By.CLASS, start: date | None = None, end: date | None = None
          ) -> list[ReachRow]:
    """Rows of `by` for a period: without `start` from the school year's first day, without `end` to today.

    Raises Invalid for an unknown `by` or a period that ends before it starts.
    """
    if by not in set(By):
        raise Invalid(fields={"by": f"Reach is counted by {', '.join(By)}; “{by}” is none of these."})
    return rows_and_total(desk, school_id, by=By(by), start=start, end=end)[0]


def total(desk: Desk, school_id: str, *, start: date | None = None, end: date | None = None) -> ReachRow:
    """The one row over everything in the period; its key is `total`."""
    return _row(_EVERYTHING, *_tallies(desk, school_id, start, end))


def rows_and_total(desk: Desk, school_id: str, *, by: By, start: date | None = None, end: date | None = None
                   ) -> tuple[list[ReachRow], ReachRow]:
    """`count` and `total` of one reading. Raises Invalid."""
    groups_of, found = _ways(desk, school_id)[by], dict[_Group, list[Tally]]()
    of, tallies = _tallies(desk, school_id, start, end)
    for each in tallies:
        for group in groups_of(each):
            found.setdefault(group, []).append(each)
    rows = [_row(group, of, found[group]) for group in sorted(found, key=lambda group: (group.order, group.label, group.key))]
    return rows, _row(_EVERYTHING, of, tallies)


def ids_behind(desk: Desk, school_id: str, rows: Sequence[ReachRow]) -> list[dict[Fate, list[str]]]:
    """For each row the ids of its posts by what became of them, oldest first. It reads every post of the rows' time, once."""
    if not rows:
        return []
    card = school(desk, school_id)
    zone, held = ZoneInfo(card.timezone), [{fate: list[str]() for fate in Fate} for _ in rows]
    classes = [None if row.posts.class_ids is None else frozenset(row.posts.class_ids) for row in rows]
    first, last = min(row.posts.first for row in rows), max(row.posts.last for row in rows)
    for id, course_id, at, met in fates(desk, card, first, last):
        on = at.astimezone(zone).date()
        for row, among, ids in zip(rows, classes, held, strict=True):
            if row.posts.first <= on <= row.posts.last and (among is None or course_id in among):
                for fate in met:
                    ids[fate].append(id)
    return held


def this_year(desk: Desk, school_id: str) -> tuple[date, date]:
    """The school year so far: its first day, and today."""
    card = school(desk, school_id)
    today = card.today(desk.now())
    return _first_day(today, card.year_starts_month), today


def _tallies(desk: Desk, school_id: str, start: date | None, end: date | None) -> tuple[Posts, list[Tally]]:
    card = school(desk, school_id)
    last = end or card.today(desk.now())
    first = start or _first_day(last, card.year_starts_month)
    if first > last:
        raise Invalid(fields={"to": f"The period ends on {last} and would begin on {first}. Choose a later end."})
    shown = span_of_posts(desk, card, first, last)
    return Posts(first, last), tally(desk, card, reach_classes(desk, school_id), *shown) if shown else []


def _first_day(day: date, month: int) -> date:
    """The first day of the school year that `day` is in."""
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def _ways(desk: Desk, school_id: str) -> dict[By, Callable[[Tally], list[_Group]]]:
    ours = {card.teacher_id: card.id for card in partnerships(desk, school_id)}
    return {
        By.CLASS: lambda of: [_Group(of.course.id, of.course.name)],
        By.GRADE: _by_grade,
        By.TEACHER: lambda of: [_Group(each.id, each.called, teacher_id=each.id) for each in of.course.partners],
        By.PARTNERSHIP: lambda of: [_Group(ours[each.id], each.called, teacher_id=each.id) for each in of.course.partners
                                    if each.id in ours],
        By.SUBJECT: lambda of: [_Group(of.course.subject, of.course.subject or "No subject found")],
        By.MONTH: lambda of: [_Group(of.month, f"{date.fromisoformat(f'{of.month}-01'):%B %Y}", order=(0, of.month),
                                     month=of.month)],
    }


def _by_grade(of: Tally) -> list[_Group]:
    """A class of two grades counts in each; one without any has a row of its own, at the end."""
    return [_Group(grade, grade_name(grade), grade=grade, order=(GRADES.index(grade), "")) for grade in of.course.grades
            ] or [_Group("", "No grade found", order=(len(GRADES), ""))]


_EVERYTHING = _Group("total", "Everything")


def _row(group: _Group, of: Posts, tallies: Sequence[Tally]) -> ReachRow:
    cards = {each.course.id: each.course for each in tallies}
    grades = {group.grade} if group.grade else {grade for card in cards.values() for grade in card.grades}
    teachers = {group.teacher_id: None} if group.teacher_id else {
        each.id: None for card in cards.values() for each in card.partners}
    sizes = [card.students for card in cards.values() if card.students is not None]
    return ReachRow(
        key=group.key, label=group.label, class_ids=tuple(cards), grade_ids=tuple(sorted(grades, key=GRADES.index)),
        teacher_ids=tuple(teachers), deliveries=sum(each.seen for each in tallies), standing=sum(each.standing for each in tallies),
        edited=sum(each.edited for each in tallies), removed=sum(each.removed for each in tallies), posts=_posts(group, of, cards),
        students=sum(sizes) if sizes else None,
        uncounted_ids=tuple(id for id, card in cards.items() if card.students is None))


def _posts(group: _Group, of: Posts, class_ids: Iterable[str]) -> Posts:
    if group == _EVERYTHING:
        return of
    if not group.month:
        return replace(of, class_ids=tuple(class_ids))
    begins = date.fromisoformat(f"{group.month}-01")
    ends = begins.replace(day=monthrange(begins.year, begins.month)[1])
    return replace(of, first=max(of.first, begins), last=min(of.last, ends))
