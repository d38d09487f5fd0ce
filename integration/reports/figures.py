"""Figures with the list behind each: a figure cannot be made without its list, so the two cannot disagree.

The list behind posts may have a million lines; it is read when it is opened, by the condition by which the figure was counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from integration.courses.shelf import CourseCard
from integration.partnerships.shelf import EntryCard
from integration.reach.count import FEW
from integration.reach.tally import Posts

LISTED = 5000
"""More lines of one list than this are in no file; its page has them all."""


class Of(StrEnum):
    """What a list holds."""

    CLASSES = "classes"
    TEACHERS = "teachers"
    GRADES = "grades"
    DELIVERIES = "deliveries"
    ENTRIES = "entries"
    PARTNERSHIPS = "partnerships"
    CO_PLANS = "co-plans"
    SESSIONS = "sessions"


@dataclass(frozen=True)
class Figure:
    """A number and what it counts. With `amounts` it is their sum, one for each id; else it is how many ids there are.

    With `posts`, those were `counted`, and no ids are held.
    """

    key: str
    label: str
    of: Of
    ids: tuple[str, ...]
    amounts: tuple[int, ...] | None = None
    posts: Posts | None = None
    counted: int = 0

    @property
    def number(self) -> int:
        """The figure itself."""
        if self.posts is not None:
            return self.counted
        return len(self.ids) if self.amounts is None else sum(self.amounts)

    @property
    def shown(self) -> str:
        """The figure fit to show: a small group of students is not told apart."""
        return self.fit_to_show(self.number)

    def fit_to_show(self, number: int) -> str:
        """The figure or a part of it in words."""
        return f"< {FEW}" if self.key.endswith("students") and 0 < number < FEW else f"{number:,}"


def of_ids(key: str, label: str, of: Of, ids: Iterable[str]) -> Figure:
    """A figure that counts different things, each once."""
    return Figure(key, label, of, tuple(dict.fromkeys(ids)))


def of_posts(key: str, label: str, posts: Posts, counted: int) -> Figure:
    """A figure that counts posts."""
    return Figure(key, label, Of.DELIVERIES, (), posts=posts, counted=counted)


def students(key: str, class_ids: Iterable[str], cards: Mapping[str, CourseCard]) -> Figure:
    """The students of these classes, as far as a class's size is known."""
    sizes = {id: size for id in class_ids if (size := cards[id].students) is not None}
    return Figure(key, "students, by class size", Of.CLASSES, tuple(sizes), tuple(sizes.values()))


def minutes(key: str, entries: Iterable[EntryCard]) -> Figure:
    """The minutes written down in these entries."""
    known = {each.id: each.minutes for each in entries if each.minutes is not None}
    return Figure(key, "minutes together, as written down", Of.ENTRIES, tuple(known), tuple(known.values()))
