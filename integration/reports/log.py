"""The log in figures: the database counts entries, and the partnerships, classes and minutes in them, in one reading for each.

A count and its list are made of the same condition, so the two cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from integration.courses.models import Course
from integration.desk import Desk
from integration.partnerships.models import Entry, EntryCourse, Partnership
from integration.partnerships.shelf import carries
from integration.records.plans import plan_anew
from integration.reports.models import GoalEntry


@dataclass(frozen=True)
class Serving:
    """A goal that entries serve, by her word or by a standard they carry."""

    goal_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Entries:
    """Which entries: of these days, both included; of those, where it is said, the ones that serve a goal, or at these levels."""

    first: date
    last: date
    serving: Serving | None = None
    levels: tuple[tuple[str, str], ...] | None = None
    """Pairs of a scheme and a level as they were written."""
    with_minutes: bool = False

    @property
    def are_meant(self) -> ColumnElement[bool]:
        """The condition."""
        said = [Entry.on >= self.first, Entry.on <= self.last]
        if self.serving:
            said.append(_serve(self.serving))
        if self.levels is not None:
            said.append(or_(false(), *(and_(Entry.scheme == scheme, Entry.level == level) for scheme, level in self.levels)))
        return and_(*said, Entry.minutes.is_not(None)) if self.with_minutes else and_(*said)


@dataclass(frozen=True)
class Counted:
    """What the database counted of some entries."""

    entries: int
    partnerships: int
    timed: int
    minutes: int
    classes: int


def counted(desk: Desk, school_id: str, wanted: Sequence[Entries]) -> list[Counted]:
    """What there is of each, all of the same days: the log is read once for its classes, and once for everything else."""
    within = and_(Entry.school_id == school_id, Entry.on >= wanted[0].first, Entry.on <= wanted[0].last)
    asked = [column for each in wanted for column in _asked(each.are_meant)]
    in_classes = [func.count(EntryCourse.course_id.distinct()).filter(each.are_meant) for each in wanted]
    with desk.transaction() as session:
        plan_anew(session)
        of_log = session.execute(select(*asked).where(within)).one()
        of_classes = session.execute(select(*in_classes).select_from(EntryCourse).join(Entry, Entry.id == EntryCourse.entry_id)
                                     .where(within)).one()
    them = iter(of_log)
    return [Counted(next(them), next(them), next(them), next(them), classes) for classes in of_classes]


def by_level(desk: Desk, school_id: str, first: date, last: date) -> list[tuple[str, str, int]]:
    """Each scheme and level as written, with how many entries are at it."""
    with desk.transaction() as session:
        return [(scheme, level, many) for scheme, level, many in session.execute(
            select(Entry.scheme, Entry.level, func.count()).where(
                Entry.school_id == school_id, Entry.level != "", Entry.on >= first, Entry.on <= last)
            .group_by(Entry.scheme, Entry.level).order_by(Entry.scheme, Entry.level))]


def entry_ids(school_id: str, entries: Entries) -> Select[str]:
    """Asks for the entries, oldest first."""
    return select(Entry.id).where(Entry.school_id == school_id, entries.are_meant).order_by(Entry.on, Entry.id)


def partnership_ids(school_id: str, entries: Entries) -> Select[str]:
    """Asks for the partnerships they belong to, in the order those began."""
    return select(Partnership.id).where(are_of(school_id, entries)).order_by(Partnership.began_on, Partnership.id)


def class_ids(school_id: str, entries: Entries) -> Select[str]:
    """Asks for the classes they took place in, by name."""
    return select(Course.id).where(are_in(school_id, entries)).order_by(Course.name, Course.id)


def are_of(school_id: str, entries: Entries) -> ColumnElement[bool]:
    """That a partnership has one of the entries."""
    return Partnership.id.in_(select(Entry.partnership_id).where(Entry.school_id == school_id, entries.are_meant))


def are_in(school_id: str, entries: Entries) -> ColumnElement[bool]:
    """That one of the entries took place in a class."""
    return Course.id.in_(select(EntryCourse.course_id).join(Entry, Entry.id == EntryCourse.entry_id)
                         .where(Entry.school_id == school_id, entries.are_meant))


def _asked(meant: ColumnElement[bool]) -> list[ColumnElement[int]]:
    return [func.count(Entry.id).filter(meant), func.count(Entry.partnership_id.distinct()).filter(meant),
            func.count(Entry.minutes).filter(meant), func.coalesce(func.sum(Entry.minutes).filter(meant), 0)]


def _serve(serving: Serving) -> ColumnElement[bool]:
    said = select(GoalEntry.entry_id).where(GoalEntry.goal_id == serving.goal_id)
    return or_(Entry.id.in_(said), *map(carries, serving.codes))
