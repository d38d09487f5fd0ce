"""Every post that students saw at some time, with the class it went into and the day in the school's time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from integration.accounts.schools import school
from integration.courses.shelf import CourseCard, TeacherCard, courses
from integration.delivery.models import Delivery, Plan
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk

STANDS = frozenset({S.PUBLISHED, S.UPDATING, S.REPLACING, S.CANCELLING, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.NEEDS_HUMAN})
"""What was published stands in each of these: an update or a taking back may be under way, or wait."""
SHOWN = STANDS | {S.REMOVED, S.RETRACTED}


@dataclass(frozen=True)
class SeenPost:
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
    found = [_seen(row, collection_id, cards[row.course_id], zone) for row, collection_id in _rows(desk, school_id)]
    return [post for post in found if (first is None or post.on >= first) and (last is None or post.on <= last)]


def _rows(desk: Desk, school_id: str) -> list[tuple[Delivery, str]]:
    query = (select(Delivery, Plan.collection_id).join(Plan, Plan.id == Delivery.plan_id)
             .where(Delivery.school_id == school_id, Delivery.published_at.is_not(None), Delivery.state.in_(SHOWN))
             .order_by(Delivery.published_at, Delivery.id))
    with desk.transaction() as session:
        return [(row, collection_id) for row, collection_id in session.execute(query)]


def _seen(row: Delivery, collection_id: str, card: CourseCard, zone: ZoneInfo) -> SeenPost:
    assert row.published_at is not None
    stands = row.state in STANDS
    return SeenPost(row.id, card, collection_id, row.title, row.published_at.astimezone(zone).date(), stands,
                    stands and row.edited_at is not None, row.state is S.REMOVED)
