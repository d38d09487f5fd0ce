"""Whom nothing has reached yet this school year, in the order of names, each with the gentlest next step. Never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.accounts.schools import school
from integration.courses.models import Mode
from integration.courses.shelf import CourseCard, TeacherCard, courses
from integration.desk import Desk
from integration.partnerships.shelf import entries_between
from integration.reach.count import this_year
from integration.reach.coverage import Cell, Coverage, cover
from integration.reach.posts import partners
from integration.reach.quilt import is_used
from integration.reach.tally import tally

A_BEGINNING = 3
"""With fewer partner teachers than this, one beginning is proposed and no list."""


@dataclass(frozen=True)
class Unreached:
    """A teacher whose classes nothing has reached, and a first step that costs her nothing."""

    teacher: TeacherCard
    classes: tuple[CourseCard, ...]
    step: str


@dataclass(frozen=True)
class NotYet:
    """Teachers by name, and the gaps of the grid; with `is_beginning` there is one proposal, and the rest waits."""

    teachers: tuple[Unreached, ...]
    gaps: tuple[Cell, ...]
    is_beginning: bool
    others: int
    """How many more there are than are proposed."""


def not_yet(desk: Desk, school_id: str) -> NotYet:
    """Whom nothing has reached this school year; whoever is in the log with her is reached too."""
    start, end = this_year(desk, school_id)
    found = courses(desk, school_id)
    tallies = tally(desk, school(desk, school_id), found, start, end)
    met = {each.teacher_id for each in entries_between(desk, school_id, start, end)}
    reached = met | {one.id for each in tallies for one in partners(each.course)}
    waiting = _waiting(found, reached)
    gaps = tuple(cell for cell in cover(found, tallies).cells() if cell.is_gap)
    is_beginning = len(reached) < A_BEGINNING
    shown = waiting[:1] if is_beginning else waiting
    return NotYet(tuple(shown), gaps, is_beginning, len(waiting) - len(shown))


def coverage(desk: Desk, school_id: str) -> Coverage:
    """The grid of this school year."""
    found = courses(desk, school_id)
    return cover(found, tally(desk, school(desk, school_id), found, *this_year(desk, school_id)))


def _waiting(found: Sequence[CourseCard], reached: set[str]) -> list[Unreached]:
    teachers, held = dict[str, TeacherCard](), dict[str, list[CourseCard]]()
    for card in found:
        for one in partners(card) if is_used(card) else ():
            teachers[one.id] = one
            held.setdefault(one.id, []).append(card)
    ordered = sorted((one for one in teachers.values() if one.id not in reached), key=lambda one: (one.called.casefold(), one.id))
    return [Unreached(one, tuple(held[one.id]), _step(held[one.id])) for one in ordered]


def _step(cards: Sequence[CourseCard]) -> str:
    """The gentlest next step: something ready for one class, as a draft only she sees."""
    first = next((card for card in cards if card.mode is Mode.CO_TAUGHT), cards[0])
    what = f"a few {first.subject.replace('-', ' ')} sources" if first.subject else "a few good sources"
    return f"Offer {what} for {first.name}, as a draft that only its teachers see."
