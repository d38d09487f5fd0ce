"""Find what a librarian should know about her week: what needs her, what changed, and whom she has not reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.accounts.schools import school
from integration.consent.choices import read_choices
from integration.consent.models import Choice
from integration.consent.odd import odd_uses
from integration.consent.requests import requests
from integration.consent.weeks import monday_of
from integration.courses.models import Course, CourseChange, CourseState, Teacher
from integration.courses.shelf import CourseCard, courses, grade_name
from integration.delivery.late import how_many_late
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.letters.models import Kind, Letter, LetterState
from integration.partnerships.proposals import proposals
from integration.reach.classes import reach_classes
from integration.reach.kickstart import rung
from integration.reach.posts import partners
from integration.week.asking_plans import asking_plans
from integration.week.occasions import occasions_due, suggestion
from integration.week.queues import all_series
from integration.week.turn import Turn
from integration.workshops.windows import Window, starting

FAILED = (S.FAILED, S.EXPIRED)
CONNECT = "Your connection to Google does not work any more. Connect again."
ANSWERS = {"accepted": "yes", "adapted": "yes, with changes,", "declined": "not now"}
CHOSE = {Choice.ALWAYS: "always yes", Choice.ASK: "ask me each time", Choice.DRAFT: "drafts only", Choice.NEVER: "nothing more"}
EDITED = "was changed by the teacher; it stays as she wrote it."
REMOVED = "was removed by the teacher; it stays away."
LOOK = (LetterState.DRAFT, LetterState.FAILED, LetterState.UNSURE)
TO_HERSELF = (Kind.BRIEF, Kind.CONNECTION)
"""Letters nobody has to look at before they go."""


@dataclass(frozen=True)
class Finding:
    """One thing in a sentence, and the page that opens it."""

    sentence: str
    path: str


@dataclass(frozen=True)
class Findings:
    """A week as her brief tells it."""

    classes: int
    needs_you: tuple[Finding, ...]
    changed: tuple[Finding, ...]
    edited: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    not_reached: tuple[str, ...]
    """The teachers none of whose classes has had anything of the library's."""
    suggestion: str
    is_occasion: bool
    """Whether the suggestion is for a day of the calendar, which comes only once."""
    starting: tuple[Finding, ...] = ()
    """The units of the curriculum map that begin in two or three weeks."""

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.needs_you or self.changed or self.edited or self.waiting or self.failed or self.is_occasion
                    or self.starting)


def findings(desk: Desk, turn: Turn) -> Findings:
    """What the brief of a round tells; what happened counts since the round before."""
    cards = [card for card in courses(desk, turn.school_id) if card.state is CourseState.ACTIVE and not card.excluded]
    monday = monday_of(school(desk, turn.school_id).today(desk.now()))
    reached = {each.id for card in reach_classes(desk, turn.school_id, where_seen=True) for each in card.partners}
    unreached = [card for card in cards if partners(card) and not any(each.id in reached for each in partners(card))]
    said = [Finding(f"{each.teacher} said {ANSWERS[each.state]} to “{each.activity}” on {each.on:%B} {each.on.day}.", "/proposals")
            for each in proposals(desk, turn.school_id, at_most=100)
            if each.state in ANSWERS and each.answered_at is not None and each.answered_at > turn.since]
    due, step = occasions_due(monday), rung(desk, turn.school_id)
    odd = [Finding(f"The link for {each.teacher}: {each.sentence}", f"/deliveries/{each.delivery_id}")
           for each in odd_uses(desk, turn.school_id)]
    plans_ask = [Finding(*each) for each in asking_plans(desk, turn.school_id, turn.account_id)]
    units = tuple(_unit(each, cards) for each in starting(desk, turn.school_id, monday))
    asks = [*plans_ask, *_series(desk, turn), *_requests(desk, turn), *odd]
    with desk.transaction() as session:
        return Findings(
            classes=len(cards), needs_you=(*_needs(session, turn), *asks),
            changed=(*said, *_chose(session, turn), *_changed(session, turn, cards)),
            edited=_edited(session, turn), waiting=_waiting(session, turn), failed=_failed(session, turn),
            not_reached=tuple(dict.fromkeys(each.called for card in unreached for each in partners(card))),
            suggestion=step.sentence if step and not due else suggestion(monday, unreached), is_occasion=bool(due),
            starting=units)


def _unit(window: Window, cards: Sequence[CourseCard]) -> Finding:
    """A unit, and what can be made for it now."""
    fitting = len(window.classes(cards))
    whom = f"{_many(fitting, 'class', 'classes')} of {', '.join(map(grade_name, window.grades))}" if fitting else "no class yet"
    return Finding(f"“{window.unit}” begins on {window.starts_on:%B} {window.starts_on.day}, in {whom}. Offer a citation kit or a "
                   "collection.", "/curriculum")


def _needs(session: Session, turn: Turn) -> list[Finding]:
    found, account = [], session.get_one(Account, turn.account_id)
    if not account.health.is_usable:
        found.append(Finding(account.health_reason or CONNECT, "/account"))
    parked = _number(session, Delivery.state == S.NEEDS_HUMAN, Delivery.account_id == turn.account_id)
    late = how_many_late(session, turn.school_id, Delivery.account_id == turn.account_id)
    if late:
        found.append(Finding(f"{_many(late, 'post', 'posts')} came too late. Shall it still be posted?", "/pauses#late"))
    if parked := parked - late:
        found.append(Finding(f"{_many(parked, 'post waits', 'posts wait')} for your word.", "/deliveries?state=parked"))
    letters = session.scalar(select(func.count()).select_from(Letter).where(
        Letter.account_id == turn.account_id, Letter.kind.not_in(TO_HERSELF), Letter.state.in_(LOOK))) or 0
    if letters:
        found.append(Finding(f"{_many(letters, 'letter waits', 'letters wait')} for you to look at.", "/letters"))
    return found


def _series(desk: Desk, turn: Turn) -> list[Finding]:
    found = []
    for card in all_series(desk, turn.school_id):
        if card.account_id != turn.account_id or card.stopped_at is not None:
            continue
        if any(item.state == "asks" for item in card.items):
            found.append(Finding(f"“{card.name}” could not be posted in time. Shall it still be?", f"/series/{card.id}"))
        if not card.left:
            found.append(Finding(f"“{card.name}” has nothing left to post. Put a collection into its queue.", f"/series/{card.id}"))
    return found


def _requests(desk: Desk, turn: Turn) -> list[Finding]:
    return [Finding(f"{each.teacher or 'A teacher'} asks: {each.text}", "/teachers")
            for each in requests(desk, turn.school_id) if each.seen_at is None]


def _chose(session: Session, turn: Turn) -> list[Finding]:
    """What teachers themselves chose for good, so that she hears of a choice that a mail program made."""
    new = {each.teacher_id: each for each in read_choices(session, turn.school_id).known.values()
           if each.is_hers and each.changed_at is not None and each.changed_at > turn.since}
    names = dict(session.execute(select(Teacher.id, Teacher.name).where(Teacher.id.in_(new))).all())
    return [Finding(f"{names[id] or 'A teacher'} chose: {CHOSE[each.choice]}.", f"/teachers/{id}") for id, each in new.items()]


def _changed(session: Session, turn: Turn, cards: Sequence[CourseCard]) -> tuple[Finding, ...]:
    new = select(Course.id).where(Course.school_id == turn.school_id, Course.first_seen_at > turn.since)
    fresh = set(session.scalars(new))
    first = [Finding(f"{card.name} is new{'; its grade is a guess' if card.is_doubtful else ''}.", f"/classes/{card.id}")
             for card in cards if card.id in fresh]
    rows = session.execute(select(CourseChange, Course.name).join(Course, Course.id == CourseChange.course_id).where(
        CourseChange.school_id == turn.school_id, CourseChange.at > turn.since).order_by(CourseChange.id))
    return (*first, *(Finding(f"{name}: {row.sentence}", f"/classes/{row.course_id}") for row, name in rows))


def _edited(session: Session, turn: Turn) -> tuple[Finding, ...]:
    rows = session.execute(_mine(turn).where((Delivery.edited_at > turn.since) | (Delivery.removed_at > turn.since)))
    return tuple(Finding(f"“{row.title}” in {name} {REMOVED if row.removed_at else EDITED}", f"/deliveries/{row.id}")
                 for row, name in rows)


def _waiting(session: Session, turn: Turn) -> tuple[Finding, ...]:
    rows = session.execute(_mine(turn).where(Delivery.state == S.WAITING)).all()
    if not rows:
        return ()
    since: datetime = min(row.created_at for row, _ in rows)
    classes = len({row.course_id for row, _ in rows})
    sentence = (f"{_many(len(rows), 'post waits', 'posts wait')} for a teacher’s answer in {_many(classes, 'class', 'classes')}, "
                f"the oldest since {since:%B} {since.day}.")
    return (Finding(sentence, "/deliveries?state=waiting"),)


def _failed(session: Session, turn: Turn) -> tuple[Finding, ...]:
    rows = session.execute(_mine(turn).where(Delivery.state.in_(FAILED), Delivery.ended_at > turn.since))
    return tuple(Finding(f"“{row.title}” in {name}: {row.reason}", f"/deliveries/{row.id}") for row, name in rows)


def _mine(turn: Turn) -> Select[Delivery, str]:
    return (select(Delivery, Course.name).join(Course, Course.id == Delivery.course_id)
            .where(Delivery.account_id == turn.account_id).order_by(Delivery.id))


def _number(session: Session, *which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Delivery).where(*which)) or 0


def _many(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
