"""Every call our code makes in these tests is held against Google's discovery document, and every roster call against its mask."""

import json
import urllib.request
from collections.abc import Iterable

from integration.sandbox.app import Sandbox, open_sandbox
from integration.sandbox.journal import Call
from integration.sandbox.world import World

ROSTER_MASKS = {
    "courses.students.list": ("nextPageToken,students/userId",),
    "courses.teachers.list": ("nextPageToken,teachers/profile(id,name/fullName)",
                              "nextPageToken,teachers/profile(id,name/fullName,emailAddress)"),
}
"""What may be asked about the people of a class: of students only how many."""

_watched: list[Sandbox] = []


def open_watched(world: World) -> Sandbox:
    """A pretend Google whose journal is read when the test is over."""
    sandbox = open_sandbox(world)
    _watched.append(sandbox)
    return sandbox


def faults_of_watched() -> list[str]:
    """What was wrong with the calls since the last time this was asked."""
    found = [fault for sandbox in _watched for fault in faults(sandbox.journal)]
    _watched.clear()
    return found


def calls_from(google: str) -> list[Call]:
    """Everything that was asked of a pretend Google over HTTP."""
    with urllib.request.urlopen(f"{google}/_sandbox/journal") as answer:
        return [Call(**{**each, "query": tuple(map(tuple, each["query"]))}) for each in json.load(answer)["calls"]]


def faults(calls: Iterable[Call]) -> list[str]:
    """What the discovery document, or a roster's mask, has against these calls."""
    return [f"{call.method} {call.path}: {why}" for call in calls if (why := _fault(call))]


def _fault(call: Call) -> str:
    if call.verdict != "ok":
        return call.verdict
    masks = ROSTER_MASKS.get(call.name)
    return "" if masks is None or dict(call.query).get("fields") in masks else "a roster call without its mask"
