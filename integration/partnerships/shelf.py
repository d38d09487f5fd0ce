"""Read the log: the partnerships, and what was done in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.models import Source

PAGE = 100
"""How many a page holds when nobody says."""


@dataclass(frozen=True)
class PartnershipCard:
    """The librarian and one teacher, with what there is behind it."""

    id: str
    teacher_id: str
    teacher: str
    """What to call her: her name, or “the teacher of <class>”."""
    began_on: date
    entries: int
    classes: int
    minutes: int
    last_on: date | None


@dataclass(frozen=True)
class ClassName:
    """A class by id and name."""

    id: str
    name: str


@dataclass(frozen=True)
class EntryCard:
    """One thing done together."""

    id: str
    partnership_id: str
    teacher_id: str
    teacher: str
    occasion: str
    on: date
    activity: str
    minutes: int | None
    level: str
    scheme: str
    codes: tuple[str, ...]
    evidence: tuple[Mapping[str, str], ...]
    classes: tuple[ClassName, ...]
    source: Source
    written_at: datetime


def partnerships(desk: Desk, school_id: str, *, after: str | None = None, at_most: int | None = None
                 ) -> list[PartnershipCard]:
    """The school's partnerships in the order they began; `after` is the id of the last one of the page before."""
    raise NotFound


def partnership(desk: Desk, school_id: str, partnership_id: str) -> PartnershipCard:
    """One partnership. Raises NotFound."""
    raise NotFound


def entries(desk: Desk, school_id: str, partnership_id: str | None = None, *, after: str | None = None,
            at_most: int = PAGE) -> list[EntryCard]:
    """A page of the log, newest first; `after` is the id of the last entry of the page before."""
    raise NotFound


def entry(desk: Desk, school_id: str, entry_id: str) -> EntryCard:
    """One entry. Raises NotFound."""
    raise NotFound
