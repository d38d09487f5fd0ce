"""Volume, issue and pages."""

import re

from integration.citations.faults import Code
from integration.citations.look import Look
from integration.citations.styles import Style

RANGE = re.compile(r"(?<![\d/.-])([A-Z]?\d{1,5}|[ivxlc]+)(?:\s?-{1,2}\s?([A-Z]?\d{1,5}|[ivxlc]+))(?![\d/-])")

ALONE = re.compile(r"(?<=pp\. )\d+|(?<=p\. )\w?\d+|(?<=\): )\d+|(?<=\), )\d+(?=\.|$)")


def check_pages(look: Look) -> None:
    """The pages are there, are the source's, and have the style's label or none."""
    piece = look.answer.piece("pages")
    if piece is None:
        return
    right = piece.text.strip(" .():")
    label = re.search(r"\b(pp?\. ?)$", look.before(piece, 5))
    found = _pages(look, right)
    if found is None:
        other = RANGE.search(look.rest()) or ALONE.search(look.rest())
        if other:
            look.say(Code.WRONG_PAGES, f"Look at the pages again: they are {right}.", *other.span())
        else:
            look.lacks(Code.MISSING_PAGES, f"The pages are missing: {right}.", piece)
        return
    look.places["pages"] = found
    has = re.search(r"(\b(pp?|pgs?|pages?)[.,]? ?)$", look.text[max(0, found[0] - 7):found[0]])
    wanted, there = (label[1].strip() if label else ""), (has[1].strip() if has else "")
    if wanted.rstrip(".") != there.rstrip(".,"):
        told = f"Write “{wanted}” before the pages." if wanted else "No “pp.” before the pages here."
        look.say(Code.PAGE_LABEL, told, found[0] - len(has[1]) if has else found[0], found[1])


def check_volume(look: Look) -> None:
    """Volume and issue are there, in the style's form."""
    pieces = [piece for piece in look.answer.pieces if piece.field == "number"]
    if not pieces:
        return
    rest, ends = look.rest(), []
    for piece in pieces:
        number = re.sub(r"^(Vol|vol|No|no|[Ee]pisode|[Ss]eason|Pub\. L\. No)\.? ", "", piece.text.strip(" .()"))
        found = re.search(rf"(?<![\w/-]){re.escape(number)}(?![\w/-])", rest, re.IGNORECASE)
        if found is None and (found := _number_in(number, rest)) is None:
            look.lacks(Code.MISSING_VOLUME_ISSUE, f"A number is missing: {_shape(look)}.", piece)
            return
        ends.append(found.span())
    start, end = min(place[0] for place in ends), max(place[1] for place in ends)
    look.places["number"] = (start, end)
    _check_shape(look, start, end)


def _check_shape(look: Look, start: int, end: int) -> None:
    shape = _shape(look)
    around = look.text[max(0, start - 14):end + 2]
    leans = look.style is Style.APA and look.item.get("type", "").startswith("article")
    has_label = _labelled(look.text, start) and not re.match(r"vol|no", shape, re.IGNORECASE)
    if shape.lower().replace(".", "") not in around.lower().replace(".", "") or has_label:
        look.say(Code.VOLUME_ISSUE_FORM, f"Write the numbers like this: {shape}.", start, end)
    elif leans and look.entry.has_markup and look.entry.leaning(start, start + 1) < 0.5:
        look.say(Code.VOLUME_ISSUE_FORM, "In APA the volume stands in italics, the issue does not.", start, end)


def _shape(look: Look) -> str:
    """The numbers as the answer writes them, from the first label to the last number."""
    pieces = [piece for piece in look.answer.pieces if piece.field == "number"]
    start, end = pieces[0].start, pieces[-1].end
    label = re.search(r"((?:vol|no|[Ee]pisode|[Ss]eason)s?\.? )$", look.right[:start], re.IGNORECASE)
    tail = ")" if look.right[end:end + 1] == ")" and "(" in look.right[start:end] else ""
    return (label[1] if label else "") + look.right[start:end] + tail


def _labelled(text: str, start: int) -> bool:
    return bool(re.search(r"(vol|no)\.? ?$", text[max(0, start - 6):start] + "", re.IGNORECASE)) if start >= 0 else False


def _number_in(number: str, rest: str) -> re.Match[str] | None:
    digits = re.findall(r"\d+", number)
    return re.search(r"\b.{0,14}?\b".join(rf"(?<!\d){digit}(?!\d)" for digit in digits), rest) if digits else None


def _pages(look: Look, right: str) -> tuple[int, int] | None:
    """Where the pages stand, however they are shortened."""
    rest = look.rest()
    if exact := re.search(rf"(?<![\w/-]){re.escape(right)}(?![\w/-]\d)", rest):
        return exact.span()
    first, _, last = str(look.item.get("page", right)).replace("–", "-").partition("-")
    for found in RANGE.finditer(rest):
        if found[1] == first and last and last.endswith(found[2]):
            return found.span()
    alone = None if last else re.search(rf"(?<![\w/-]){re.escape(first)}(?![\w/-])", rest)
    return alone.span() if alone else None
