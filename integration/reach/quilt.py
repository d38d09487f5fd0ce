"""The quilt: one patch a class, rows by grade; one glance says where the thread has been."""

from dataclasses import dataclass
from enum import StrEnum

from integration.desk import Desk
from integration.errors import NotFound

PATCHES_AT_MOST = 400
"""With more classes than this a patch becomes a grade's subject."""


class Stitch(StrEnum):
    """What a patch looks like, strongest first."""

    STANDING = "standing"
    EDITED = "edited"
    PLANNED = "planned"
    REMOVED = "removed"
    PLAIN = "plain"


@dataclass(frozen=True)
class Patch:
    """One class, or in a grouped quilt all classes of one subject in one grade (then `course_id` is empty)."""

    course_id: str
    name: str
    subject: str
    teacher: str
    note: str
    """What the row does not say, such as “Grades 4 and 5”; else empty."""
    state: Stitch
    deliveries: int
    """How many posts students saw at some time."""
    classes: int = 1
    reached: int = 0
    """How many of its classes have something standing now."""


@dataclass(frozen=True)
class QuiltRow:
    """The classes of one grade; `grade` is a code, empty for those that have none yet."""

    grade: str
    label: str
    patches: tuple[Patch, ...]


@dataclass(frozen=True)
class Quilt:
    """The whole picture, with the numbers beside it."""

    rows: tuple[QuiltRow, ...]
    is_grouped: bool
    classes: int
    reached: int
    """How many classes have something standing now."""


def quilt(desk: Desk, school_id: str) -> Quilt:
    """The school's quilt, in an order that stays the same from day to day."""
    raise NotFound
