"""Whether a post may go into a class: what its teacher allows once and for all, and what she said to this very post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.consent.choices import ChoiceCard, Choices
from integration.consent.models import Agreement, Answer, Choice, Said
from integration.consent.weeks import is_among
from integration.courses.models import Mode
from integration.courses.shelf import CourseCard
from integration.desk import Desk

YES = (Said.PUBLISH, Said.CHANGED, Said.DRAFT)
ASKED = "This is a teacher’s class: it waits until she has agreed."
"""The usual reason; a teacher herself need not be told it."""
LEFT_OUT = "so it is left out."
"""How the reason ends when a teacher's choice allows nothing."""
OCCASIONS_A_QUERY = 400


class Verdict(StrEnum):
    """What may happen to a post, from the least to the most."""

    NO = "no"
    ASK = "ask"
    DRAFT = "draft"
    GO = "go"


@dataclass(frozen=True)
class Allowed:
    """What may happen to a post, and why, in a sentence; no sentence where nobody need be asked."""

    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as written down."""

    course_id: str
    occasion: str
    by: str
    on: date
    written_at: datetime


def may(choices: Choices, card: CourseCard, topic: str, on: date, *, already: int = 0) -> Allowed:
    """Whether a post under `topic` may go into a class on the day `on`, where `already` others came that week.

    In her own class the librarian asks nobody. Elsewhere the strictest of the class's teachers decides, and silence means: ask.
    """
    if not needs_teacher(card):
        return Allowed(Verdict.GO)
    said = choices.in_force(card)
    if closed := [each for each in said if is_among(on, each.blackout)]:
        return Allowed(Verdict.NO, f"{_who(card, closed[0])} wants nothing new in the week of {on:%B} {on.day}, {LEFT_OUT}")
    if not said:
        return Allowed(Verdict.ASK, "No teacher of this class is known: it waits until you write down who agreed.")
    return min((_by_choice(card, each, topic, already) for each in said), key=lambda each: list(Verdict).index(each.verdict))


def _by_choice(card: CourseCard, said: ChoiceCard, topic: str, already: int) -> Allowed:
    who = _who(card, said)
    if said.choice is Choice.NEVER:
        return Allowed(Verdict.NO, f"{who} wants nothing from the library in this class, {LEFT_OUT}")
    if said.choice is Choice.ASK:
        return Allowed(Verdict.ASK, ASKED)
    if said.topics and topic.casefold() not in {each.casefold() for each in said.topics}:
        return Allowed(Verdict.ASK, f"{who} allowed {_listed(said.topics)}; for anything else it waits until she has agreed.")
    if said.max_per_week is not None and already >= said.max_per_week:
        return Allowed(Verdict.ASK, f"{who} takes at most {said.max_per_week} a week in this class, and that week is full: "
                                    "it waits until she has agreed.")
    if said.choice is Choice.DRAFT:
        return Allowed(Verdict.DRAFT, f"It will lie in the class as a draft, for {who} to publish.")
    return Allowed(Verdict.GO, f"{who} said yes for good.")


def needs_teacher(course: CourseCard) -> bool:
    """Whether a teacher must agree first: always in a class that is not the librarian's own."""
    return course.mode is not Mode.OWN


def agreement(desk: Desk, school_id: str, course_id: str, occasion: str) -> AgreementCard | None:
    """What was agreed to `occasion` in this class, or None: silence is not consent."""
    with desk.transaction() as session:
        row = session.scalar(select(Agreement).where(
            Agreement.school_id == school_id, Agreement.course_id == course_id, Agreement.occasion == occasion))
        return AgreementCard(row.course_id, row.occasion, row.by, row.on, row.written_at) if row else None


def agreed_among(session: Session, school_id: str, occasions: Sequence[str]) -> frozenset[str]:
    """Those of `occasions` a teacher said yes to, in person or by her link, and did not take back."""
    found: set[str] = set()
    for start in range(0, len(occasions), OCCASIONS_A_QUERY):
        some = occasions[start:start + OCCASIONS_A_QUERY]
        found |= set(session.scalars(select(Agreement.occasion).where(
            Agreement.school_id == school_id, Agreement.occasion.in_(some))))
        found |= set(session.scalars(select(Answer.occasion).where(
            Answer.school_id == school_id, Answer.withdrawn_at.is_(None), Answer.said.in_(YES), Answer.occasion.in_(some))))
    return frozenset(found)


def refused(session: Session, school_id: str, occasion: str) -> bool:
    """Whether a teacher said no to this very thing and did not take it back."""
    return session.scalar(select(Answer.id).where(
        Answer.school_id == school_id, Answer.occasion == occasion, Answer.withdrawn_at.is_(None),
        Answer.said == Said.NO).limit(1)) is not None


def _who(card: CourseCard, said: ChoiceCard) -> str:
    return next((each.name for each in card.teachers if each.id == said.teacher_id and each.name), "The teacher")


def _listed(topics: tuple[str, ...]) -> str:
    return ", ".join(f"“{each}”" for each in topics)
