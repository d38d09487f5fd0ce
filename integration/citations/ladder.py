"""The citation ladder as data: what each grade must give, and which style each subject cites in. A school may have its own.

The standard one is composed of district guides and the Common Core's writing standard 8
(https://www.thecorestandards.org/ELA-Literacy/W/). Below grade 6 a grade has a form of its own, which is no relaxed style.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integration.citations.styles import Style
from integration.errors import Invalid

GRADES = ("PK", "TK", "K", *(str(number) for number in range(1, 13)))
PARTS = ("author", "title", "container", "publisher", "year", "date", "url")
"""What a form can ask for; `year` is the year alone."""

LONGEST_RULE = 300


@dataclass(frozen=True)
class Rung:
    """What a grade's own form gives: which parts, in order, whether the last name comes first, and the whole rule in words."""

    parts: tuple[str, ...]
    is_inverted: bool
    says: str


@dataclass(frozen=True)
class Ladder:
    """The grades with a form of their own; the others cite in a style, by subject from the grade `subjects_from` on."""

    rungs: Mapping[str, Rung]
    style: Style
    subjects: Mapping[str, Style]
    subjects_from: str

    def rung(self, grade: str) -> Rung | None:
        """The grade's own form; None where a whole style is asked."""
        return self.rungs.get(grade)

    def style_for(self, grade: str, subject: str = "") -> Style:
        """The style of a grade and a subject."""
        is_old_enough = grade in GRADES and GRADES.index(grade) >= GRADES.index(self.subjects_from)
        return self.subjects.get(subject, self.style) if is_old_enough else self.style


YOUNGEST = Rung(("title", "author"), False, "Say the title, and who made it.")
STANDARD = Ladder({
    "PK": YOUNGEST, "TK": YOUNGEST, "K": YOUNGEST,
    "1": Rung(("author", "title", "container"), False, "Write who made it and what it is called. For a website, write the site."),
    "2": Rung(("author", "title", "container", "year"), False,
              "Write who made it, what it is called, the site, and the year from the copyright page."),
    "3": Rung(("author", "title", "container", "year", "url"), True,
              "Write the last name first, then what it is called, the site, the year and the address."),
    "4": Rung(("author", "title", "container", "publisher", "year", "url"), True,
              "Last name first, title, site or publisher, year, address. Put your sources in one list."),
    "5": Rung(("author", "title", "container", "publisher", "date", "url"), True,
              "A list in the order of the alphabet: author, title, site or publisher, date, address. Titles of whole works lean."),
}, Style.MLA, {"science": Style.APA, "social-studies": Style.CHICAGO_BIB, "health-pe": Style.APA}, "9")
"""What most districts ask; MLA in English, APA in science and health, Chicago in history from grade 9 on."""


def as_data(ladder: Ladder) -> dict[str, Any]:
    """The ladder as plain data, as it is kept and sent."""
    return {"rungs": {grade: rung_data(rung) for grade, rung in ladder.rungs.items()}, "style": ladder.style.value,
            "subjects": {subject: style.value for subject, style in ladder.subjects.items()}, "subjects_from": ladder.subjects_from}


def rung_data(rung: Rung) -> dict[str, Any]:
    """One rung as plain data."""
    return {"parts": list(rung.parts), "last_name_first": rung.is_inverted, "says": rung.says}


def read_ladder(found: Mapping[str, Any], *, subjects: Sequence[str]) -> Ladder:
    """A ladder of plain data; `subjects` are those the school knows. Raises Invalid, a sentence for each field that is wrong."""
    rungs, styles = found.get("rungs", {}), found.get("subjects", {})
    wrong = {f"rungs.{grade}": fault for grade, rung in rungs.items() if (fault := _rung_fault(grade, rung))}
    wrong |= {f"subjects.{subject}": fault for subject, style in styles.items()
              if (fault := _subject_fault(subject, style, subjects))}
    if fault := _style_fault(found.get("style")):
        wrong["style"] = fault
    if found.get("subjects_from") not in GRADES:
        wrong["subjects_from"] = f"“{str(found.get('subjects_from'))[:20]}” is not a grade. Use PK, TK, K or 1 to 12."
    if wrong:
        raise Invalid(fields=wrong)
    return Ladder({grade: read_rung(rungs[grade]) for grade in GRADES if grade in rungs}, Style(found["style"]),
                  {subject: Style(style) for subject, style in styles.items()}, found["subjects_from"])


def read_rung(found: Mapping[str, Any]) -> Rung:
    """A rung of plain data that was looked at before."""
    return Rung(tuple(found["parts"]), bool(found.get("last_name_first")), str(found.get("says", "")).strip())


def _rung_fault(grade: str, rung: Mapping[str, Any]) -> str:
    parts = list(rung.get("parts", ()))
    unknown = [str(part)[:20] for part in parts if part not in PARTS]
    if grade not in GRADES:
        return f"“{grade[:20]}” is not a grade. Use PK, TK, K or 1 to 12."
    if unknown:
        return f"“{unknown[0]}” is no part of a citation here. Use {', '.join(PARTS)}."
    if not parts or "title" not in parts:
        return "A form gives at least the title. Add it, or leave the grade empty to use a whole style."
    if len(set(parts)) < len(parts) or {"year", "date"} <= set(parts):
        return "Each part stands once, and either the year or the whole date. Leave one out."
    return f"The rule is longer than {LONGEST_RULE} letters. Shorten it." if len(str(rung.get("says", ""))) > LONGEST_RULE else ""


def _subject_fault(subject: str, style: Any, subjects: Sequence[str]) -> str:
    if subject not in subjects:
        return f"“{subject[:30]}” is not a subject here. Use {', '.join(subjects)}."
    return _style_fault(style)


def _style_fault(style: Any) -> str:
    known = [each.value for each in Style]
    return "" if style in known else f"“{str(style)[:20]}” is none of these: {', '.join(known)}."
