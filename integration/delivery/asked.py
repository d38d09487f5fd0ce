"""Show what a teacher's link asks her: each post as students would see it, and what became of those she answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account, School
from integration.consent.allowed import ASKED
from integration.consent.answers import answers_of, posts_of
from integration.consent.choices import EVERYWHERE, ChoiceCard, read_choices
from integration.consent.models import Answer, Question, QuestionPost
from integration.courses.models import Course, Teacher
from integration.delivery.machine import public_state
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.letters.links import follow

# Built once: putting a statement together takes longer than carrying it out.
_QUESTION = select(Question, Teacher.name, Account, School).join(Teacher, Teacher.id == Question.teacher_id).join(
    Account, Account.id == Question.account_id).join(School, School.id == Question.school_id).where(
    Question.id == bindparam("id"), Question.school_id == bindparam("school_id"))
_ROWS = select(Delivery).where(Delivery.id.in_(bindparam("ids", expanding=True))).order_by(Delivery.id)
_ROWS_HELD = _ROWS.with_for_update()
_NAMES = select(Course.id, Course.name).where(Course.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class PostCard:
    """One post she is asked about. `said` is empty until she answers; `state` is the contract's word for its delivery."""

    occasion: str
    class_name: str
    kind: str
    title: str
    text: str
    links: Sequence[Mapping[str, Any]]
    due_at: datetime
    why: str
    state: str
    is_open: bool
    said: str
    goes_at: datetime
    reason: str


@dataclass(frozen=True)
class AskedCard:
    """A question as its page shows it."""

    teacher: str
    librarian: str
    school: str
    zone: ZoneInfo
    posts: tuple[PostCard, ...]
    can_undo: bool
    odd: str
    chosen: ChoiceCard | None
    """What was chosen for good by a link of hers, as long as it can be undone here."""

    @property
    def open(self) -> tuple[PostCard, ...]:
        """What still waits for her answer."""
        return tuple(post for post in self.posts if post.is_open)

    @property
    def closed(self) -> tuple[PostCard, ...]:
        """What does not."""
        return tuple(post for post in self.posts if not post.is_open)


def asked(desk: Desk, secret: str) -> AskedCard:
    """What the link with this secret asks; nothing is written. Raises NotFound, in one sentence whatever is wrong with the link."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="question")
        question, teacher, librarian, school = session.execute(_QUESTION, {"id": link.id, "school_id": link.school_id}).one()
        posts, answers = posts_of(session, link.id), answers_of(session, link.id)
        rows, names = rows_of(session, posts), _class_names(session, posts)
        cards = [_card(post, names[post.course_id], rows[post.occasion], answers.get(post.occasion), desk.now())
                 for post in posts if post.occasion in rows]
        choice = read_choices(session, link.school_id).known.get((question.teacher_id, EVERYWHERE))
        chosen = choice if choice is not None and choice.is_fresh(desk.now()) else None
        undo = chosen is not None or any(can_undo(desk, rows[each], answers[each]) for each in answers if each in rows)
    return AskedCard(teacher, librarian.name or librarian.email, school.name, ZoneInfo(school.timezone), tuple(cards), undo,
                     question.odd, chosen)


def rows_of(session: Session, posts: Sequence[QuestionPost], *, for_update: bool = False) -> dict[str, Delivery]:
    """The deliveries the posts of a question are, by occasion."""
    ids = [post.occasion.removeprefix("delivery:") for post in posts]
    return {f"delivery:{row.id}": row for row in session.scalars(_ROWS_HELD if for_update else _ROWS, {"ids": ids})}


def can_undo(desk: Desk, row: Delivery, answer: Answer) -> bool:
    """Whether an answer can still be taken back: nothing has begun, or her no is not a quarter of an hour old."""
    if row.state is S.SKIPPED:
        return desk.now() < answer.at + timedelta(seconds=desk.settings.undo_seconds)
    return row.state is S.READY and row.lease_token is None and row.post_id is None and row.next_at > desk.now()


def _class_names(session: Session, posts: Sequence[QuestionPost]) -> dict[str, str]:
    found = session.execute(_NAMES, {"ids": sorted({post.course_id for post in posts})})
    return {row.id: row.name for row in found}


def _card(post: QuestionPost, class_name: str, row: Delivery, answer: Answer | None, now: datetime) -> PostCard:
    state = public_state(row.state, row.lease_until, now, draft_only=row.draft_only)
    return PostCard(
        occasion=post.occasion, class_name=class_name, kind=post.kind, title=row.title, text=row.text, links=post.links,
        due_at=post.due_at, why="" if post.why.endswith(ASKED) else post.why, state=state, is_open=row.state is S.WAITING,
        said=answer.said.value if answer else "", goes_at=row.next_at, reason=row.reason)
