"""What she typed, as the library wants it: days, moments, numbers and lists. A field that cannot be read is Invalid."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from integration.errors import Invalid

Values = MultiDict[str, str]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")


def several(values: Values, name: str) -> list[str]:
    """What was ticked, or typed with commas between, without empty ones and without repeats."""
    parts = [part.strip() for value in values.getlist(name) for part in value.split(",")]
    return list(dict.fromkeys(part for part in parts if part))


def day(values: Values, name: str) -> date | None:
    """A day, or None when the field is empty. Raises Invalid."""
    said = values.get(name, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(_shaped(said, DAY))
    except ValueError as error:
        raise Invalid(fields={name: f"“{said[:40]}” is not a day. Write it like 2026-11-24."}) from error


def needed_day(values: Values, name: str) -> date:
    """A day that must be there. Raises Invalid."""
    if (found := day(values, name)) is None:
        raise Invalid(fields={name: "Say which day."})
    return found


def moment(values: Values, name: str, zone: ZoneInfo) -> datetime | None:
    """A moment on the school's own clock, in UTC; None when the field is empty. Raises Invalid."""
    said = values.get(name, "").strip()
    if not said:
        return None
    try:
        return datetime.fromisoformat(_shaped(said, MOMENT)).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={name: f"“{said[:40]}” is not a day and time. Write it like 2026-11-24T07:30."}) from error


def number(values: Values, name: str) -> int | None:
    """A whole number, or None when the field is empty. Raises Invalid."""
    said = values.get(name, "").strip()
    if not said:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", said):
        raise Invalid(fields={name: f"“{said[:40]}” is not a whole number."})
    return int(said)


def _shaped(said: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(said):
        raise ValueError(said)
    return said
