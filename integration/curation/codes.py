"""The words resources are tagged with: subjects, and the codes of standards with our own short labels."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from integration.courses.subject import SUBJECTS

DATA = Path(__file__).parent / "data"
SCHEMES = ("aasl", "frl", "iste")
SUBJECT_LABELS = {
    "library": "Library", "science": "Science", "social-studies": "Social studies", "math": "Math",
    "ela": "English language arts", "languages": "World languages", "music": "Music", "art": "Art",
    "technology": "Technology", "health-pe": "Health and PE",
}


@dataclass(frozen=True)
class Subject:
    """A school subject."""

    code: str
    label: str


@dataclass(frozen=True)
class Code:
    """One code of a standard; the label is ours and stands for no official wording."""

    code: str
    label: str
    group: str
    scheme: str


@dataclass(frozen=True)
class Scheme:
    """A set of standards, with the address of the official text."""

    key: str
    name: str
    version: str
    link: str
    note: str
    codes: tuple[Code, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject, in an order that stays."""
    return tuple(Subject(code, SUBJECT_LABELS.get(code, code.replace("-", " ").capitalize())) for code in SUBJECTS)


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every set of standards we have codes of."""
    return tuple(_scheme(json.loads((DATA / f"{key}.json").read_text(encoding="utf-8"))) for key in SCHEMES)


def codes() -> tuple[Code, ...]:
    """Every code of every scheme."""
    return tuple(code for scheme in schemes() for code in scheme.codes)


def known_code(typed: str) -> str:
    """The code that `typed` means, in any case and for ISTE also without “ISTE.”; empty when we know none."""
    return _by_spelling().get(typed.strip().casefold(), "")


def subject_name(code: str) -> str:
    """What a subject is called; as it is when we do not know it."""
    return next((each.label for each in subjects() if each.code == code), code.replace("-", " ").capitalize())


def known_subject(typed: str) -> str:
    """The code of the subject that `typed` names by its code or its label; empty when we know none."""
    wanted = typed.strip().casefold()
    return next((each.code for each in subjects() if wanted in {each.code, each.label.casefold()}), "")


def labels(chosen: Sequence[str]) -> list[Code]:
    """The known ones of `chosen`, with their labels, in the order of the standards."""
    return [code for code in codes() if code.code in set(chosen)]


@cache
def _by_spelling() -> dict[str, str]:
    whole = {code.code.casefold(): code.code for code in codes()}
    return {**{spelled.removeprefix("iste."): code for spelled, code in whole.items()}, **whole}


def _scheme(data: dict[str, object]) -> Scheme:
    key, listed = str(data["key"]), data["codes"]
    assert isinstance(listed, list)
    found = tuple(Code(each["code"], each["label"], each["group"], key) for each in listed)
    return Scheme(key, str(data["name"]), str(data["version"]), str(data["link"]), str(data["note"]), found)
