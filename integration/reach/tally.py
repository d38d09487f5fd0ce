"""How many posts students saw in each class and month, counted by the database; and the posts themselves, a page at a time.

A count and its list are made of the same condition, so the two cannot disagree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, literal, select, true, tuple_

from integration.accounts.schools import SchoolCard
from integration.courses.models import Course
from integration.delivery.models import Delivery, DeliveryState
from integration.desk import Desk
from integration.reach.classes import ReachClass
from integration.reach.posts import GONE, LATEST, are_seen, midnight
from integration.records.base import Moment
from integration.records.plans import plan_anew


class Fate(StrEnum):
    """What became of a post that students saw."""

    SEEN = "seen"
    """Any of them."""
    STANDING = "standing"
    EDITED = "edited"
    """Stands, and was changed by the teacher."""
    REMOVED = "removed"


STANDS = Delivery.state.not_in(GONE)
IS: dict[Fate, ColumnElement[bool]] = {
    Fate.SEEN: true(), Fate.STANDING: STANDS, Fate.EDITED: and_(STANDS, Delivery.edited_at.is_not(None)),
    Fate.REMOVED: Delivery.state == DeliveryState.REMOVED}


class Tally(NamedTuple):
    """The posts that students of one class first saw in one month, by what became of them."""

    course: ReachClass
    month: str
    """`2026-11`."""
    seen: int
    standing: int
    edited: int
    removed: int


@dataclass(frozen=True)
class Posts:
    """Which posts: those first shown from `first` to `last`, both included, that met with this fate, in these classes or in any."""

    first: date
    last: date
    fate: Fate = Fate.SEEN
    class_ids: tuple[str, ...] | None = None

    def are_meant(self, school: SchoolCard) -> ColumnElement[bool]:
        """The condition."""
        found = and_(are_seen(school, self.first, self.last), IS[self.fate])
        return found if self.class_ids is None else and_(found, Delivery.course_id.in_(self.class_ids))


class PostLine(NamedTuple):
    """A post in a list."""

    id: str
    title: str
    course: str


def tally(desk: Desk, school: SchoolCard, found: Sequence[ReachClass], first: date, last: date) -> list[Tally]:
    """The posts first shown from `first` to `last`, by class and month, oldest month first; `found` is the school's classes."""
    return tallies(desk, school, found, (first, last))[0]


def tallies(desk: Desk, school: SchoolCard, found: Sequence[ReachClass], *spans: tuple[date, date]) -> list[list[Tally]]:
    """The same for each of several spans, the earliest first and none within another, in one reading of the table."""
    marks = [mark for span, days in enumerate(spans) for mark in _marks(span, *days)]
    mark = _mark(marks, 0, ZoneInfo(school.timezone)).label("mark")
    query = (select(Delivery.course_id, mark, *(func.count().filter(IS[fate]) for fate in Fate))
             .where(are_seen(school, spans[0][0], spans[-1][1])).group_by(Delivery.course_id, "mark"))
    cards, held = {card.id: card for card in found}, [list[Tally]() for _ in spans]
    with desk.transaction() as session:
        plan_anew(session)
        for course_id, at, *counts in session.execute(query):
            if marks[at].month:
                held[marks[at].span].append(Tally(cards[course_id], marks[at].month, *counts))
    return [sorted(rows, key=lambda row: (row.month, row.course.name, row.course.id)) for rows in held]


def fates(desk: Desk, school: SchoolCard, first: date, last: date) -> Iterator[tuple[str, str, datetime, frozenset[Fate]]]:
    """Each post's id, class, moment and what became of it, oldest first. It grows with the posts, and is for who needs every id."""
    query = (select(Delivery.id, Delivery.course_id, Delivery.published_at, *(case((IS[fate], 1), else_=0) for fate in Fate))
             .where(are_seen(school, first, last)).order_by(Delivery.published_at, Delivery.id).execution_options(yield_per=5000))
    with desk.transaction() as session:
        plan_anew(session)
        for id, course_id, at, *met in session.execute(query):
            yield id, course_id, at, frozenset(fate for fate, is_so in zip(Fate, met, strict=True) if is_so)


def span_of_posts(desk: Desk, school: SchoolCard, first: date, last: date) -> tuple[date, date] | None:
    """The days on which the first and the last post of a time were first shown, however long that time; None without any."""
    zone = ZoneInfo(school.timezone)
    with desk.transaction() as session:
        plan_anew(session)
        begins, ends = session.execute(select(func.min(Delivery.published_at), func.max(Delivery.published_at))
                                       .where(are_seen(school, first, last))).one()
    return (begins.astimezone(zone).date(), ends.astimezone(zone).date()) if begins and ends else None


class Mark(NamedTuple):
    """The first day of a month of a span; after its last day a mark without a month, for what is in no span."""

    begins: date
    span: int
    month: str


def _mark(marks: Sequence[Mark], number: int, zone: ZoneInfo) -> ColumnElement[int]:
    """The number of the last mark that a post lies behind, found by halves: that is four comparisons a row for a year."""
    if len(marks) == 1:
        return literal(number)
    half = len(marks) // 2
    return case((Delivery.published_at < midnight(marks[half].begins, zone), _mark(marks[:half], number, zone)),
                else_=_mark(marks[half:], number + half, zone))


def listed(desk: Desk, school: SchoolCard, posts: Posts, *, after: str = "", at_most: int | None = None) -> list[PostLine]:
    """The posts themselves, oldest first; `after` is the id of the last one of the page before."""
    order = (Delivery.published_at, Delivery.id)
    query = (select(Delivery.id, Delivery.title, Delivery.course_id, Delivery.published_at)
             .where(posts.are_meant(school)).order_by(*order).limit(at_most))
    with desk.transaction() as session:
        plan_anew(session)
        if after:
            at = session.scalar(select(Delivery.published_at).where(Delivery.school_id == school.id, Delivery.id == after))
            query = query.where(tuple_(*order) > tuple_(literal(at, Moment), literal(after)))
        page = query.subquery()
        return [PostLine(*row) for row in session.execute(
            select(page.c.id, page.c.title, Course.name).join(Course, Course.id == page.c.course_id)
            .order_by(page.c.published_at, page.c.id))]


def _marks(span: int, first: date, last: date) -> Iterator[Mark]:
    yield from (Mark(max(begins, first), span, month) for begins, month in _months(first, last))
    yield Mark(min(last, LATEST) + timedelta(days=1), span, "")


def _months(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The day each month begins on, and its name."""
    begins = first.replace(day=1)
    while begins <= last:
        yield begins, f"{begins:%Y-%m}"
        begins = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
