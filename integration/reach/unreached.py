"""Whom nothing has reached yet this school year, in the order of names, each with the gentlest next step. Never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.accounts.schools import school
from integration.courses.models import Mode
from integration.courses.shelf import TeacherCard
from integration.desk import Desk
from integration.partnerships.shelf import teachers_between
from integration.reach.classes import ReachClass, reach_classes
from integration.reach.count import this_year
from integration.reach.coverage import Cell, Coverage, cover
from integration.reach.tally import tally

A_BEGINNING = 3
"""With fewer partner teachers than this, one beginning is proposed and no list."""


@dataclass(frozen=True)
class Unreached:
    """A teacher whose classes nothing has reached, and a first step that costs her nothing."""

    teacher: TeacherCard
    classes: tuple[ReachClass, ...]
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
    return coverage_and_not_yet(desk, school_id)[1]


def coverage(desk: Desk, school_id: str) -> Coverage:
    """The grid of this school year."""
    return coverage_and_not_yet(desk, school_id)[0]


def coverage_and_not_yet(desk: Desk, school_id: str) -> tuple[Coverage, NotYet]:
    """Both, of one reading."""
    start, end = this_year(desk, school_id)
    found = reach_classes(desk, school_id)
    tallies = tally(desk, school(desk, school_id), found, start, end)
    reached = teachers_between(desk, school_id, start, end) | {one.id for each in tallies for one in each.course.partners}
    waiting, grid = _waiting(found, reached), cover(found, tallies)
    is_beginning = len(reached) < A_BEGINNING
    shown = waiting[:1] if is_beginning else waiting
    gaps = tuple(cell for cell in grid.cells() if cell.is_gap)
    return grid, NotYet(tuple(shown), gaps, is_beginning, len(waiting) - len(shown))


def _waiting(found: Sequence[ReachClass], reached: set[str]) -> list[Unreached]:
    teachers, held = dict[str, TeacherCard](), dict[str, list[ReachClass]]()
    for card in found:
        for one in card.partners if card.is_used else ():
            teachers[one.id] = one
            held.setdefault(one.id, []).append(card)
    ordered = sorted((one for one in teachers.values() if one.id not in reached), key=lambda one: (one.called.casefold(), one.id))
    return [Unreached(one, tuple(held[one.id]), _step(held[one.id])) for one in ordered]


def _step(cards: Sequence[ReachClass]) -> str:
    """The gentlest next step: something ready for one class, as a draft only she sees."""
    first = next((card for card in cards if card.mode is Mode.CO_TAUGHT), cards[0])
    what = f"a few {first.subject.replace('-', ' ')} sources" if first.subject else "a few good sources"
    return f"Offer {what} for {first.name}, as a draft that only its teachers see."
