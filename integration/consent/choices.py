"""Read what teachers allow until they say otherwise: at once for a whole school, because a plan asks about every class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from integration.consent.models import Choice, StandingChoice
from integration.courses.shelf import CourseCard, TeacherCard
from integration.desk import Desk
from integration.letters.links import LASTS

EVERYWHERE = ""
# Built once: putting a statement together takes longer than carrying it out.
_EVERY_CHOICE = select(StandingChoice).where(StandingChoice.school_id == bindparam("school_id"))
_STRICTEST_FIRST = (Choice.NEVER, Choice.ASK, Choice.DRAFT, Choice.ALWAYS)


@dataclass(frozen=True)
class ChoiceCard:
    """What a teacher allows. Who said nothing is asked."""

    teacher_id: str
    place: str = EVERYWHERE
    """One class by its id; empty for all her classes."""
    choice: Choice = Choice.ASK
    topics: tuple[str, ...] = ()
    max_per_week: int | None = None
    blackout: tuple[str, ...] = ()
    by: str = ""
    """`teacher:<id>`, `account:<id>`, or empty when nobody said anything."""
    changed_at: datetime | None = None
    before: Mapping[str, Any] | None = None
    """What counted before she chose it by a link; None when no link takes it back."""
    undo_until: datetime | None = None

    def can_be_taken_back(self, now: datetime) -> bool:
        """Whether her link still brings back what counted before: as long as a link in a letter lasts."""
        return self.before is not None and self.changed_at is not None and now < self.changed_at + LASTS

    def is_fresh(self, now: datetime) -> bool:
        """Whether nothing was loosened by it yet, and what it let go of can wait again."""
        return self.before is not None and self.undo_until is not None and now < self.undo_until

    @property
    def is_hers(self) -> bool:
        """Whether the teacher chose it herself."""
        return self.by == f"teacher:{self.teacher_id}"

    @property
    def strictness(self) -> int:
        """0 for the strictest."""
        return _STRICTEST_FIRST.index(self.choice)


@dataclass(frozen=True)
class Choices:
    """The choices of a school's teachers."""

    known: Mapping[tuple[str, str], ChoiceCard] = field(default_factory=dict)
    fresh: Mapping[tuple[str, str], ChoiceCard] = field(default_factory=dict)
    """What counted before a choice that can still be undone: it counts as well."""

    def of(self, teacher_id: str, course_id: str) -> ChoiceCard | None:
        """What a teacher said of this class, else of all her classes; None when she said nothing."""
        return self.known.get((teacher_id, course_id)) or self.known.get((teacher_id, EVERYWHERE))

    def in_force(self, card: CourseCard) -> tuple[ChoiceCard, ...]:
        """What the teachers of a class said, the strictest first; whose class it is counts even when she said nothing."""
        said = {each.id: self.of(each.id, card.id) for each in card.teachers}
        whose = whose_class(card)
        if whose is not None and said.get(whose.id) is None:
            said[whose.id] = ChoiceCard(whose.id)
        also = [self.fresh[each.teacher_id, each.place] for each in said.values()
                if each is not None and (each.teacher_id, each.place) in self.fresh]
        return tuple(sorted([*filter(None, said.values()), *also], key=lambda each: each.strictness))


def whose_class(card: CourseCard) -> TeacherCard | None:
    """The teacher who is asked about a class: its owner, else another who teaches in it; None when none is known."""
    return next((each for each in card.teachers if each.is_owner or not each.is_librarian), None)


def read_choices(session: Session, school_id: str, at: datetime | None = None) -> Choices:
    """Every standing choice of a school, with what still counts beside it at a moment."""
    known = {(row.teacher_id, row.place): choice_card(row) for row in session.scalars(_EVERY_CHOICE, {"school_id": school_id})}
    fresh = {} if at is None else {place: as_before(card) for place, card in known.items() if card.is_fresh(at)}
    return Choices(known, fresh)


def choice_of(desk: Desk, school_id: str, teacher_id: str, place: str = EVERYWHERE) -> ChoiceCard:
    """What one teacher allows in all her classes, or in the class `place`; who said nothing is asked."""
    with desk.transaction() as session:
        found = read_choices(session, school_id).of(teacher_id, place)
    return found or ChoiceCard(teacher_id, place)


def choices_of(desk: Desk, school_id: str, teacher_ids: Iterable[str]) -> list[ChoiceCard]:
    """Everything these teachers said, of all their classes and of single ones."""
    wanted = set(teacher_ids)
    with desk.transaction() as session:
        return [each for each in read_choices(session, school_id).known.values() if each.teacher_id in wanted]


def choice_card(row: StandingChoice) -> ChoiceCard:
    """A row as others may read it."""
    return ChoiceCard(row.teacher_id, row.place, row.choice, tuple(row.topics), row.max_per_week, tuple(row.blackout), row.by,
                      row.changed_at, row.before, row.undo_until)


def as_before(card: ChoiceCard) -> ChoiceCard:
    """What counted before a choice; who had said nothing is asked."""
    was = card.before or {}
    return ChoiceCard(card.teacher_id, card.place, Choice(was.get("choice", Choice.ASK)), tuple(was.get("topics", ())),
                      was.get("max_per_week"), tuple(was.get("blackout", ())), was.get("by", ""))
