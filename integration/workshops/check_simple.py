"""Check what a young student wrote against her grade's own form, which is no relaxed style: who, what, where, when. Pure."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from integration.citations.faults import Code, Fault
from integration.citations.items import names
from integration.citations.ladder import Rung
from integration.citations.spans import Entry

Item = Mapping[str, Any]
NEARLY = 0.75
MISSING = {"author": (Code.MISSING_AUTHOR, "Who made it? Write the name too."),
           "title": (Code.MISSING_TITLE, "What is it called? Write the title too."),
           "container": (Code.MISSING_CONTAINER, "Where did you find it? Write the name of the site or magazine too."),
           "publisher": (Code.MISSING_PUBLISHER, "Who published it? Look on the page behind the title page."),
           "date": (Code.MISSING_DATE, "When did it come out? Write the date too."),
           "url": (Code.MISSING_URL, "Where is it on the web? Write its address too.")}
MISSPELLED = {"author": (Code.AUTHOR_MISSPELLED, "Look at the name once more, letter by letter."),
              "title": (Code.TITLE_MISSPELLED, "Look at the title once more, letter by letter.")}


def check_simple(text: str, entry: Entry, item: Item, step: Rung) -> list[Fault]:
    """The faults of what she wrote, in the order of the text; `entry` is the source in this grade's form."""
    parts = [(span.field, span.text) for span in entry if span.field]
    found = {field: _find(wanted, text) for field, wanted in parts}
    faults = [fault for field, wanted in parts if (fault := _fault(field, wanted, found[field], text, item, step))]
    return faults or _order([field for field, _ in parts], found)


def _fault(field: str, wanted: str, place: tuple[int, int, float] | None, text: str, item: Item, step: Rung) -> Fault | None:
    if place is not None and place[2] == 1.0:
        return None
    if field == "author" and (turned := _turned(text, item, step)):
        return turned
    if place is not None and field in MISSPELLED:
        return Fault(*MISSPELLED[field], place[0], place[1])
    if field == "date" and (year := re.search(r"\b(1[5-9]|20)\d\d\b", text)) and year[0] not in wanted:
        return Fault(Code.WRONG_DATE, "Look at the year once more.", year.start(), year.end())
    return Fault(*MISSING[field], 0, len(text)) if field in MISSING else None


def _turned(text: str, item: Item, step: Rung) -> Fault | None:
    """A name that is right but the other way round."""
    people = names(item, "author", "director", "editor")
    if not people or not people[0].get("given"):
        return None
    given, family = people[0]["given"], people[0].get("family", "")
    other = f"{given} {family}" if step.is_inverted else f"{family}, {given}"
    at = _evened(text).find(_evened(other))
    if at < 0:
        return None
    says = "Write the last name first, then a comma." if step.is_inverted else "Write the name as you say it: first name first."
    return Fault(Code.AUTHOR_NOT_INVERTED if step.is_inverted else Code.AUTHOR_NAME_FORM, says, at, at + len(other))


def _find(wanted: str, text: str) -> tuple[int, int, float] | None:
    """Where a part stands, and how nearly; None when nothing is like it."""
    low, want = _evened(text), _evened(wanted)
    at = low.find(want)
    if at >= 0:
        return at, at + len(want), 1.0
    block = SequenceMatcher(None, low, want, autojunk=False).find_longest_match()
    start = max(block.a - block.b, 0)
    near = SequenceMatcher(None, low[start:start + len(want)], want, autojunk=False).ratio()
    return (start, min(start + len(want), len(text)), near) if near >= NEARLY else None


def _evened(text: str) -> str:
    """Letter for letter the same length, so that places stay places."""
    return text.translate(str.maketrans("‘’“”–—", "''\"\"--")).lower()


def _order(fields: Sequence[str], found: Mapping[str, tuple[int, int, float] | None]) -> list[Fault]:
    at = [(place[0], place[1]) for field in fields if (place := found[field])]
    wrong = next((number for number in range(1, len(at)) if at[number][0] < at[number - 1][0]), None)
    if wrong is None:
        return []
    return [Fault(Code.ELEMENT_ORDER, "Everything is there. Look at what comes first, and what after it.", *at[wrong])]
