"""The order of the elements, and the small signs between them."""

import re
from difflib import SequenceMatcher

from integration.citations.faults import Code
from integration.citations.look import LINK, Look, bare
from integration.citations.styles import NAMES, Style

IN_ORDER = ("author", "title", "container", "number", "publisher", "date", "pages", "url", "edition", "database")

MISSING = {"publisher": Code.MISSING_PUBLISHER, "container": Code.MISSING_CONTAINER, "edition": Code.MISSING_EDITION,
           "number": Code.MISSING_VOLUME_ISSUE, "contributor": Code.MISSING_CONTRIBUTOR, "place": Code.MISSING_PUBLISHER,
           "database": Code.MISSING_CONTAINER, "location": Code.MISSING_CONTAINER, "date": Code.MISSING_DATE,
           "title": Code.MISSING_TITLE, "author": Code.MISSING_AUTHOR}


def check_order(look: Look) -> None:
    """The elements stand in the style's order."""
    gone = "date" if look.has(Code.MISSING_AUTHOR) and look.style is Style.APA else ""
    wanted = [name for name in _order(look) if name in look.places and name != gone]
    there = sorted(wanted, key=lambda name: look.places[name][0])
    if wanted == there:
        return
    keep = _longest_run([wanted.index(name) for name in there])
    for number, name in enumerate(there):
        if number not in keep:
            told = {"number": "numbers", "url": "address", "container": "bigger whole"}.get(name, name)
            look.say(Code.ELEMENT_ORDER, f"The {told} stands in the wrong place: {NAMES[look.style]} has the order "
                                         f"{', '.join(wanted)}.", *look.places[name])
            return


def check_punctuation(look: Look, there: str, right: str) -> None:
    """The first small sign that differs, if nothing else was found."""
    if look.faults or there == right:
        return
    if moved := look.alignment.moved():
        look.say(Code.ELEMENT_ORDER, f"“{look.text[slice(*moved)].strip(' .,')}” stands in the wrong place.", *moved)
        return
    if _name_missing(look):
        return
    for tag, start, end, begin, stop in SequenceMatcher(None, look.text, look.right, autojunk=False).get_opcodes():
        if tag != "equal":
            signs, wanted = look.text[start:end], look.right[begin:stop]
            if re.search(r"\w", signs + wanted) and len(signs + wanted) > 3:
                look.say(Code.PUNCTUATION, f"Nearly there. Compare with the right form: {look.right}", start, max(end, start + 1))
            else:
                look.say(Code.PUNCTUATION, _small(look, begin, stop), start, max(end, start + 1))
            return


def _name_missing(look: Look) -> bool:
    """Say which piece of the right answer is not there at all, if one is."""
    for piece in look.answer.pieces:
        code = MISSING.get(piece.field)
        if piece.field in look.places:
            continue
        if "uploaded by" in piece.text:
            code = Code.MISSING_CONTRIBUTOR
        if code and look.alignment.counterpart(piece.start, piece.end) is None and _is_rarer(look, bare(piece.text)):
            look.lacks(code, f"Something is missing here: {piece.text.strip(' .,()')}.", piece)
            return look.has(code)
    return False


def _is_rarer(look: Look, letters: str) -> bool:
    """Whether these letters stand in the entry less often than in the answer, addresses apart."""
    return bare(LINK.sub("", look.text)).count(letters) < bare(look.said).count(letters)


def _small(look: Look, begin: int, stop: int) -> str:
    around = look.right[max(0, begin - 12):stop + 8].strip()
    return f"Only a small sign: it should look like “…{around}…”."


def _order(look: Look) -> list[str]:
    """The fields in the answer's order, each once."""
    return list(dict.fromkeys(piece.field for piece in look.answer.pieces if piece.field in IN_ORDER))


def _longest_run(numbers: list[int]) -> set[int]:
    """Which places of the list make its longest rising run."""
    runs: list[list[int]] = []
    for place, number in enumerate(numbers):
        before = [run for run in runs if numbers[run[-1]] < number]
        runs.append([*(max(before, key=len) if before else []), place])
    longest: list[int] = max(runs, key=len) if runs else []
    return set(longest)
