"""The classes of Juniper Ridge: one line each, with the grades a person would read off it.

The names are as untidy as real ones: periods, rooms and course levels that look like grades, last year's classes never
put away, copies, a name full of emoji and one with markup in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Grades = tuple[str, ...]
UNCLEAR: None = None
LIBRARIAN = "okafor"
RAINBOW = "🌈📚✨ Stories We Carry 🧵🪡 " + "🦊🐢🦉🐝🍎" * 60


@dataclass(frozen=True)
class SchoolYear:
    """The school year `now` falls into; it begins on the first of July."""

    start: int

    @classmethod
    def of(cls, now: datetime) -> "SchoolYear":
        return cls(now.year if now.month >= 7 else now.year - 1)

    @property
    def short(self) -> str:
        return f"{self.start % 100:02}-{(self.start + 1) % 100:02}"

    @property
    def long(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @property
    def before(self) -> "SchoolYear":
        return SchoolYear(self.start - 1)


@dataclass(frozen=True)
class ClassLine:
    """One class. `grades` is what its words plainly say: () for plainly none, UNCLEAR where people would disagree."""

    number: int
    teacher: str
    name: str
    grades: Grades | None
    section: str = ""
    heading: str = ""
    levels: str = ""
    subject: str = ""
    state: str = "ACTIVE"
    is_last_year: bool = False
    with_library: bool = True

    @property
    def google_id(self) -> str:
        """The id Google knows it by; the same in every demo school."""
        return str(701_400_000_000 + self.number * 7919)


def class_lines(year: SchoolYear) -> Iterator[ClassLine]:
    """All classes of the school, the plain grade 6 ones and the librarian's own first."""
    parts = (_own, _grade_six, _middle, _early, _upper, _odd, _elsewhere)
    lines = (line for part in parts for line in part(year))
    for number, (teacher, name, grades, more) in enumerate(lines, start=1):
        yield ClassLine(number, teacher, name, grades, **more)


Line = tuple[str, str, Grades | None, dict[str, Any]]


def _own(year: SchoolYear) -> list[Line]:
    return [
        (LIBRARIAN, "1st Grade Library – Own class", ("1",), {"subject": "Library"}),
        (LIBRARIAN, "4th Grade Library", ("4",), {"section": "Wednesdays", "subject": "Library"}),
        (LIBRARIAN, "6th Grade Library", ("6",), {"section": year.short, "levels": "6th grade", "subject": "Library"}),
        (LIBRARIAN, f"Library 3rd {year.before.long}", ("3",), {"is_last_year": True}),
        (LIBRARIAN, "Grade 2 Library", ("2",), {"section": year.short, "state": "PROVISIONED"}),
    ]


def _grade_six(year: SchoolYear) -> list[Line]:
    return [
        ("gomez", f"6th Grade Science – P3 (Gomez) {year.short}", ("6",), {"subject": "Science"}),
        ("adeyemi", "6th Grade ELA", ("6",), {"section": "Period 1"}),
        ("adeyemi", "6th Grade ELA", ("6",), {"section": "Period 4"}),
        ("whitfield", "Grade 6 Math", ("6",), {"section": "Per. 2", "levels": "6th grade", "subject": "Math"}),
        ("tanaka", "Grade 6 Social Studies", ("6",), {"heading": "Ancient worlds"}),
        ("gomez", "Science 6", ("6",), {"section": "P5"}),
    ]


def _middle(year: SchoolYear) -> list[Line]:
    return [
        ("novak", "ELA 7 / Period 2", ("7",), {}),
        ("whitfield", "Math 8", ("8",), {"section": "Per. 7"}),
        ("delgado", "Grade 7 & 8 Orchestra", ("7", "8"), {}),
        ("novak", "7th/8th Yearbook", ("7", "8"), {}),
        ("brandt", "Gr7/Gr8 Robotics", ("7", "8"), {}),
        ("delgado", "MS Choir 6-8", ("6", "7", "8"), {}),
        ("haddad", "Book Tasting", ("6", "7", "8"), {"levels": "Middle school"}),
        ("delgado", "8th Per. Band", UNCLEAR, {}),
        ("whitfield", "Algebra 1", UNCLEAR, {"section": "Period 6"}),
        ("reyes", "Spanish 2", UNCLEAR, {}),
        ("brandt", "Period 6 Biology", UNCLEAR, {}),
        ("tanaka", "3rd Period US History", UNCLEAR, {}),
        ("kowalski", "2nd Hour Chem", UNCLEAR, {}),
        ("yazzie", "Room 8 Art", (), {}),
        ("yazzie", "Section 6", (), {"heading": "Ceramics"}),
        ("castillo", "Block 4", (), {}),
        ("haddad", f"{year.start % 100}/{(year.start + 1) % 100} Reading", (), {}),
    ]


def _early(_: SchoolYear) -> list[Line]:
    return [
        ("patel", "PreK 4s", ("PK",), {}),
        ("patel", "Pre-K", ("PK",), {"section": "Afternoon"}),
        ("moreau", "TK/K", ("TK", "K"), {}),
        ("moreau", "K – Mrs. Moreau", ("K",), {}),
        ("osei", "Kinder", ("K",), {"section": "Mr. Osei"}),
        ("osei", "KG-2 (section 2)", ("K",), {}),
        ("moreau", "Morning Read-Aloud", ("K", "1", "2"), {"levels": "K-2"}),
        ("kim", "First Grade Stars", ("1",), {"section": "Mr. Kim"}),
        ("abara", "2nd Grade – Ms. Abara", ("2",), {"levels": "2nd grade"}),
    ]


def _upper(year: SchoolYear) -> list[Line]:
    return [
        ("lee", "Third Grade — Mrs. Lee", ("3",), {}),
        ("lee", "3-Lee", ("3",), {"section": "Homework"}),
        ("reyes", "Grado 3", ("3",), {"section": "Lectura"}),
        ("kim", "3A", ("3",), {}),
        ("larsen", "4th Grade Math", ("4",), {"section": year.short}),
        ("larsen", "4th Grade Math COPY", ("4",), {}),
        ("larsen", "Gr. 4/5 Combo Rm 12", ("4", "5"), {}),
        ("washington", "Reading Buddies", ("4", "5"), {"levels": "4th - 5th"}),
        ("washington", "5-204 Homeroom", ("5",), {}),
        ("fontaine", "Class 501", ("5",), {}),
        ("fontaine", f"{year.long} 5A", ("5",), {}),
        ("oneil", "<b>Bold Readers</b> Grade 5", ("5",), {}),
        ("oneil", f"5th Grade Science {year.before.short}", ("5",), {"state": "ARCHIVED", "is_last_year": True}),
        ("adeyemi", f"6th Grade ELA {year.before.short}", ("6",), {"state": "ARCHIVED", "is_last_year": True}),
    ]


def _odd(year: SchoolYear) -> list[Line]:
    return [
        ("castillo", "Research Mentors", ("9",), {"levels": "9th grade"}),
        ("castillo", "English 9H", ("9",), {}),
        ("castillo", "English I", UNCLEAR, {}),
        ("kowalski", "Freshman Seminar", ("9",), {}),
        ("kowalski", f"Class of {year.start + 4} (SY {year.long})", ("9",), {}),
        ("kowalski", "Advisory 10-B", ("10",), {}),
        ("castillo", "AP Lang", UNCLEAR, {}),
        ("kowalski", "Senior Project", ("12",), {}),
        ("brandt", "Chess Club", (), {"section": "Thursdays"}),
        ("brandt", "Maker Lab", (), {"levels": "3000"}),
        ("haddad", "TEST class please ignore", (), {}),
        ("yazzie", RAINBOW[:300], (), {}),
    ]


def _elsewhere(year: SchoolYear) -> list[Line]:
    """Classes the librarian never sees: not hers to teach, or not yet accepted by their owner."""
    return [
        ("quinn", "8th Grade Science", ("8",), {"with_library": False}),
        ("quinn", "7th Grade Science", ("7",), {"with_library": False}),
        ("abara", f"2nd Grade {year.short}", ("2",), {"state": "PROVISIONED"}),
    ]
