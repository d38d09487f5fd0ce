"""Ask the room `consent` about deliveries: what is in force for a class, and how full a week of it is already."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard
from integration.consent.allowed import Allowed, may
from integration.consent.choices import Choices, read_choices
from integration.consent.weeks import monday_of
from integration.courses.shelf import CourseCard
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.google.seen import Kind

ON_ITS_WAY = (S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.PUBLISHED, S.UPDATING, S.REPLACING, S.REMOVED, S.PAUSED_AUTH, S.PAUSED_GOOGLE)
"""What counts against a teacher's most a week: what stands, stood, or has been begun."""

# Built once: putting a statement together takes longer than carrying it out.
_AT = func.coalesce(Delivery.published_at, Delivery.next_at)
_COUNTS = select(Delivery.course_id, func.count().label("number")).where(
    Delivery.school_id == bindparam("school_id"), Delivery.state.in_(bindparam("states", expanding=True)),
    bindparam("begins") <= _AT, bindparam("ends") > _AT).group_by(Delivery.course_id)


@dataclass(frozen=True)
class Permissions:
    """What the teachers of a school allow in the week of one day. `counts`: how many posts a class has that week."""

    choices: Choices
    on: date
    counts: Counter[str]

    def may(self, card: CourseCard, kind: str, topic: str) -> Allowed:
        """Whether a post may go into a class that day. An announcement has no topic."""
        return may(self.choices, card, topic if kind == Kind.MATERIAL else "", self.on, already=self.counts[card.id])


def permissions(session: Session, place: SchoolCard, at: datetime, *, is_ready_counted: bool = True) -> Permissions:
    """What the teachers of a school allow at a moment. Whoever judges those that are ready counts them himself."""
    on = place.today(at)
    states = (*ON_ITS_WAY, S.READY) if is_ready_counted else ON_ITS_WAY
    return Permissions(read_choices(session, place.id, at), on, _counts(session, place, on, states))


def _counts(session: Session, place: SchoolCard, on: date, states: tuple[S, ...]) -> Counter[str]:
    zone = ZoneInfo(place.timezone)
    begins, ends = (datetime.combine(day, time(), zone) for day in (monday_of(on), monday_of(on) + timedelta(days=7)))
    found = session.execute(_COUNTS, {"school_id": place.id, "states": states, "begins": begins, "ends": ends})
    return Counter({row.course_id: row.number for row in found})
