"""Show a teacher everything of the library's in her classes, coming and past, by the link in her letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from integration.accounts.models import School
from integration.consent.choices import EVERYWHERE, ChoiceCard, read_choices
from integration.consent.models import Choice
from integration.courses.models import Course, CourseTeacher, Teacher
from integration.delivery.machine import public_state
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.obey import PENDING
from integration.desk import Desk
from integration.letters.links import Followed, follow

SHOWN = (S.PUBLISHED, S.UPDATING, S.REPLACING, S.REMOVED, S.CANCELLING, S.RETRACTED)
MOST = 200
_COMES = Delivery.state.in_(PENDING) & Delivery.published_at.is_(None) & Delivery.ends_as.is_(None)
_CAME = Delivery.state.in_(SHOWN) | Delivery.published_at.is_not(None) | Delivery.ends_as.is_not(None)


@dataclass(frozen=True)
class HerPost:
    """One post of the library's in one of her classes."""

    class_name: str
    title: str
    state: str
    reason: str
    at: datetime
    """When it is due, or when it was published."""
    link: str


@dataclass(frozen=True)
class Mine:
    """Her page: what comes, what came, and what she allows."""

    teacher: str
    school: str
    zone: ZoneInfo
    choice: ChoiceCard
    coming: tuple[HerPost, ...]
    past: tuple[HerPost, ...]
    has_left: bool
    can_undo: bool
    """Whether what she chose by a link can be taken back here."""
    counts_from: datetime | None
    """Until when nothing is loosened by it and all of it can be undone; None when that is over."""


def mine(desk: Desk, secret: str) -> Mine:
    """What the page of the teacher with this link shows; nothing is written. Raises NotFound."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
        teacher, school = session.get_one(Teacher, link.id), session.get_one(School, link.school_id)
        choice = read_choices(session, link.school_id).known.get((link.id, EVERYWHERE)) or ChoiceCard(link.id)
        coming = _posts(session, hers(link, _COMES).order_by(Delivery.next_at, Delivery.id), desk.now())
        past = _posts(session, hers(link, _CAME).order_by(Delivery.id.desc()), desk.now())
    is_fresh = choice.is_fresh(desk.now())
    return Mine(teacher.name, school.name, ZoneInfo(school.timezone), choice, coming, past, choice.choice is Choice.NEVER,
                choice.can_be_taken_back(desk.now()), choice.undo_until if is_fresh else None)


def hers(link: Followed, *which: ColumnElement[bool]) -> Select[Delivery]:
    """The deliveries into the classes she teaches."""
    return select(Delivery).where(Delivery.school_id == link.school_id, or_(*which), Delivery.course_id.in_(
        select(CourseTeacher.course_id).where(CourseTeacher.teacher_id == link.id)))


def _posts(session: Session, query: Select[Delivery], now: datetime) -> tuple[HerPost, ...]:
    rows: Sequence[Delivery] = session.scalars(query.limit(MOST)).all()
    found = session.execute(select(Course.id, Course.name).where(Course.id.in_({row.course_id for row in rows})))
    names = {row.id: row.name for row in found}
    return tuple(HerPost(
        names[row.course_id], row.title, public_state(row.state, row.lease_until, now, draft_only=row.draft_only), row.reason,
        row.published_at or row.next_at, row.link) for row in rows)
