"""What each class could do with a kit: averages before and after with their n, and the faults that remain.

A number about fewer than ten students is never told, because in a small class it would be about somebody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from integration.courses.models import Course
from integration.desk import Desk
from integration.workshops.models import PracticeCount
from integration.workshops.practice import paper_of
from integration.workshops.shelf import KitCard, kit

FEWEST = 10
FAULTS_SHOWN = 5


@dataclass(frozen=True)
class Average:
    """An average of points and how many handed in; `average` is None below ten."""

    done: int
    points: int

    @property
    def average(self) -> float | None:
        return round(self.points / self.done, 1) if self.done >= FEWEST else None

    @property
    def shown_n(self) -> str:
        """How many handed in, in the form that may be shown."""
        return str(self.done) if self.done >= FEWEST else f"< {FEWEST}" if self.done else "0"


@dataclass(frozen=True)
class ClassResult:
    """One class with one kit. `faults`: how often each was made in practice, the most frequent first, those of ten and more."""

    course_id: str
    class_name: str
    before: Average
    after: Average
    out_of: int
    tries: Average
    faults: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """What may honestly be said of it."""
        if self.before.average is None or self.after.average is None:
            return "Too few have handed in both tickets to say anything."
        way = ("rose" if self.after.average > self.before.average else
               "fell" if self.after.average < self.before.average else "stayed")
        told = f"from {self.before.average} to {self.after.average}" if way != "stayed" else f"at {self.after.average}"
        return (f"The average {way} {told} of {self.out_of} (n = {self.before.done} before, {self.after.done} after). "
                "That the workshop caused it, these numbers cannot say.")


def results(desk: Desk, school_id: str, kit_id: str) -> list[ClassResult]:
    """Each class that practised, by name. Raises NotFound."""
    return results_of(desk, kit(desk, school_id, kit_id))


def results_of(desk: Desk, card: KitCard) -> list[ClassResult]:
    """Each class that practised with this kit, also one put away, by name."""
    with desk.transaction() as session:
        rows = session.execute(
            select(PracticeCount.course_id, Course.name, PracticeCount.question, PracticeCount.what, PracticeCount.count)
            .join(Course, Course.id == PracticeCount.course_id)
            .where(PracticeCount.school_id == card.school_id, PracticeCount.kit_id == card.id)
            .order_by(Course.name, Course.id)).all()
    found: dict[str, tuple[str, dict[tuple[str, str], int]]] = {}
    for course_id, name, question, what, count in rows:
        found.setdefault(course_id, (name, {}))[1][question, what] = count
    out_of = len(paper_of(card).after)
    return [_result(course_id, name, counts, out_of) for course_id, (name, counts) in found.items()]


def together(found: Sequence[ClassResult], class_ids: Collection[str]) -> tuple[Average, Average] | None:
    """Before and after of these classes as one; a class of fewer than ten is left out, or its numbers could be worked out."""
    told = [each for each in found if each.course_id in class_ids
            and each.before.average is not None and each.after.average is not None]
    return (_sum([each.before for each in told]), _sum([each.after for each in told])) if told else None


def _sum(averages: Sequence[Average]) -> Average:
    return Average(sum(each.done for each in averages), sum(each.points for each in averages))


def _result(course_id: str, name: str, counts: Mapping[tuple[str, str], int], out_of: int) -> ClassResult:
    def told(question: str) -> Average:
        return Average(counts.get((question, "done"), 0), counts.get((question, "points"), 0))

    made: dict[str, int] = {}
    for (question, what), count in counts.items():
        if question not in ("before", "after") and what not in ("tries", "right"):
            made[what] = made.get(what, 0) + count
    shown = sorted(((what, count) for what, count in made.items() if count >= FEWEST), key=lambda each: (-each[1], each[0]))
    tries = sum(count for (_question, what), count in counts.items() if what == "tries")
    right = sum(count for (_question, what), count in counts.items() if what == "right")
    return ClassResult(course_id, name, told("before"), told("after"), out_of, Average(tries, right), dict(shown[:FAULTS_SHOWN]))
