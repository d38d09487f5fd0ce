"""Say in a sentence what changed about a class between two looks. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from integration.courses.models import Course, CourseState

STATES = {
    CourseState.ACTIVE: ("active", "The class is in use again."),
    CourseState.ARCHIVED: ("archived", "The class was archived in Classroom; nothing can be posted there."),
    CourseState.PROVISIONED: ("provisioned", "The class waits for its owner to accept it."),
    CourseState.DECLINED: ("declined", "The owner declined the class."),
    CourseState.SUSPENDED: ("suspended", "The class is suspended; only its owner can see it."),
}
"""The new state → the kind of change and its sentence."""


def changes_of(old: Course, new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and sentence of each change from the class as kept to the class as Google shows it now."""
    if old.state is CourseState.GONE:
        yield "back", "The class is in view again."
    elif old.state is not new["state"]:
        yield STATES[new["state"]]
    if old.name != new["name"]:
        yield "renamed", f"Renamed from “{_short(old.name)}” to “{_short(new['name'])}”."
    if old.owner_google_id and old.owner_google_id != new["owner_google_id"]:
        yield "owner", "The class has another owner now."
    if old.set_grades is None and old.grades != new["grades"]:
        yield "grades", f"The grades read off it changed from {_list(old.grades)} to {_list(new['grades'])}."


def _short(name: str) -> str:
    return name if len(name) <= 200 else name[:199] + "…"


def _list(grades: list[str]) -> str:
    return ", ".join(grades) or "none"
