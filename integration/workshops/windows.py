"""When units are taught: the windows that are now or to come, the classes each fits, and those to be proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from integration.accounts.schools import school
from integration.courses.models import CourseState
from integration.courses.shelf import CourseCard, courses
from integration.desk import Desk
from integration.errors import NotFound
from integration.workshops.models import ProjectWindow

AHEAD = range(14, 28)
"""So many days before a unit starts it is proposed: on the Monday three weeks ahead, and once more a week later."""


@dataclass(frozen=True)
class Window:
    """A unit, and from when to when it is taught, both days included."""

    id: str
    unit: str
    grades: tuple[str, ...]
    subject: str
    topics: tuple[str, ...]
    starts_on: date
    ends_on: date

    def fits(self, card: CourseCard) -> bool:
        """Whether a class is one of those it is taught to."""
        return bool(set(self.grades) & set(card.grades)) and self.subject in {"", card.subject}

    def classes(self, cards: Sequence[CourseCard]) -> list[CourseCard]:
        """Those of the classes that are used and that it fits."""
        return [card for card in cards if card.state is CourseState.ACTIVE and not card.excluded and self.fits(card)]


def windows(desk: Desk, school_id: str) -> list[Window]:
    """The windows that have not ended, the next one first."""
    today = school(desk, school_id).today(desk.now())
    with desk.transaction() as session:
        rows = session.scalars(select(ProjectWindow).where(ProjectWindow.school_id == school_id, ProjectWindow.ends_on >= today)
                               .order_by(ProjectWindow.starts_on, ProjectWindow.unit, ProjectWindow.id))
        return [Window(row.id, row.unit, tuple(row.grades), row.subject, tuple(row.topics), row.starts_on, row.ends_on)
                for row in rows]


def windows_of(desk: Desk, school_id: str, card: CourseCard) -> list[Window]:
    """The windows of one class that have not ended, the next one first."""
    return [each for each in windows(desk, school_id) if each.fits(card)]


def with_classes(desk: Desk, school_id: str) -> list[tuple[Window, list[CourseCard]]]:
    """The windows that have not ended, each with the classes it fits."""
    found = windows(desk, school_id)
    cards = courses(desk, school_id) if found else []
    return [(each, each.classes(cards)) for each in found]


def starting(desk: Desk, school_id: str, monday: date) -> list[Window]:
    """The windows to be proposed in the brief of a Monday."""
    return [each for each in windows(desk, school_id) if (each.starts_on - monday).days in AHEAD]


def remove_window(desk: Desk, school_id: str, window_id: str) -> None:
    """Take a unit off the map. Raises NotFound."""
    with desk.transaction() as session:
        gone = session.scalar(delete(ProjectWindow).where(
            ProjectWindow.school_id == school_id, ProjectWindow.id == window_id).returning(ProjectWindow.id))
    if gone is None:
        raise NotFound("There is no such unit on the map. It may have been taken off.")
