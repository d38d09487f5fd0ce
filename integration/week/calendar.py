"""When a round is due: six o'clock on the first school day of each ISO week, on the school's own clock. Pure.

Six o'clock is reckoned on the wall clock of that day, so it stays six through both changes of summer time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from integration.consent.weeks import monday_of, week_of

AT = time(6)
POSTS = time(7)
SCHOOL_DAYS = 5
LATE = timedelta(hours=12)
"""A round that begins so long after its time posts nothing without asking."""


@dataclass(frozen=True)
class Off:
    """Days without school, both included."""

    name: str
    first: date
    last: date

    def has(self, on: date) -> bool:
        """Whether a day is among them."""
        return self.first <= on <= self.last


@dataclass(frozen=True)
class Slot:
    """The time of one week's round. With a `holiday` there is no school that week, and no round."""

    week: str
    at: datetime
    holiday: str = ""


def slot_of(monday: date, zone: ZoneInfo, off: Sequence[Off]) -> Slot:
    """The slot of the week that begins on `monday`."""
    day = school_day(monday, off)
    if day is None:
        return Slot(week_of(monday), datetime.combine(monday, AT, zone), next(each.name for each in off if each.has(monday)))
    return Slot(week_of(monday), datetime.combine(day, AT, zone))


def school_day(first: date, off: Sequence[Off]) -> date | None:
    """The first day with school from `first` to the Friday of its week; None when there is none."""
    days = (first + timedelta(days=number) for number in range(SCHOOL_DAYS - first.weekday()))
    return next((day for day in days if not any(each.has(day) for each in off)), None)


def monday_of_week(week: str) -> date:
    """The first day of a week named like `2026-W48`."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def posts_at(week: str, weekday: int, zone: ZoneInfo, off: Sequence[Off]) -> datetime | None:
    """When a series posts in a week: at seven on its weekday, or on the next one with school; None when there is none."""
    day = school_day(monday_of_week(week) + timedelta(days=weekday), off)
    return None if day is None else datetime.combine(day, POSTS, zone)


def slots(after: datetime | None, now: datetime, zone: ZoneInfo, off: Sequence[Off]) -> list[Slot]:
    """The slots after one moment up to another, oldest first; without `after` the newest alone."""
    found = []
    for slot in _backwards(now, zone, off):
        if after is not None and slot.at <= after:
            break
        found.append(slot)
        if after is None:
            break
    return found[::-1]


def next_slot(now: datetime, zone: ZoneInfo, off: Sequence[Off]) -> Slot:
    """The next slot with a round."""
    monday = monday_of(now.astimezone(zone).date())
    while True:
        slot = slot_of(monday, zone, off)
        if slot.at > now and not slot.holiday:
            return slot
        monday += timedelta(days=7)


def _backwards(now: datetime, zone: ZoneInfo, off: Sequence[Off]) -> Iterator[Slot]:
    """Every slot up to `now`, newest first."""
    monday = monday_of(now.astimezone(zone).date())
    while True:
        slot = slot_of(monday, zone, off)
        if slot.at <= now:
            yield slot
        monday -= timedelta(days=7)
