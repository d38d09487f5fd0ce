"""Every post that students saw at some time, with the class it went into and the day in the school's time zone.

`seen_posts` reads them one by one, and is for few. What only counts them asks `tally`, which has the database count.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, select

from integration.accounts.schools import SchoolCard, school
from integration.courses.shelf import CourseCard, TeacherCard, courses
from integration.delivery.models import Delivery, DeliveryState, Plan
from integration.desk import Desk

GONE = frozenset({DeliveryState.REMOVED, DeliveryState.RETRACTED, DeliveryState.CANCELLED, DeliveryState.FAILED,
                  DeliveryState.SKIPPED, DeliveryState.EXPIRED})
"""Nothing of a post is left in the class; in every other state one that students saw stands, also while it is changed."""


EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)
"""Days beyond these have no moment in every time zone, and no post."""


class SeenPost(NamedTuple):
    """A post that students saw; `stands` now, or was `removed` by the teacher."""

    delivery_id: str
    course: CourseCard
    collection_id: str
    title: str
    on: date
    stands: bool
    edited: bool
    removed: bool

    @property
    def month(self) -> str:
        """The month students first saw it: `2026-11`."""
        return f"{self.on.year}-{self.on.month:02}"

    @property
    def partners(self) -> Sequence[TeacherCard]:
        """The teachers of the class who are not librarians of the school."""
        return partners(self.course)


def partners(card: CourseCard) -> Sequence[TeacherCard]:
    """The teachers of a class who are not librarians of the school."""
    return [teacher for teacher in card.teachers if not teacher.is_librarian]


def seen_posts(desk: Desk, school_id: str, first: date | None = None, last: date | None = None) -> list[SeenPost]:
    """The posts first shown from `first` to `last`, both included, oldest first."""
    zone = ZoneInfo(school(desk, school_id).timezone)
    cards = {card.id: card for card in courses(desk, school_id)}
    query = _query(school_id).where(*_between(zone, first, last))
    days = cache(lambda at: at.astimezone(zone).date())
    with desk.transaction() as session:
        return [_seen(*row, cards, days) for row in session.execute(query)]


def are_seen(school: SchoolCard, first: date | None, last: date | None) -> ColumnElement[bool]:
    """That a delivery is a post first shown from `first` to `last`, both included, in the school's time zone."""
    days = _between(ZoneInfo(school.timezone), first, last) or [Delivery.published_at.is_not(None)]
    return and_(Delivery.school_id == school.id, *days)


def _between(zone: ZoneInfo, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    from_then = [] if first is None else [Delivery.published_at >= midnight(max(first, EARLIEST), zone)]
    till_then = [] if last is None else [Delivery.published_at < midnight(min(last, LATEST) + timedelta(days=1), zone)]
    return from_then + till_then


def _query(school_id: str) -> Select[str, str, str, str, datetime | None, DeliveryState, datetime | None]:
    """Only the columns a count needs: a million rows with their texts would not fit."""
    return (select(Delivery.id, Delivery.course_id, Plan.collection_id, Delivery.title, Delivery.published_at, Delivery.state,
                   Delivery.edited_at)
            .join(Plan, Plan.id == Delivery.plan_id)
            .where(Delivery.school_id == school_id, Delivery.published_at.is_not(None))
            .order_by(Delivery.published_at, Delivery.id))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _seen(id: str, course_id: str, collection_id: str, title: str, at: datetime | None, state: DeliveryState,
          edited_at: datetime | None, cards: Mapping[str, CourseCard], day_of: Callable[[datetime], date]) -> SeenPost:
    assert at is not None
    stands = state not in GONE
    return SeenPost(id, cards[course_id], collection_id, title, day_of(at), stands, stands and edited_at is not None,
                    state is DeliveryState.REMOVED)
