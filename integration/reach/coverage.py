"""The coverage grid: which grade's classes in which subject were reached, and in which months; gaps are seen, not named."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integration.courses.shelf import GRADES, grade_name
from integration.courses.subject import SUBJECTS
from integration.reach.classes import ReachClass
from integration.reach.tally import Tally


@dataclass(frozen=True)
class Cell:
    """The classes of one grade in one subject. Without any class there is no cell to fill; with some and none reached, a gap."""

    grade: str
    subject: str
    label: str
    class_ids: tuple[str, ...]
    reached_ids: tuple[str, ...]
    months: tuple[str, ...]
    """The months in which something reached one of them, oldest first: `2026-11`."""

    @property
    def key(self) -> str:
        """What its list is asked for by."""
        return f"cell-{self.grade or 'none'}-{self.subject or 'none'}"

    @property
    def is_gap(self) -> bool:
        """Whether there are classes, and none was reached."""
        return bool(self.class_ids) and not self.reached_ids


@dataclass(frozen=True)
class Line:
    """One grade's cells, one for each of the grid's subjects."""

    grade: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Coverage:
    """The grid; a class of two grades lies in both."""

    subjects: tuple[str, ...]
    lines: tuple[Line, ...]

    def cells(self) -> Iterator[Cell]:
        """Every cell that has classes."""
        return (cell for line in self.lines for cell in line.cells if cell.class_ids)


def cover(found: Sequence[ReachClass], tallies: Sequence[Tally]) -> Coverage:
    """The grid of these classes and of what was seen in them."""
    months = defaultdict[str, set[str]](set)
    for each in tallies:
        months[each.course.id].add(each.month)
    shown = [card for card in found if card.is_used or card.id in months]
    held = defaultdict[tuple[str, str], list[ReachClass]](list)
    for card in shown:
        for grade in card.grades or ("",):
            held[grade, card.subject].append(card)
    subjects = sorted({card.subject for card in shown}, key=_order)
    grades = [grade for grade in (*GRADES, "") if any(its == grade for its, _ in held)]
    return Coverage(tuple(subjects), tuple(
        Line(grade, _grade(grade), tuple(_cell(grade, subject, held[grade, subject], months) for subject in subjects))
        for grade in grades))


def _order(subject: str) -> tuple[bool, int, str]:
    """The subjects we know in their own order, then others by name; classes without one last."""
    known = list(SUBJECTS)
    return (not subject, known.index(subject) if subject in known else len(known), subject)


def _grade(code: str) -> str:
    return grade_name(code) if code else "No grade found"


def _cell(grade: str, subject: str, cards: Sequence[ReachClass], months: dict[str, set[str]]) -> Cell:
    reached = [card for card in cards if card.id in months]
    return Cell(grade, subject, f"{_grade(grade)}, {subject or 'no subject found'}", tuple(card.id for card in cards),
                tuple(card.id for card in reached), tuple(sorted({month for card in reached for month in months[card.id]})))
