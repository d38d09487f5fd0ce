"""Write the log: entries that make themselves from what stands in classes, and entries by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from integration.desk import Desk
from integration.errors import NotFound


@dataclass(frozen=True)
class Happened:
    """Something that happened with one teacher: `occasion` names what it was for and makes it one entry."""

    teacher_id: str
    occasion: str
    on: date
    activity: str
    course_ids: Sequence[str]
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class HandEntry:
    """An entry as she writes it. `minutes` 1 to 1,440 or None; `level` needs its `scheme`; `evidence` are links and quotes."""

    teacher_id: str
    on: date
    activity: str
    minutes: int | None = None
    class_ids: Sequence[str] = ()
    level: str = ""
    scheme: str = ""
    codes: Sequence[str] = ()
    evidence: Sequence[Mapping[str, str]] = ()


def record(desk: Desk, school_id: str, happened: Happened) -> str:
    """Write one entry for (partnership, occasion), or join its classes to the one there is; answer the entry's id."""
    raise NotFound


def record_all(desk: Desk, school_id: str, happened: Sequence[Happened]) -> list[str]:
    """`record` for many, in a handful of statements; answer the entries' ids in the same order."""
    raise NotFound


def begin(desk: Desk, school_id: str, teacher_id: str) -> str:
    """Begin a partnership with a teacher, today; answer its id, the old one if there is one. Raises NotFound."""
    raise NotFound


def write(desk: Desk, school_id: str, entry: HandEntry) -> str:
    """Write an entry by hand and answer its id. Raises Invalid, NotFound."""
    raise NotFound


def change(desk: Desk, school_id: str, entry_id: str, entry: HandEntry) -> None:
    """Correct an entry, also one that wrote itself; what she set is never overwritten. Raises Invalid, NotFound."""
    raise NotFound
