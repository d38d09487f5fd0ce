"""What a workshop holds for a grade: objectives, standards and steps with their minutes. Data; nothing else asks for a band."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from integration.workshops.models import Dose

DATA = Path(__file__).parent / "data" / "lessons.json"
NAMES = {"PK": "K", "TK": "K"}
SPANS = {"9": "9-10", "10": "9-10", "11": "11-12", "12": "11-12"}


@dataclass(frozen=True)
class Step:
    """One step of a workshop: who does what, and for how many minutes."""

    dose: Dose
    minutes: int
    do: str
    librarian: str
    teacher: str


@dataclass(frozen=True)
class Lesson:
    """A workshop's plan for one grade."""

    band: str
    title: str
    objectives: tuple[str, ...]
    codes: tuple[str, ...]
    steps: tuple[Step, ...]


def lesson(grade: str, minutes: int, doses: tuple[Dose, ...]) -> Lesson:
    """The plan for a grade: only the steps of these doses, their minutes adding up to the whole."""
    band = _band(grade)
    steps = [each for each in band["steps"] if Dose(each["dose"]) in doses]
    shares = _shared(minutes, [each["share"] for each in steps])
    return Lesson(band["key"], band["title"], tuple(band["objectives"]), tuple(_code(each, grade) for each in band["codes"]), tuple(
        Step(Dose(each["dose"]), share, each["do"], each["librarian"], each["teacher"])
        for each, share in zip(steps, shares, strict=True)))


def sift() -> list[tuple[str, str, int]]:
    """Lateral reading in four bounded steps: name, what to do, minutes (SIFT, Mike Caulfield, CC BY 4.0)."""
    return [(each["name"], each["do"], each["minutes"]) for each in _data()["sift"]]


def paraphrase() -> list[str]:
    """Steps of a fair paraphrase."""
    return list(_data()["paraphrase"])


def ai_sentences() -> list[str]:
    """Sentences that disclose how AI was used."""
    return list(_data()["ai"])


def band_of(grade: str) -> str:
    """The band of a grade: K-2, 3-5, 6-8 or 9-12."""
    return str(_band(grade)["key"])


def _band(grade: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in _data()["bands"] if grade in each["grades"])
    return found


def _shared(whole: int, shares: list[int]) -> list[int]:
    """Whole minutes in proportion, at least one each; the longest step takes what rounding leaves."""
    parts = [max(1, round(whole * share / sum(shares))) for share in shares]
    parts[shares.index(max(shares))] += whole - sum(parts)
    return parts


def _code(code: str, grade: str) -> str:
    return code.replace("{grade}", NAMES.get(grade, grade)).replace("{span}", SPANS.get(grade, grade))


@cache
def _data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return read
