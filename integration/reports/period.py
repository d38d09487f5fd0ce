"""The time a report is of: a month, or a school year by the calendar year it begins in. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from integration.courses.year import spell
from integration.errors import NotFound

FIRST_YEAR, LAST_YEAR = 2000, 2199
_SAID = re.compile(r"(\d{4})(?:-(\d\d))?")


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; `said` is how it is asked for: `2026-11` or `2026`."""

    said: str
    label: str
    start: date
    end: date
    months: tuple[str, ...]
    """The months to draw, oldest first: for a month, the school year's up to it."""

    @property
    def first_drawn(self) -> date:
        """The first day of the first month to draw."""
        return date.fromisoformat(f"{self.months[0]}-01")

    @property
    def named(self) -> str:
        """The period within a sentence: `November 2026`, `the school year 2026-27`."""
        return f"the {self.label[0].lower()}{self.label[1:]}" if self.label.startswith("School") else self.label

    @property
    def is_year(self) -> bool:
        """Whether it is a school year rather than a month."""
        return "-" not in self.said


def period(said: str, year_starts_month: int) -> Period:
    """The period that is asked for. Raises NotFound."""
    found = _SAID.fullmatch(said)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2] or 1) <= 12:
        raise NotFound(f"There is no report for “{said[:20]}”. Ask for a month, such as 2026-11, or a school year, such as 2026.")
    year, month = int(found[1]), int(found[2] or 0)
    return _month(year, month, year_starts_month) if month else _year(year, year_starts_month)


def a_year_before(of: Period, year_starts_month: int, today: date) -> Period:
    """The same time a year ago; of a year that is still running only as many days, so that like is set against like."""
    said = f"{int(of.said[:4]) - 1}{of.said[4:]}"
    before = period(said, year_starts_month)
    if not of.start <= today <= of.end:
        return before
    days = (today - of.start).days
    end = min(date.fromordinal(before.start.toordinal() + days), before.end)
    return Period(said, f"{before.label} to {end:%B} {end.day}", before.start, end, before.months)


def _month(year: int, month: int, starts: int) -> Period:
    first = year if month >= starts else year - 1
    return Period(f"{year}-{month:02}", f"{date(year, month, 1):%B %Y}", date(year, month, 1), _last_day(year, month),
                  tuple(_months(first, starts, (month - starts) % 12 + 1)))


def _year(year: int, starts: int) -> Period:
    months = list(_months(year, starts, 12))
    last_year, last_month = map(int, months[-1].split("-"))
    label = f"School year {spell(year)}" if starts > 1 else str(year)
    return Period(f"{year}", label, date(year, starts, 1), _last_day(last_year, last_month), tuple(months))


def _months(year: int, starts: int, many: int) -> list[str]:
    return [f"{year + (starts - 1 + each) // 12}-{(starts - 1 + each) % 12 + 1:02}" for each in range(many)]


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
