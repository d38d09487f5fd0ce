"""Which column of her spreadsheet is what: guessed from its heading, said by her, and remembered for the next time."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.models import LogColumns
from integration.records.base import new_id
from integration.records.upsert import upsert

FIELDS = ("date", "teacher", "activity", "minutes", "classes", "level", "codes")
NEEDED = ("date", "teacher", "activity")
WORDS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "when"), "teacher": ("teacher", "with", "partner", "staff", "colleague", "name", "who"),
    "activity": ("activity", "what", "unit", "lesson", "project", "topic", "description", "notes"),
    "minutes": ("minutes", "minute", "min", "mins", "duration", "length", "time"),
    "classes": ("classes", "class", "course", "section", "period"), "level": ("level", "collaboration"),
    "codes": ("standards", "standard", "codes", "code", "aasl"),
}

Columns = Mapping[str, int]
"""A field → the number of its column, from 0."""


def guess(headings: Sequence[str], fields: Mapping[str, Sequence[str]] = WORDS) -> dict[str, int]:
    """The column each field is likely in, each column used once; a field nobody names is left out."""
    found: dict[str, int] = {}
    for field, words in fields.items():
        for word in words:
            at = next((at for at, heading in enumerate(headings) if at not in found.values()
                       and word in re.findall(r"[a-z]+", heading.casefold())), None)
            if at is not None:
                found[field] = at
                break
    return found


def remembered(desk: Desk, school_id: str, headings: Sequence[str]) -> dict[str, int]:
    """What she said of a sheet with these headings before, else the guess."""
    with desk.transaction() as session:
        kept = session.scalar(select(LogColumns.columns).where(LogColumns.school_id == school_id,
                                                               LogColumns.headings == _mark(headings)))
    return guess(headings) if kept is None else dict(kept)


def must_be_enough(columns: Columns) -> None:
    """Raise Invalid when a column without which there is no entry is missing."""
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        raise Invalid(fields={f"column_{field}": f"Say which column holds the {field}." for field in missing})


def remember(desk: Desk, school_id: str, headings: Sequence[str], columns: Columns) -> None:
    """Keep which column is what, for the next sheet with these headings."""
    with desk.transaction() as session:
        upsert(session, LogColumns, [{"id": new_id(), "school_id": school_id, "headings": _mark(headings),
                                      "columns": dict(columns)}], key=("school_id", "headings"), keep=("id",))


def _mark(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(heading.casefold() for heading in headings).encode()).hexdigest()
