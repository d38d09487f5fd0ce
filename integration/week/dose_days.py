"""When each part of a kit is to go out, from the window of the unit its grade is taught: before it, in its middle, near its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from integration.accounts.schools import school
from integration.desk import Desk
from integration.week.calendar import POSTS, SCHOOL_DAYS, Off
from integration.week.holidays import all_holidays
from integration.workshops.models import Dose
from integration.workshops.shelf import KitCard, kit_by_link, kits_by_part
from integration.workshops.windows import Window, windows

EARLY, LATE = timedelta(days=7), timedelta(days=2)
"""So long before a unit begins its first part goes out, and so long before it ends the last."""


@dataclass(frozen=True)
class DoseDay:
    """A part of a kit: its collection, when it is proposed to go out, and why. Without `at` it goes out when it is accepted."""

    dose: Dose
    collection_id: str
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class Fit:
    """A unit that the kit's grade is taught, and what it means for the kit's parts."""

    window: Window
    days: Mapping[Dose, DoseDay]


def fits(desk: Desk, card: KitCard) -> list[Fit]:
    """The units of a kit's grade that have not ended, the next one first, each with a day for every part."""
    place = school(desk, card.school_id)
    off = [Off(each.name, each.first, each.last) for each in all_holidays(desk, card.school_id)]
    calendar = _Calendar(place.today(desk.now()), ZoneInfo(place.timezone), off)
    return [Fit(window, {dose: calendar.day(dose, collection_id, window) for dose, collection_id in card.doses.items()})
            for window in windows(desk, card.school_id) if card.grade in window.grades]


def fits_of_part(desk: Desk, school_id: str, collection_id: str) -> tuple[Dose, list[Fit]] | None:
    """Which part of a kit a collection is, and the units of that kit; None when it is no part of one, or the kit is put away."""
    kit_id, _grade = kits_by_part(desk, school_id).get(collection_id, ("", ""))
    with desk.transaction() as session:
        card = kit_by_link(session, kit_id)
    if card is None:
        return None
    return next(dose for dose, id in card.doses.items() if id == collection_id), fits(desk, card)


@dataclass(frozen=True)
class _Calendar:
    today: date
    zone: ZoneInfo
    off: Sequence[Off]

    def day(self, dose: Dose, collection_id: str, window: Window) -> DoseDay:
        on, reason = {Dose.BEFORE: self._before, Dose.DURING: self._during, Dose.AFTER: self._after}[dose](window)
        at = datetime.combine(on, POSTS, self.zone) if on is not None and on > self.today else None
        return DoseDay(dose, collection_id, at, reason)

    def _before(self, window: Window) -> tuple[date | None, str]:
        begins = f"“{window.unit}” begins on {_said(window.starts_on)}"
        if self.today >= window.starts_on:
            return None, f"“{window.unit}” has begun already, so it goes out as soon as you accept."
        on = self._near(window.starts_on - EARLY, -1)
        if on <= self.today:
            return None, f"{begins}, in less than a week, so it goes out as soon as you accept."
        return on, f"{begins}; this is the last school day that leaves a week before."

    def _during(self, window: Window) -> tuple[date | None, str]:
        middle = window.starts_on + (window.ends_on - window.starts_on) / 2
        on = self._near(middle, 1)
        on = on if on <= window.ends_on else self._near(middle, -1)
        when = f"“{window.unit}” is taught from {_said(window.starts_on)} to {_said(window.ends_on)}"
        if on <= self.today:
            return None, f"{when} and half of it is over, so it goes out as soon as you accept."
        return on, f"{when}; this is its middle."

    def _after(self, window: Window) -> tuple[date | None, str]:
        on = self._near(window.ends_on - LATE, -1)
        ends = f"“{window.unit}” ends on {_said(window.ends_on)}"
        if on <= self.today:
            return None, f"{ends}, so it goes out as soon as you accept."
        return on, f"{ends}; this leaves time to mend the list before it is handed in."

    def _near(self, day: date, step: int) -> date:
        """The school day nearest to a day, looking one way."""
        return next(each for each in _from(day, step) if self._has_school(each))

    def _has_school(self, day: date) -> bool:
        return day.weekday() < SCHOOL_DAYS and not any(off.has(day) for off in self.off)


def _from(day: date, step: int) -> Iterator[date]:
    return (day + timedelta(days=step * number) for number in count())


def _said(day: date) -> str:
    return f"{day:%B} {day.day}"
