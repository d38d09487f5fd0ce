"""Take a teacher's answer from her link: the same a hundred times has one effect, and for a quarter of an hour it can be undone.

Mail programs open links and press buttons. So nothing is posted before that time is over, and an answer that contradicts the one
before puts both aside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from integration import later
from integration.accounts.models import School
from integration.consent.answers import TWO_ANSWERS, Reply, answers_of, contradicts, flag, keep, locked_question, posts_of, withdraw
from integration.consent.choices import choice_of
from integration.consent.choose import NewChoice
from integration.consent.models import Answer, Question, QuestionPost, Said
from integration.delivery.asked import can_undo, rows_of
from integration.delivery.choose import choose_by_link
from integration.delivery.expire import LATE_AFTER, PATIENCE_WITH_A_TEACHER
from integration.delivery.generations import is_in_doubt
from integration.delivery.lease import add_step
from integration.delivery.leave import undo_choice
from integration.delivery.materials import content_hash
from integration.delivery.models import Delivery, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.reply import checked
from integration.delivery.resume import place, take_back
from integration.desk import Desk
from integration.errors import Invalid
from integration.letters.links import Followed, follow
from integration.records.clock import database_now

MORNING = time(7)
"""When a post goes out on a day of her own choosing."""
SENTENCES = {
    Said.PUBLISH: "The teacher said yes.", Said.CHANGED: "The teacher said yes, in her own words or on her own day.",
    Said.DRAFT: "The teacher takes it as a draft, to publish herself.", Said.NO: "The teacher said: not this one."}
UNDONE = "The teacher took her answer back. It waits for her again."
AT_ONCE = timedelta(seconds=60)
AS_MAIL_PROGRAMS_DO = ("It was answered within a minute after its letter went out, as mail programs do. If it was not the teacher, "
                       "undo it or take it back.")
TOO_QUICK = "Its buttons were pressed within two seconds of opening, as mail programs do; nothing was done."


@dataclass(frozen=True)
class _Talk:
    """A question held for the length of a transaction: its posts with their deliveries, and what she said before."""

    question: Question
    posts: Mapping[str, QuestionPost]
    rows: Mapping[str, Delivery]
    answers: Mapping[str, Answer]
    zone: ZoneInfo
    now: datetime
    waits_until: datetime
    """Until when an answer given now can be undone."""
    is_at_once: bool
    """Whether its letter went out only just now."""
    teacher: Followed


def answer(desk: Desk, secret: str, replies: Sequence[Reply], *, from_now_on: str = "") -> None:
    """Let each post she answered go, stay a draft or be left out; `from_now_on` she may choose for good as well.

    Raises NotFound for a link that opens nothing, Invalid for words or a day that cannot be used.
    """
    if not (replies or from_now_on):
        raise Invalid(fields={"said": "Choose what shall happen with at least one of them. Nothing was done."})
    with desk.transaction() as session:
        talk = _open(session, desk, secret)
        said = [checked(reply, talk.posts[reply.occasion], talk.zone, talk.now) for reply in replies if reply.occasion in talk.rows]
        is_odd = any(contradicts(talk.answers[each.occasion], each) for each in said if each.occasion in talk.answers)
        if not is_odd:
            _take(session, talk, said)
        else:
            if _take_back(session, desk, talk, TWO_ANSWERS):
                flag(session, talk.question, TWO_ANSWERS, talk.now)
            undo_choice(session, desk, talk.teacher, only_fresh=True)
        if from_now_on and talk.is_at_once:
            flag(session, talk.question, AS_MAIL_PROGRAMS_DO, talk.now)
    if from_now_on and not is_odd:
        _choose(desk, talk, from_now_on)


def undo(desk: Desk, secret: str) -> None:
    """Take back what she answered and chose, as far as nothing has begun; the same again changes nothing. Raises NotFound."""
    with desk.transaction() as session:
        talk = _open(session, desk, secret)
        _take_back(session, desk, talk, UNDONE)
        undo_choice(session, desk, talk.teacher, only_fresh=True)


def note_haste(desk: Desk, secret: str) -> None:
    """Write down that a link's buttons were pressed faster than a person reads. Raises NotFound."""
    with desk.transaction() as session:
        talk = _open(session, desk, secret)
        flag(session, talk.question, TOO_QUICK, talk.now)


def _open(session: Session, desk: Desk, secret: str) -> _Talk:
    link, now = follow(session, secret, desk.now(), opens="question"), database_now(session)
    is_at_once = desk.now() - link.since < AT_ONCE
    question = locked_question(session, link.school_id, link.id)
    posts = posts_of(session, question.id)
    zone = ZoneInfo(session.get_one(School, link.school_id).timezone)
    return _Talk(question, {post.occasion: post for post in posts}, rows_of(session, posts, for_update=True),
                 answers_of(session, question.id), zone, now, now + timedelta(seconds=desk.settings.undo_seconds), is_at_once,
                 replace(link, id=question.teacher_id))


def _take(session: Session, talk: _Talk, said: Sequence[Reply]) -> None:
    is_anything = False
    for each in said:
        row = talk.rows[each.occasion]
        if each.occasion not in talk.answers and row.state is S.WAITING:
            keep(session, talk.question, each, talk.now)
            _leave_out(session, row, talk) if each.said is Said.NO else _let_go(session, row, each, talk)
            add_step(session, row.school_id, row.id, row.state, SENTENCES[each.said], talk.now)
            is_anything = True
    if is_anything and talk.is_at_once:
        flag(session, talk.question, AS_MAIL_PROGRAMS_DO, talk.now)
    if all(row.state is not S.WAITING for row in talk.rows.values()):
        talk.question.answered_at = talk.question.answered_at or talk.now


def _leave_out(session: Session, row: Delivery, talk: _Talk) -> None:
    """At once; but one that may have gone out in a forgotten time is looked for first."""
    if is_in_doubt(session, row):
        take_back(row, talk.now, ends_as=S.SKIPPED, because=SENTENCES[Said.NO])
        return
    row.state, row.reason, row.ended_at = S.SKIPPED, SENTENCES[Said.NO], talk.now


def _let_go(session: Session, row: Delivery, said: Reply, talk: _Talk) -> None:
    """It goes when the time for undoing is over, on its own day or hers."""
    due = talk.waits_until if said.said is Said.DRAFT else max(talk.waits_until, _her_day(said, row, talk))
    if said.title or said.text:
        row.title, row.text = said.title, said.text
        row.content_hash = content_hash(row.kind, row.title, row.text, row.materials)
    row.state, row.reason, row.next_at, row.expires_at = place(session, row), "", due, due + LATE_AFTER
    row.draft_only = said.said is Said.DRAFT
    session.get_one(Plan, row.plan_id).state = PlanState.RUNNING
    later.ask(session, later.Job.SEND_DELIVERIES, school_id=row.school_id)


def _her_day(said: Reply, row: Delivery, talk: _Talk) -> datetime:
    """Today is now, any other day begins in the morning."""
    if said.on is None:
        return row.next_at
    is_today = said.on == talk.now.astimezone(talk.zone).date()
    return talk.now if is_today else datetime.combine(said.on, MORNING, talk.zone).astimezone(UTC)


def _take_back(session: Session, desk: Desk, talk: _Talk, sentence: str) -> bool:
    """Bring what can still be undone back to where it waited, as it was asked about; False when there is nothing of that."""
    undone = [each for each in talk.answers if each in talk.rows and can_undo(desk, talk.rows[each], talk.answers[each])]
    for occasion in undone:
        row, post = talk.rows[occasion], talk.posts[occasion]
        row.title, row.text, row.draft_only = post.title, post.text, False
        row.content_hash = content_hash(row.kind, row.title, row.text, row.materials)
        row.state, row.reason, row.ended_at, row.next_at = S.WAITING, post.why, None, post.due_at
        row.expires_at = talk.now + PATIENCE_WITH_A_TEACHER
        add_step(session, row.school_id, row.id, row.state, sentence, talk.now)
    if undone:
        withdraw(session, talk.question, [talk.answers[each] for each in undone], talk.now)
    return bool(undone)


def _choose(desk: Desk, talk: _Talk, choice: str) -> None:
    """Change what she allows in all her classes, and leave its limits as they are."""
    before = choice_of(desk, talk.question.school_id, talk.question.teacher_id)
    choose_by_link(desk, talk.question.school_id, before.teacher_id,
                   NewChoice(choice, before.topics, before.max_per_week, before.blackout))
