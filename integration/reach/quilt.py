"""The quilt: one patch a class, rows by grade; one glance says where the thread has been. The database counts the deliveries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select

from integration.courses.models import CourseState
from integration.courses.shelf import GRADES, CourseCard, courses, grade_name
from integration.delivery.machine import CHANGING
from integration.delivery.models import Delivery, DeliveryState
from integration.desk import Desk
from integration.reach.posts import partners

NOTHING = (DeliveryState.SKIPPED, DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.RETRACTED,
           DeliveryState.EXPIRED)
"""States after which nothing of ours is in the class, nor will be."""

PATCHES_AT_MOST = 400
"""With more classes than this a patch becomes a grade's subject."""


class Alike(NamedTuple):
    """Deliveries of one class in the same state."""

    state: DeliveryState
    is_seen: bool
    is_edited: bool
    many: int


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
    found = _alike(desk, school_id)
    cards = [card for card in courses(desk, school_id) if is_used(card) or card.id in found]
    patches = [(_grade(card), _patch(card, found.get(card.id, ()))) for card in cards]
    is_grouped = len(patches) > PATCHES_AT_MOST
    rows = [_quilt_row(grade, [patch for its, patch in patches if its == grade], is_grouped=is_grouped)
            for grade in (*GRADES, "")]
    return Quilt(tuple(row for row in rows if row.patches), is_grouped, len(patches),
                 sum(patch.reached for _, patch in patches))


def _alike(desk: Desk, school_id: str) -> dict[str, list[Alike]]:
    """The deliveries of each class, those in the same state together."""
    found = defaultdict[str, list[Alike]](list)
    state = (Delivery.state, Delivery.published_at.is_not(None), Delivery.edited_at.is_not(None))
    with desk.transaction() as session:
        for row in session.execute(select(Delivery.course_id, *state, func.count()).where(
                Delivery.school_id == school_id, Delivery.state.not_in(NOTHING)).group_by(Delivery.course_id, *state)):
            found[row[0]].append(Alike(*row[1:]))
    return dict(found)


def is_used(card: CourseCard) -> bool:
    """Whether a class belongs in the picture even before anything reached it."""
    return card.state is CourseState.ACTIVE and not card.excluded


def _grade(card: CourseCard) -> str:
    """The row a class lies in: its lowest grade."""
    return next((grade for grade in GRADES if grade in card.grades), "")


def _patch(card: CourseCard, found: Sequence[Alike]) -> Patch:
    stitches = {_stitch(row) for row in found}
    state = next((stitch for stitch in Stitch if stitch in stitches), Stitch.PLAIN)
    return Patch(course_id=card.id, name=card.name, subject=card.subject,
                 teacher=", ".join(each.called for each in partners(card)), note=_note(card), state=state,
                 deliveries=sum(row.many for row in found if row.is_seen),
                 reached=int(state in {Stitch.STANDING, Stitch.EDITED}))


def _stitch(row: Alike) -> Stitch:
    if row.state is DeliveryState.PUBLISHED or (row.state in CHANGING and row.is_seen):
        return Stitch.EDITED if row.is_edited else Stitch.STANDING
    return Stitch.REMOVED if row.state is DeliveryState.REMOVED else Stitch.PLANNED


def _note(card: CourseCard) -> str:
    """The grades of a class that sits in more than one."""
    grades = [grade for grade in GRADES if grade in card.grades]
    if len(grades) < 2:
        return ""
    return f"Grades {', '.join(grades[:-1])} and {grades[-1]}"


def _quilt_row(grade: str, patches: Sequence[Patch], *, is_grouped: bool) -> QuiltRow:
    """A grade's patches by subject and name; or one patch a subject when there are too many."""
    ordered = sorted(patches, key=lambda patch: (patch.subject, patch.name, patch.course_id))
    if is_grouped:
        ordered = [_together(subject, list(some)) for subject, some in groupby(ordered, key=lambda patch: patch.subject)]
    return QuiltRow(grade, grade_name(grade) if grade else "No grade found", tuple(ordered))


def _together(subject: str, patches: Sequence[Patch]) -> Patch:
    states = {patch.state for patch in patches}
    return Patch(course_id="", name=subject or "No subject found", subject=subject, teacher="", note="",
                 state=next(stitch for stitch in Stitch if stitch in states),
                 deliveries=sum(patch.deliveries for patch in patches), classes=len(patches),
                 reached=sum(patch.reached for patch in patches))
