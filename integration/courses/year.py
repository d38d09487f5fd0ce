"""School years as words: `2026-27`. Pure; the first month comes from the school."""

import re
from dataclasses import dataclass
from datetime import date

CENTURY = 2000
FIRST_SHORT = 15
"""`26-27` is a school year and `6-8` or `11-12` are grades: a short year begins after all grades."""

_LONG = re.compile(r"(?:\bSY\s*)?(?<!\d)20(\d\d)\s*[-/]\s*(?:20)?(\d\d)(?!\d)", re.I)
_SHORT = re.compile(r"(?:\bSY\s*)?(?<!\d)(\d\d)\s*[-/]\s*(\d\d)(?!\d)", re.I)


@dataclass(frozen=True)
class YearFound:
    """A school year read in a text, and the text without it."""

    year: str
    words: str
    rest: str


def school_year(on: date, starts_month: int) -> str:
    """The school year `on` falls into."""
    return spell(on.year if on.month >= starts_month else on.year - 1)


def spell(start: int) -> str:
    """The school year that begins in `start`."""
    return f"{start}-{(start + 1) % 100:02}"


def start_of(year: str) -> int:
    """The calendar year in which a spelled school year begins."""
    return int(year[:4])


def find_year(text: str) -> YearFound:
    """The first school year in `text`; every one is taken out of the rest, so that it is not read as grades."""
    years: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[2])
        if first < FIRST_SHORT or second != (first + 1) % 100:
            return match[0]
        years.append((spell(CENTURY + first), match[0]))
        return " "

    rest = _SHORT.sub(take, _LONG.sub(take, text))
    return YearFound(*(years[0] if years else ("", "")), rest)
