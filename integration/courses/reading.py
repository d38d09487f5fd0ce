"""Read grades in one line of words, as a person would: what it says, what only looks like a grade. Pure.

The kinds of finding are tried from the plainest to the weakest, and the first that finds anything is the answer; before that
everything that only looks like a grade (a period, a room, a course's level) is taken out of the text.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

LADDER = ("PK", "TK", "K", *(str(number) for number in range(1, 13)))


class Strength(IntEnum):
    """How plainly the words say it."""

    WEAK = 1
    MEDIUM = 2
    PLAIN = 3


@dataclass(frozen=True)
class Finding:
    """Grades, the words that say so, and how plainly."""

    grades: tuple[str, ...]
    words: str
    strength: Strength
    why: str = ""
    """What has to be known besides the words, as the end of a sentence."""


WORDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
         "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "primer": "1", "primero": "1",
         "segundo": "2", "tercer": "3", "tercero": "3", "cuarto": "4", "quinto": "5", "sexto": "6",
         "prek": "PK", "pre-k": "PK", "pre k": "PK", "pre-kindergarten": "PK", "pk": "PK", "tk": "TK", "kindergarten": "K",
         "kinder": "K", "kg": "K", "k": "K"}
ROMAN = {"I": "9", "II": "10", "III": "11", "IV": "12"}
YEARS = {"freshman": "9", "freshmen": "9", "sophomore": "10", "sophomores": "10", "soph": "10", "junior": "11",
         "juniors": "11", "jr": "11", "senior": "12", "seniors": "12"}
SUBJECT = (r"(?:ela|english|language arts|lang arts|math|maths|science|social studies|ss|history|reading|writing|"
           r"literature|lit|library|art|music|health|geography|advisory|homeroom|hr|ciencias|matem[aá]ticas|band|choir|chorus|"
           r"orchestra|spanish|french|latin|pe)")

_ORDINAL = r"(?:1st|2nd|3rd|(?:[4-9]|1[0-2])th)"
_WORD = rf"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_NUMBER = r"(?:1[0-2]|0?[1-9])"
_ONE = rf"(?:{_ORDINAL}|{_NUMBER}|{_WORD})"
_AND = r"\s*(?:,\s*(?:and\b|&)|-|/|&|\+|,|\band\b|\by\b|\bto\b|\bthrough\b)\s*"
_GRADE = r"(?:grades?|graders?|grados?|grd|gr)\b\.?"
_LIST = rf"{_ONE}(?:{_AND}(?:{_GRADE}\s*|gr\.?)?{_ONE})*"
_EDGE, _END = r"(?<![\w.#])", r"(?![\w%])"

_TRAPS = [re.compile(pattern, re.I) for pattern in (
    rf"{_EDGE}(?:{_ORDINAL}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"\s*(?:periods?|per|pd|hours?|hr|blocks?|blk|quarter|qtr|semester|sem|trimester|marking|place|edition|floor|wave)\b\.?",
    rf"{_EDGE}(?:periods?|per|pd|hour|block|blk|room|rm|section|sec|team|unit|week|day|lesson|chapter|ch|quarter|qtr|"
    r"semester|sem|trimester|term|level|lvl|cohort|group|grp|module|mod|volume|vol|version|lab|hall|suite|ages?|cycle)"
    r"\b\.?\s*#?\s*(?:\d+|[ivx]+\b)(?:\s*[-/&,]\s*\d+)*[a-z]?\b",
    rf"{_EDGE}[pqst]\d{{1,2}}\b", r"#\s*\d+",
    r"\b(?:king|luther king),?\s+jr\b\.?", r"\bjr\.?\s+(?:varsity|league)\b", r"\bk-?pop\b", r"\bk-?12\b",
    r"\bspecial k\b", r"\bfirst (?:aid|lego|robotics|responders?|nations?|ladies|semester)\b", r"\bsecond (?:language|chance)\b",
    r"\b\d+(?:st|nd|rd|th)\s+(?:century|amendment|anniversary|annual|street|ave)\b", r"\b(?:19|20)\d\d\b",
)]
_LEVEL = re.compile(r"\b((?:pre-?)?algebra|geometry|spanish|french|german|latin|mandarin|chinese|japanese|asl|band|choir|chorus|"
                    r"orchestra|calc(?:ulus)?|calc bc|calc ab|integrated math|ceramics|drawing|theat(?:er|re)|photo(?:graphy)?|"
                    r"physics|chem(?:istry)?|bio(?:logy)?|coding|guitar|piano)\s+"
                    r"([1-4]|I{1,3}|IV|BC|AB)\b(?!\s*[-/&]\s*\d{1,2}(?!\w))", re.I)
_PRE_K = re.compile(r"\bpre-?\s?k(?:indergarten|inder)?\b(?:\s*\d's|\s*\ds)?|\bpre-?school\b|\bpk\b(?!\s*[-/&])", re.I)
_BAND = re.compile(r"\b(?i:middle school|jr\.? high|junior high)\b|\bMS\b")
_HIGH = re.compile(r"\bhigh school\b|\bHS\b")


def numbers(text: str) -> tuple[str, ...]:
    """The grades of a list such as `4th - 5th`, `K-2` or `7/8`; a dash or “to” between two means all from one to the other."""
    parts = [(match[1].strip(), _code(match[2])) for match in
             re.finditer(rf"(^|{_AND}|\W+)(?:{_GRADE}\s*|gr\.?)?({_ONE})(?![\w])", text, re.I)]
    found: list[str] = []
    for sign, code in parts:
        if found and sign.lower() in {"-", "to", "through"} and _at(code) > _at(found[-1]):
            found += _between(found[-1], code)
        found.append(code)
    return in_order(found)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, youngest first."""
    return tuple(sorted(set(codes), key=_at))


def without_traps(text: str) -> str:
    """`text` without what only looks like a grade: periods, rooms, sections, years."""
    for trap in _TRAPS:
        text = trap.sub(" ; ", text)
    return text


def level_in(text: str) -> str:
    """The words of a course's level, such as `Algebra 1`, whose number is no grade; empty when there is none."""
    match = _LEVEL.search(text)
    return match[0] if match else ""


def read(text: str, *, is_level: bool = False) -> Finding | None:
    """The plainest finding in `text`, or None. In Google's `levels` field a bare list of grades is plain enough."""
    plain = _level_numbers(text) if is_level else None
    rest = _LEVEL.sub(" ; ", without_traps(text))
    return plain or next((found for found in (look(rest) for look in LOOKS) if found is not None), None)


def _level_numbers(text: str) -> Finding | None:
    match = re.fullmatch(rf"\s*(?:{_GRADE}\s*)?{_LIST}(?:\s*{_GRADE})?\s*", text, re.I)
    return Finding(numbers(text), text.strip(), Strength.PLAIN) if match else None


def _marked(text: str) -> Finding | None:
    """`Grade 6`, `6th Grade`, `Gr7/Gr8`, `Third graders`, `Grado 3`, `6º grado`."""
    after = rf"{_EDGE}(?:grades?|grados?|grade level|grd|gr|g)(?:\.|\b|(?=\d))\s*:?-?\s*({_LIST}){_END}"
    before = rf"{_EDGE}({_LIST})[ºo°]?[\s-]*(?:{_GRADE})"
    hits = [match for match in (re.search(pattern, text, re.I) for pattern in (before, after)) if match]
    return _finding(hits[0], Strength.PLAIN) if hits else None


def _early(text: str) -> Finding | None:
    """`PreK 4s`, `TK/K`, `Kinder`, `KG-2` (its second group), `K – Mrs. Lee`."""
    first, then = r"(?:pre-?\s?k(?:indergarten)?|pk|tk|kinder(?:garten)?|k)", rf"(?:tk|kinder(?:garten)?|k|{_ORDINAL}|{_NUMBER})"
    if match := re.search(rf"{_EDGE}{first}(?:{_AND}{then})+{_END}", text, re.I):
        return _finding(match, Strength.PLAIN)
    if match := _PRE_K.search(text):
        return Finding(("PK",), match[0], Strength.PLAIN)
    if match := re.search(r"\btransitional kindergarten\b|\bTK\b", text, re.I):
        return Finding(("TK",), match[0], Strength.PLAIN)
    if match := re.search(r"\bkinder(?:garten|garden|g[aä]rten)?(?:ers?)?\b|\bKG\b(?:-\d)?", text, re.I):
        return Finding(("K",), match[0], Strength.PLAIN)
    match = re.match(r"\s*K(?=\s*[-:/]\s*\D|\s+[A-Z][a-z]+|\s*$)", text)
    return Finding(("K",), match[0].strip(), Strength.MEDIUM) if match else None


def _ordinal(text: str) -> Finding | None:
    """`Library 3rd`, `7th/8th Yearbook`; without the word grade, and no period (those were taken out)."""
    match = re.search(rf"{_EDGE}{_ORDINAL}(?:{_AND}{_ORDINAL})*{_END}", text, re.I)
    return _finding(match, Strength.MEDIUM) if match else None


def _school_words(text: str) -> Finding | None:
    """`Freshman Seminar`, `Soph`, `Senior Project`; several years when several are named."""
    hits = re.findall(rf"\b({'|'.join(YEARS)})\b(?!\.?\s+(?:high|varsity))", text, re.I)
    if not hits:
        return None
    strength = Strength.MEDIUM
    return Finding(in_order(YEARS[hit.lower()] for hit in hits), " ".join(hits), strength)


def _span(text: str) -> Finding | None:
    """`MS Choir 6-8`, `7 & 8 Orchestra`: two numbers with a sign between them."""
    match = re.search(rf"{_EDGE}({_NUMBER})\s*(?:-|&|/|\bto\b|\band\b)\s*({_NUMBER}){_END}(?!\s*(?:[-/:]|am|pm)\s*\d?)", text, re.I)
    found = numbers(match[0]) if match else ()
    strength = Strength.PLAIN if _BAND.search(text) else Strength.MEDIUM
    is_span = match is not None and _at(match[1].lstrip("0")) < _at(match[2].lstrip("0"))
    return Finding(found, match[0], strength) if match and is_span and len(found) <= 5 else None


def _habit(text: str) -> Finding | None:
    """`ELA 7`, `Math 8`, `English 9H`, `Advisory 10-B`: the middle-school habit; below grade 4 it may as well be a part."""
    match = re.search(rf"{_EDGE}({SUBJECT})\s*-?\s*({_NUMBER})(?:\s?-?\s?(?:H|[A-F]))?{_END}", text, re.I)
    if not match:
        return _number_first(text)
    strength = Strength.MEDIUM if int(match[2]) >= 4 else Strength.WEAK
    return Finding((str(int(match[2])),), match[0], strength, "a subject with a number is often its grade")


def _number_first(text: str) -> Finding | None:
    """`6 Math`, `7 ELA Honors`: its grade, or as well its period."""
    match = re.match(rf"\s*({_NUMBER})\s+{SUBJECT}{_END}", text, re.I)
    why = "the number may be its grade or its period"
    return Finding((str(int(match[1])),), match[0].strip(), Strength.WEAK, why) if match else None


def _homeroom(text: str) -> Finding | None:
    """`3A`, `3-Lee`, `10-B`, `5-204`, `Class 501`."""
    shapes = (rf"{_EDGE}({_NUMBER})\s?-?[A-F]{_END}", rf"^\W*({_NUMBER})\s*-\s*(?:[A-Z][a-z]+|\d{{3}}){_END}",
              rf"\b[Cc]lass\s+({_NUMBER})(?:0\d|1\d){_END}")
    match = next((hit for hit in (re.search(shape, text) for shape in shapes) if hit), None)
    if not match:
        return None
    return Finding((str(int(match[1])),), match[0].strip(), Strength.MEDIUM, "homerooms are often named so")


def _roman(text: str) -> Finding | None:
    """`English IV`: by habit the fourth year of high school."""
    match = re.search(r"\bEnglish\s+(IV|I{1,3})\b", text)
    return Finding((ROMAN[match[1]],), match[0], Strength.WEAK, "English I to IV are by habit grades 9 to 12") if match else None


def _band(text: str) -> Finding | None:
    """`Middle school`: three grades by habit."""
    if match := _BAND.search(text):
        strength = Strength.WEAK if match[0].lower() == "ms" else Strength.MEDIUM
        return Finding(("6", "7", "8"), match[0], strength, "most middle schools are grades 6 to 8")
    match = _HIGH.search(text)
    return Finding(("9", "10", "11", "12"), match[0], Strength.WEAK, "most high schools are grades 9 to 12") if match else None


def _college_level(text: str) -> Finding | None:
    """`AP Lang`, `IB HL Bio`: mostly the last two years."""
    match = re.search(r"\bAP\s+[A-Z]\w+|\bIB\b(?!\s+(?:MYP|PYP))|\bDual (?:credit|enrollment)\b", text)
    return Finding(("11", "12"), match[0], Strength.WEAK, "such courses are mostly taken in grades 11 and 12") if match else None


LOOKS: tuple[Callable[[str], Finding | None], ...] = (
    _marked, _early, _school_words, _ordinal, _span, _habit, _homeroom, _roman, _band, _college_level)


def _finding(match: re.Match[str], strength: Strength) -> Finding | None:
    found = numbers(match[1] if match.re.groups else match[0])
    return Finding(found, match[0].strip(), strength) if found else None


def _code(word: str) -> str:
    plain = word.lower()
    if plain in WORDS:
        return WORDS[plain]
    digits = re.sub(r"\D", "", plain)
    return str(int(digits))


def _at(code: str) -> int:
    return LADDER.index(code)


def _between(first: str, last: str) -> list[str]:
    """The grades between two of a span. From K or PK a span skips transitional kindergarten, which few schools have."""
    inner = LADDER[_at(first) + 1:_at(last)]
    return [code for code in inner if code != "TK"]
