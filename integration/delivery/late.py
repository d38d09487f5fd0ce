"""What came too late by a pause or an outage and asks the librarian: each or all of it posted at a calm pace, or left out.

One after the other, and into one class one a day: she resumes, and no class is flooded.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from integration import later
from integration.accounts.schools import SchoolCard, school
from integration.courses.models import Course
from integration.delivery import expire, held
from integration.delivery.cancel import NEVER_SEEN
from integration.delivery.expire import LATE_AFTER
from integration.delivery.generations import is_quiet
from integration.delivery.held import MORNING, ONE_EACH
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place, take_back
from integration.delivery.retract import GOING_BACK
from integration.delivery.retry import try_again
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit
from integration.records.clock import database_now

SATURDAY = 5
MOST_SHOWN = 200


@dataclass(frozen=True)
class LateCard:
    """A post that asks her. `was_due_at`: when it should have gone out."""

    id: str
    course_id: str
    course_name: str
    title: str
    was_due_at: datetime
    reason: str


@dataclass(frozen=True)
class Resumed:
    """What became of them: `going` go out from now on, `asked` wait for their teacher again, `refused` she does not want."""

    going: int
    asked: int
    refused: int


def late_posts(desk: Desk, school_id: str, *, at_most: int = MOST_SHOWN) -> list[LateCard]:
    """What asks whether it shall still be posted, the earliest due first."""
    with desk.transaction() as session:
        found = session.execute(select(Delivery, Course.name).join(Course, Course.id == Delivery.course_id).where(
            *_late(school_id)).order_by(Delivery.expires_at, Delivery.id).limit(at_most)).all()
        return [LateCard(row.id, row.course_id, name, row.title, row.expires_at - LATE_AFTER, row.reason) for row, name in found]


def how_many_late(session: Session, school_id: str, *which: ColumnElement[bool]) -> int:
    """How many ask."""
    return session.scalar(select(func.count()).select_from(Delivery).where(*_late(school_id), *which)) or 0


def post_late(desk: Desk, school_id: str, ids: Collection[str] | None = None, *, account_id: str,
              is_off: Callable[[date], bool] = lambda _: False) -> Resumed:
    """Let these go out after all, or with None everything that asks: twenty seconds apart, and one a school day in each class.

    What a teacher must be asked about first waits for her; what she said no to stays as it is. What does not ask is left alone.
    """
    where, now = school(desk, school_id), desk.now()
    counts = Counter[S]()
    in_class = Counter[str]()
    for number, card in enumerate(_chosen(desk, school_id, ids)):
        at = _calmly(where, now, number, in_class[card.course_id], is_off)
        try:
            state = try_again(desk, school_id, card.id, at=at)
        except AlreadyDone:
            # Its teacher said no meanwhile: it stays where it is, and its page says why.
            counts[S.SKIPPED] += 1
            continue
        counts[S.WAITING if state is S.WAITING else S.READY] += 1
        in_class[card.course_id] += state is not S.WAITING
    with desk.transaction() as session:
        audit.note(session, school_id=school_id, at=now, actor=f"account:{account_id}", verb="post late",
                   object=f"school:{school_id}", result=f"{counts[S.READY]} deliveries")
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return Resumed(counts[S.READY], counts[S.WAITING], counts[S.SKIPPED])


def leave_out_late(desk: Desk, school_id: str, ids: Collection[str] | None = None, *, account_id: str) -> int:
    """Let these not be posted any more, or with None everything that asks; answer how many. Drafts of them are removed."""
    with desk.transaction() as session:
        is_in_doubt, rows = is_quiet(session), _rows(session, school_id, ids)
        for row in rows:
            if not is_in_doubt and place(session, row) is S.READY:
                row.state, row.reason, row.ended_at = S.CANCELLED, NEVER_SEEN, desk.now()
            else:
                take_back(row, database_now(session))
            add_step(session, school_id, row.id, row.state, row.reason or GOING_BACK, desk.now())
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="leave out late",
                   object=f"school:{school_id}", result=f"{len(rows)} deliveries")
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return len(rows)


def _chosen(desk: Desk, school_id: str, ids: Collection[str] | None) -> list[LateCard]:
    return [card for card in late_posts(desk, school_id) if ids is None or card.id in ids]


def _rows(session: Session, school_id: str, ids: Collection[str] | None) -> Sequence[Delivery]:
    wanted = () if ids is None else (Delivery.id.in_(ids),)
    return session.scalars(select(Delivery).where(*_late(school_id), *wanted).order_by(Delivery.id).with_for_update()).all()


def _late(school_id: str) -> tuple[ColumnElement[bool], ...]:
    return (Delivery.school_id == school_id, Delivery.state == S.NEEDS_HUMAN, Delivery.ends_as.is_(None),
            Delivery.reason.in_((held.ASK, expire.ASK)))


def _calmly(where: SchoolCard, now: datetime, number: int, already: int, is_off: Callable[[date], bool]) -> datetime:
    """When the `number`-th goes: now, or on the morning of a later school day when its class gets `already` others before."""
    if not already:
        return now + number * ONE_EACH
    day = where.today(now)
    while already:
        day += timedelta(days=1)
        already -= day.weekday() < SATURDAY and not is_off(day)
    return datetime.combine(day, MORNING, ZoneInfo(where.timezone)) + number * ONE_EACH
