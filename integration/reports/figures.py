"""Figures with the list behind each: a figure cannot be made without its list, so the two cannot disagree.

The list behind posts may have a million lines, and the log's twenty thousand; they are read when they are opened, by the condition
by which the figure was counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from integration.reach.classes import ReachClass
from integration.reach.count import FEW
from integration.reach.tally import Posts
from integration.reports.log import Entries

LISTED = 5000
"""More ids of one list than this are not in the data; its page has them all."""

ONE_OF = {"activities": "activity", "classes": "class", "entries": "entry", "grades": "grade", "lessons": "lesson",
          "minutes": "minute", "partnerships": "partnership", "posts": "post", "sessions": "session", "teachers": "teacher",
          "units": "unit"}
"""How a label speaks of one."""


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

    With `posts` or `entries` the database `counted`, and no ids are held; its list has as many `lines`.
    """

    key: str
    label: str
    of: Of
    ids: tuple[str, ...]
    amounts: tuple[int, ...] | None = None
    posts: Posts | None = None
    entries: Entries | None = None
    counted: int = 0
    lines: int = 0

    @property
    def number(self) -> int:
        """The figure itself."""
        if self.is_counted:
            return self.counted
        return len(self.ids) if self.amounts is None else sum(self.amounts)

    @property
    def is_counted(self) -> bool:
        """Whether the database counted it, and reads its list."""
        return self.posts is not None or self.entries is not None

    @property
    def things(self) -> int:
        """How many lines its whole list has."""
        return self.lines if self.is_counted else len(self.ids)

    @property
    def shown(self) -> str:
        """The figure fit to show: a small group of students is not told apart."""
        return self.fit_to_show(self.number)

    @property
    def words(self) -> str:
        """The label as it stands beside the figure: `1 class reached`."""
        return beside(self.shown, self.label)

    def fit_to_show(self, number: int) -> str:
        """The figure or a part of it in words."""
        return f"< {FEW}" if self.key.endswith("students") and 0 < number < FEW else f"{number:,}"


def beside(shown: str, label: str) -> str:
    """A label as it stands beside a figure: of one thing it speaks as of one."""
    return re.sub(r"[a-z]+", lambda found: ONE_OF.get(found[0], found[0]), label) if shown == "1" else label


def of_ids(key: str, label: str, of: Of, ids: Iterable[str]) -> Figure:
    """A figure that counts different things, each once."""
    return Figure(key, label, of, tuple(dict.fromkeys(ids)))


def of_posts(key: str, label: str, posts: Posts, counted: int) -> Figure:
    """A figure that counts posts."""
    return Figure(key, label, Of.DELIVERIES, (), posts=posts, counted=counted, lines=counted)


def of_entries(key: str, label: str, of: Of, entries: Entries, counted: int, lines: int | None = None) -> Figure:
    """A figure that counts entries of the log, or the different partnerships or classes in them; or their minutes, of `lines`."""
    return Figure(key, label, of, (), entries=entries, counted=counted, lines=counted if lines is None else lines)


def students(key: str, class_ids: Iterable[str], cards: Mapping[str, ReachClass]) -> Figure:
    """The students of these classes, as far as a class's size is known."""
    sizes = {id: size for id in class_ids if (size := cards[id].students) is not None}
    return Figure(key, "students, by class size", Of.CLASSES, tuple(sizes), tuple(sizes.values()))
