"""Judge which grades a class is, by evidence, and how sure that is. Pure.

Strongest first: Google's own `levels` field, then words in the name, then in the section or heading. A class has a set of
grades. What only looks like a grade is named as such, and doubt is said rather than hidden.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from integration.courses.models import Confidence
from integration.courses.reading import LADDER, Finding, Strength, in_order, level_in, read
from integration.courses.year import find_year, school_year, start_of

CONFIDENCE = {Strength.PLAIN: Confidence.SURE, Strength.MEDIUM: Confidence.LIKELY, Strength.WEAK: Confidence.DOUBTFUL}
PLACES = {"levels": "Classroom’s grade field", "name": "The name", "section": "The section", "heading": "The heading"}

_LEAVING = re.compile(r"\b(?:class of|c/o|grad(?:uating|uation)?(?: class)?(?: of)?|co)\s*(20\d\d|'\d\d)\b", re.I)
_UNREAL = re.compile(r"\b(?:copy(?: of)?|test(?:ing)?(?= class| course|\s*$)|sandbox|demo class|template|do not use|please ignore|"
                     r"sample class|practice class|delete)\b", re.I)
_CLUB = re.compile(r"\b(?:club|society|council|gsa|staff|faculty|pta|pto|honor society|chess)\b", re.I)


@dataclass(frozen=True)
class Words:
    """What Classroom shows of a class in words; `created_on` when it was made."""

    name: str
    section: str = ""
    heading: str = ""
    levels: str = ""
    created_on: date | None = None


@dataclass(frozen=True)
class Judgement:
    """Which grades, how sure, why, and what is doubtful about the class itself."""

    grades: tuple[str, ...]
    confidence: Confidence
    evidence: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    school_year: str = ""
    is_last_years: bool = False
    is_probably_not_real: bool = False


def judge(words: Words, *, today: date, year_starts_month: int = 7) -> Judgement:
    """Judge a class by its words on the day `today`."""
    now = school_year(today, year_starts_month)
    plain = {place: _plain(getattr(words, place)) for place in PLACES}
    year = next((dated.year for text in plain.values() if (dated := find_year(text)).year), "")
    is_club = bool(_CLUB.search(plain["name"]))
    found = {place: finding for place, text in plain.items() if (finding := _read(place, text, year or now))}
    grades, confidence, evidence = _weigh(found, plain)
    if not grades and is_club:
        confidence, evidence = Confidence.LIKELY, ["The name says it is a club or a group, which has no grade of its own."]
    is_stale, is_unreal = bool(year) and start_of(year) < start_of(now), bool(_UNREAL.search(plain["name"]))
    if is_unreal and not grades:
        confidence = Confidence.UNKNOWN
    return Judgement(grades, confidence, tuple(evidence), _doubts(is_stale, year, is_unreal, plain["name"], is_club),
                     year or _by_age(words.created_on, year_starts_month), is_stale, is_unreal)


def _plain(text: str) -> str:
    """Dashes, quotes and digits as a keyboard has them, so that one pattern reads them all."""
    text = unicodedata.normalize("NFKC", text).translate({0x2018: "'", 0x2019: "'"})
    return re.sub(r"[\u2010-\u2015\u2212]", "-", text)


def _read(place: str, text: str, year: str) -> Finding | None:
    if leaving := _LEAVING.search(text):
        if finding := _leaving_in(2000 + int(leaving[1][-2:]), leaving[0], year):
            return finding
        text = _LEAVING.sub(" ; ", text)
    return read(find_year(text).rest, is_level=place == "levels")


def _leaving_in(graduation: int, said: str, year: str) -> Finding | None:
    """Those who leave school in June of a year are in grade 12 in the school year that ends then."""
    grade = 12 - (graduation - start_of(year) - 1)
    if not 1 <= grade <= 12:
        return None
    return Finding((str(grade),), said, Strength.PLAIN, f"in {year} that is grade {grade}")


def _weigh(found: dict[str, Finding], plain: dict[str, str]) -> tuple[tuple[str, ...], Confidence, list[str]]:
    """The strongest finding decides; another plain one that says otherwise makes it less sure."""
    if not found:
        return (), Confidence.UNKNOWN, [_nothing(plain["name"])]
    order = list(PLACES)
    best = "levels" if "levels" in found else max(found, key=lambda place: (found[place].strength, -order.index(place)))
    finding = found[best]
    confidence = CONFIDENCE[finding.strength]
    evidence = [_sentence(best, finding)]
    for place, other in found.items():
        if place == best:
            continue
        evidence.append(_sentence(place, other))
        if set(other.grades).isdisjoint(finding.grades):
            confidence = _less(confidence) if other.strength >= Strength.MEDIUM else confidence
        elif confidence is Confidence.LIKELY and other.strength is Strength.MEDIUM:
            confidence = Confidence.SURE if set(other.grades) == set(finding.grades) else confidence
    return in_order(finding.grades), confidence, evidence


def _less(confidence: Confidence) -> Confidence:
    return Confidence.LIKELY if confidence is Confidence.SURE else Confidence.DOUBTFUL


def _sentence(place: str, finding: Finding) -> str:
    why = f"; {finding.why}" if finding.why else ""
    return f"{PLACES[place]} says “{finding.words}”{why}."


def _nothing(name: str) -> str:
    if level := level_in(name):
        return f"“{level}” is a course’s level, not a grade, and nothing else tells the grade."
    if re.search(r"\d", name):
        return "The numbers in the name are a period, a room, a section or a year; nothing tells the grade."
    return "Neither the grade field nor the name, section or heading tells the grade."


def _doubts(is_stale: bool, year: str, is_unreal: bool, name: str, is_club: bool) -> tuple[str, ...]:
    doubts = []
    if is_stale:
        doubts.append(f"Its own words say {year}, which is over; plans leave it out unless you say otherwise.")
    if is_unreal and (match := _UNREAL.search(name)):
        doubts.append(f"It is probably not a real class: the name says “{match[0]}”.")
    if is_club:
        doubts.append("It looks like a club or a group rather than a class of one grade.")
    return tuple(doubts)


def _by_age(created_on: date | None, starts_month: int) -> str:
    return school_year(created_on, starts_month) if created_on else ""


__all__ = ["LADDER", "Judgement", "Words", "judge"]
