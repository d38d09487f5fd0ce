"""Names of students in free text: what looks like one is said, so that she can take it out. A caution, never a refusal.

What is looked for is a given name of today's children before another word with a capital or an initial, or any such word after
“student”. Whom we know to be staff is no student, nor is whoever has a title. An author may be meant; she decides.
https://www.ssa.gov/oact/babynames/
"""

import re
from collections.abc import Iterable
from pathlib import Path

from integration.courses.shelf import teachers
from integration.desk import Desk

GIVEN = frozenset((Path(__file__).parent / "data" / "given_names.txt").read_text("utf-8").split())
"""Common ones, without those that are as often a place, a word or a program."""
PLACES = {"Academy", "Avenue", "Award", "Center", "City", "College", "County", "Day", "Elementary", "Hall", "High", "House",
          "Library", "Medal", "Memorial", "Middle", "Museum", "Park", "Prize", "River", "School", "Square", "Street", "University"}
"""After a given name these make it the name of something else."""
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_AFTER = rf"(?:{_WORD}|[A-Z]\.?(?!\w))"
_PAIR = re.compile(rf"\b(?P<title>(?:Mrs|Ms|Mr|Mx|Dr|Miss|Coach|Prof|Sra|Sr)\.?\s+)?(?P<first>{_WORD})\s+(?P<last>{_AFTER})")
_STUDENT = re.compile(rf"\b(?:[Ss]tudents?|[Pp]upils?)(?:,|:| named| called)?\s+(?P<name>{_WORD}(?:\s+{_AFTER})?)")


def cautions(desk: Desk, school_id: str, *texts: str) -> list[str]:
    """A sentence for each name of a student that seems to be in the texts she typed."""
    found = dict.fromkeys(name for text in texts for name in names_in(text))
    if not found:
        return []
    staff = {part.casefold() for one in teachers(desk, school_id) for part in (one.name, one.name.split()[-1] if one.name else "")}
    return [f"“{name}” looks like a student’s name. Nothing here should name a student: others may read it. Take it out, unless it "
            "is an author or an adult." for name in found if name.casefold() not in staff]


def names_in(text: str) -> list[str]:
    """What looks like a student's name, in the order it stands."""
    after_student = ((each.start("name"), each["name"]) for each in _STUDENT.finditer(text)
                     if each["name"].split()[0] in GIVEN)
    return [name for _, name in sorted({*_pairs(text), *after_student})]


def _pairs(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    while found := _PAIR.search(text, at):
        if not found["title"] and found["first"] in GIVEN and found["last"] not in PLACES:
            yield found.start("first"), f"{found['first']} {found['last']}"
            at = found.end()
        else:
            at = found.start("last")
