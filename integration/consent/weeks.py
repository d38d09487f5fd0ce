"""Weeks as teachers say them: `2026-W50`, or a day within; a week begins on Monday (ISO 8601)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def week_of(on: date) -> str:
    """The week a day is in: `2026-W48`."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(on: date) -> date:
    """The first day of the week a day is in."""
    return on - timedelta(days=on.weekday())


def read_week(text: str) -> str | None:
    """The week that `text` names, or None when it names none."""
    try:
        if found := _WEEK.fullmatch(text):
            return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        return week_of(date.fromisoformat(text))
    except ValueError:
        return None


def is_among(on: date, weeks: Iterable[str]) -> bool:
    """Whether a day is in one of `weeks`."""
    return week_of(on) in {read_week(each) for each in weeks}
