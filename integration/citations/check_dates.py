"""When it came out, when it was looked at, and when it first came out."""

import re
from collections.abc import Sequence

from integration.citations.faults import Code
from integration.citations.look import Look
from integration.citations.people import MONTHS, parts
from integration.citations.styles import Style

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
NUMERIC = r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d"
DAY = rf"(?:\d{{1,2}} {MONTH},? \d{{4}}|{MONTH} \d{{1,2}},? \d{{4}}|\d{{4}}, {MONTH} \d{{1,2}}|{NUMERIC})"
ACCESS = re.compile(rf"[,.]?\s*\(?\b(?:date )?(?:accessed|retrieved|viewed)(?: on)?:? +"
                    rf"(?P<day>{DAY}|{MONTH} \d{{4}}|\d{{4}})(?:, from)?[.,)]?", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/.-])(1[5-9]\d\d|20\d\d)(?![\d/-])")


def take_access(look: Look) -> None:
    """Take the day of access, so that it is not read as the day of publication."""
    if found := ACCESS.search(look.rest()):
        look.places["accessed"] = found.span()


def check_dates(look: Look) -> None:
    """The date is there, is the source's, and has the style's form."""
    piece = look.answer.piece("date")
    if piece is None:
        if look.style is Style.APA and "(n.d.)" in look.right and not re.search(r"\bn\.? ?d\b", look.rest()):
            look.say(Code.MISSING_DATE, "The source has no date: write “(n.d.)” where the date would stand.")
        return
    right = piece.text.strip("(). ")
    exact = re.search(rf"(?<!\w){re.escape(right)}(?!\w)", look.rest())
    if exact and not _goes_on(look, exact.end(), right):
        look.places["date"] = exact.span()
        return
    _compare(look, right, list(_read(right)))


def check_access(look: Look) -> None:
    """The day of access, where the style asks for it: the source has no date of its own."""
    piece = look.answer.piece("accessed")
    place = look.places.get("accessed")
    if piece is None:
        return
    if place is None:
        look.say(Code.MISSING_ACCESS_DATE, f"The source has no date, so say when you looked at it: {piece.text.strip('. ')}.")
        return
    day = re.search(DAY, look.text[slice(*place)])
    if day is None or sorted(_read(day[0])) != sorted(_read(piece.text)):
        look.say(Code.WRONG_DATE, f"That is not the day of the visit: {piece.text.strip('. ')}.", *place)
    elif piece.text.strip(". ,") not in look.text[slice(*place)]:
        look.say(Code.DATE_FORM, f"Write the day like this: {piece.text.strip('. ')}.", *place)


def check_original(look: Look) -> None:
    """APA ends with when the work first came out."""
    piece = look.answer.piece("original")
    if piece and look.style is Style.APA and not re.search(rf"(?<!\d){piece.text[-4:]}(?!\d)", look.rest()):
        look.say(Code.MISSING_ORIGINAL_DATE, f"Say when it first came out: (Original work published {piece.text[-4:]}).")


def _compare(look: Look, right: str, wanted: Sequence[int]) -> None:
    """Which part of the date is missing, wrong or in another form. Years are over 1000, months negative, days between."""
    rest = look.rest()
    if right == "n.d.":
        look.say(Code.MISSING_DATE, "The source has no date: write “(n.d.)” where the date would stand.")
        return
    year = next((number for number in wanted if number > 1000), 0)
    there = YEAR.search(_from_year(rest, year))
    numeric = re.search(r"(?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)|(?<!\d)\d{4}-\d\d-\d\d", rest)
    found = numeric or re.search(DAY, rest) or re.search(rf"{MONTH} (?P<y>\d{{4}})", rest) or there
    if found is None:
        look.say(Code.MISSING_DATE, f"The date is missing: {right}.")
        return
    look.places["date"] = found.span()
    _judge(look, right, wanted, list(_read(found[0])), found.span(), bool(numeric))


def _judge(look: Look, right: str, wanted: Sequence[int], there: Sequence[int], place: tuple[int, int], is_numeric: bool) -> None:
    start, end = place
    extra = [part for part in there if part not in wanted]
    full = parts(look.item.get("issued"))
    known = {full[0], *(-part for part in full[1:2]), *full[2:3]} if full else set(wanted)
    lacks = [part for part in wanted if part not in there]
    if is_numeric:
        known |= {abs(part) for part in known} | {year % 100 for year in full[:1]}
    if [part for part in extra if part not in known and not (is_numeric and part in known)]:
        look.say(Code.WRONG_DATE, f"Look at the date again: the source says {right}.", start, end)
    elif lacks and not is_numeric and not extra:
        look.say(Code.DATE_FORM, f"Give as much of the date as the source does: {right}.", start, end)
    else:
        look.say(Code.DATE_FORM, f"The date is right, but it is written like this: {right}.", start, end)


def _read(text: str) -> list[int]:
    """Year, month as a negative number, day."""
    found = [-number for number, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}", text)]
    return [int(number) for number in re.findall(r"\d+", text)] + found


def _from_year(rest: str, year: int) -> str:
    at = rest.find(str(year))
    return "\0" * at + rest[at:] if year and at >= 0 else rest


def _goes_on(look: Look, end: int, right: str) -> bool:
    """Whether a bare year is only the beginning of a longer date that the style does not want."""
    return bool(re.fullmatch(r"\d{4}", right) and re.match(rf", {MONTH}( \d{{1,2}})?\)", look.text[end:]))
