"""What is written down about a class: the judgement, and over it whatever the librarian set. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from integration.courses.grades import Words, judge
from integration.courses.models import Confidence
from integration.courses.subject import subject_of

HERS = "You set the grades yourself; syncs leave them alone."


@dataclass(frozen=True)
class Correction:
    """What she set; None where she leaves it to the evidence."""

    grades: Sequence[str] | None = None
    excluded: bool | None = None


def verdict(words: Words, google_subject: str, hers: Correction, *, today: date, year_starts_month: int) -> dict[str, Any]:
    """The columns of a class that we decide, as her corrections and else the evidence say."""
    found = judge(words, today=today, year_starts_month=year_starts_month)
    is_set = hers.grades is not None
    return {
        "grades": list(found.grades if hers.grades is None else hers.grades),
        "confidence": Confidence.SET if is_set else found.confidence,
        "evidence": [HERS, *found.evidence] if is_set else list(found.evidence),
        "subject": subject_of(google_subject, words.name, words.section, words.heading),
        "school_year": found.school_year,
        "doubts": list(found.doubts),
        "excluded": (found.is_last_years or found.is_probably_not_real) if hers.excluded is None else hers.excluded,
    }
