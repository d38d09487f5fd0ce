"""What one line of a curriculum map says: a unit, its grades, its subject, from when to when, and its topics."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from integration.courses.reading import in_order, read
from integration.courses.subject import subject_of
from integration.courses.year import school_year
from integration.curation.codes import known_subject
from integration.errors import Invalid
from integration.partnerships.columns import guess
from integration.partnerships.line import day_of
from integration.partnerships.spreadsheet import Line
from integration.records import plain

FIELDS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "project", "title"), "grade": ("grade", "grades"), "subject": ("subject", "course"),
    "starts": ("starts", "start", "begins", "from"), "ends": ("ends", "end", "until", "to"),
    "topics": ("topics", "topic", "themes"),
}
"""A column → the words its heading may hold."""
NEEDED = ("unit", "grade", "starts", "ends")
LONGEST_UNIT, LONGEST_TOPIC, MOST_TOPICS, MOST_DAYS = 200, 100, 20, 366


@dataclass(frozen=True)
class Unit:
    """A unit and its window; without a subject it is of every one."""

    mark: str
    unit: str
    grades: tuple[str, ...]
    subject: str
    topics: tuple[str, ...]
    starts_on: date
    ends_on: date


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The number of each column. Raises Invalid naming those that are missing."""
    found = guess(headings, FIELDS)
    if missing := [field for field in NEEDED if field not in found]:
        raise Invalid(fields={"file": f"The first line has no column {', '.join(missing)}. It holds the headings "
                                      f"{', '.join(FIELDS)}."})
    return found


def read_unit(line: Line, columns: Mapping[str, int], year_starts_month: int) -> Unit:
    """What a line says. Raises Invalid with a sentence for it."""
    told = {field: line.cells[at] if at < len(line.cells) else "" for field, at in columns.items()}
    unit = plain.line(told["unit"])
    if not unit:
        raise Invalid("It names no unit.")
    topics = tuple(dict.fromkeys(each for part in re.split(r"[;,|\n]", told.get("topics", "")) if (each := plain.line(part))))
    _must_fit(unit, topics)
    grades, subject = _grades(told["grade"]), _subject(told.get("subject", ""))
    starts_on, ends_on = day_of(told["starts"]), day_of(told["ends"])
    if not 0 <= (ends_on - starts_on).days <= MOST_DAYS:
        raise Invalid(f"It ends on {ends_on}, which is before it starts on {starts_on}, or more than a year after.")
    year = school_year(starts_on, year_starts_month)
    mark = hashlib.sha256("\n".join((unit.casefold(), *grades, subject, year)).encode()).hexdigest()[:40]
    return Unit(mark, unit, grades, subject, topics, starts_on, ends_on)


def _must_fit(unit: str, topics: Sequence[str]) -> None:
    if len(unit) > LONGEST_UNIT:
        raise Invalid(f"Its unit has {len(unit):,} characters; at most {LONGEST_UNIT} fit.")
    if len(topics) > MOST_TOPICS or any(len(each) > LONGEST_TOPIC for each in topics):
        raise Invalid(f"It may have {MOST_TOPICS} topics of at most {LONGEST_TOPIC} characters.")
    if found := next(filter(None, map(plain.fault, (unit, *topics))), ""):
        raise Invalid(f"It has {found}. Type it anew.")


def _grades(text: str) -> tuple[str, ...]:
    """The grades of `8`, `Grade 8`, `6–8` or `K-2`."""
    found = read(text.replace("–", "-").replace("—", "-"), is_level=True)
    if found is None or not found.grades:
        raise Invalid(f"“{text[:30]}” is no grade that can be read. Write PK, TK, K, 1 to 12, or several, such as 6-8.")
    return in_order(found.grades)


def _subject(text: str) -> str:
    found = known_subject(text) or subject_of(text)
    if text and not found:
        raise Invalid(f"“{text[:40]}” is no subject we know. Correct it, or leave it empty for every subject.")
    return found
