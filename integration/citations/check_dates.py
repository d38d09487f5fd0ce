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
YEAR = re.compile(r"(?<![\d/.-])(1\d\d\d|20\d\d)(?:-\d{1,4})?(?![\d/-])")

BEFORE = re.compile(r"^(posted|aired|released|published|last (modified|updated)),? (on )?", re.IGNORECASE)


def take_access(look: Look) -> None:
    """Take the day of access and the first year, so that they are not read as the day of publication."""
    if found := ACCESS.search(look.rest()):
        look.places["accessed"] = found.span()
    if found := re.search(r"\(?[Oo]riginal work published \d{4}\)?", look.rest()):
        look.places["original"] = found.span()


def check_dates(look: Look) -> None:
    """The date is there, is the source's, and has the style's form."""
    piece = look.answer.piece("date")
    if piece is None:
        if look.style is Style.APA and "(n.d.)" in look.right and not re.search(r"\bn\.? ?d\b", look.rest()):
            _say_undated(look)
        return
    right = BEFORE.sub("", piece.text.strip("(). "))
    loosely = r"[\s.,]+".join(map(re.escape, re.split(r"[\s.,]+", right)))
    exact = re.search(rf"(?<!\w){loosely}(?!\w)", look.rest())
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
        told = f"The source has no date, so say when you looked at it: {piece.text.strip('. ')}."
        look.lacks(Code.MISSING_ACCESS_DATE, told, piece)
        return
    day = re.search(DAY, look.text[slice(*place)])
    if day is None or sorted(_read(day[0])) != sorted(_read(piece.text)):
        look.say(Code.WRONG_DATE, f"That is not the day of the visit: {piece.text.strip('. ')}.", *place)
    elif piece.text.strip(". ,") not in look.text[slice(*place)]:
        look.say(Code.DATE_FORM, f"Write the day like this: {piece.text.strip('. ')}.", *place)


def check_original(look: Look) -> None:
    """APA ends with when the work first came out."""
    piece = look.answer.piece("original")
    if piece and look.style is Style.APA and not re.search(rf"(?<!\d){piece.text[-4:]}(?!\d)", look.text):
        year = piece.text[-4:]
        look.lacks(Code.MISSING_ORIGINAL_DATE, f"Say when it first came out: (Original work published {year}).", piece)


def _say_undated(look: Look) -> None:
    at = look.alignment.spot(look.right.find("(n.d.)"))
    look.say(Code.MISSING_DATE, "The source has no date: write “(n.d.)” where the date would stand.", at, at)


def _compare(look: Look, right: str, wanted: Sequence[int]) -> None:
    """Which part of the date is missing, wrong or in another form. Years are over 1000, months negative, days between."""
    rest = look.rest()
    if right == "n.d.":
        _say_undated(look)
        return
    there = _year(look, rest)
    numeric = re.search(r"(?<!\d)(\d{1,2}/)?\d{1,2}/\d{2,4}(?!\d)|(?<!\d)\d{4}-\d\d-\d\d", rest)
    found = numeric or re.search(DAY, rest) or re.search(rf"{MONTH} (?P<y>\d{{4}})", rest) or there
    if found is None:
        look.lacks(Code.MISSING_DATE, f"The date is missing: {right}.", look.answer.piece("date"))
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
        look.say(Code.DATE_FORM, f"Give as much of the date as the source does: {right}.", start, end, sure=True)
    else:
        look.say(Code.DATE_FORM, f"The date is right, but it is written like this: {right}.", start, end)


def _read(text: str) -> list[int]:
    """Year, month as a negative number, day."""
    found = [-number for number, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}", text)]
    return [int(number) for number in re.findall(r"\d+", text)] + found


def _year(look: Look, rest: str) -> re.Match[str] | None:
    """The year that stands for the date: one the right answer has not, else the last."""
    first = parts(look.item.get("original-date"))
    is_both = first and first != parts(look.item.get("issued"))
    found = [one for one in YEAR.finditer(rest) if not (is_both and one[0] == str(first[0]))]
    strange = [one for one in found if not look.alignment.has_entry(*one.span())]
    return next(iter(strange or found[-1:]), None)


def _goes_on(look: Look, end: int, right: str) -> bool:
    """Whether a bare year is only the beginning of a longer date that the style does not want."""
    return bool(re.fullmatch(r"\d{4}", right) and re.match(rf", {MONTH}( \d{{1,2}})?\)", look.text[end:]))
