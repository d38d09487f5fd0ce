"""Plant one known fault into a right citation, for “find the fault” and for the tickets. Pure.

Each planting gives a fault's code as `facts` of teaching name them, and an entry that has this fault and, if its checker is asked,
no other.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from integration.citations.headline import CHICAGO_LOW, headline
from integration.citations.items import names, said
from integration.citations.spans import Entry, Span, joined, text_of
from integration.citations.styles import Style

Item = Mapping[str, Any]
Planting = Callable[[Entry, Item, Style], Entry | None]


def plantings(entry: Entry, item: Item, style: Style) -> dict[str, Entry]:
    """By fault code, the entry with that fault planted; only those that change something."""
    done = {_code(name, style): _ended(planted) for name, plant in PLANTINGS.items() if (planted := plant(entry, item, style))}
    return {code: planted for code, planted in done.items() if _differs(planted, entry)}


def _code(name: str, style: Style) -> str:
    return "author_inverted_in_note" if name == "author_not_inverted" and style is Style.CHICAGO_NOTE else name


def _differs(one: Entry, other: Entry) -> bool:
    return [(span.text, span.is_italic) for span in one] != [(span.text, span.is_italic) for span in other]


def _without(entry: Entry, field: str) -> Entry | None:
    """The entry without a field and the punctuation that only served it."""
    at = next((place for place, span in enumerate(entry) if span.field == field), None)
    if at is None or sum(span.field == field for span in entry) > 1:
        return None
    before, after = entry[:at], entry[at + 1:]
    led = before[-1].text if before and not before[-1].field else ""
    follows = after[0].text if after and not after[0].field else ""
    head, rest = before[:-1] if led else before, after[1:] if follows else after
    return joined((*head, Span(_glue(text_of(head), led, follows, is_first=not head)), *rest))


def _glue(head: str, led: str, follows: str, *, is_first: bool) -> str:
    """What joins the neighbours of a field that is gone."""
    if is_first:
        return f"{led}{follows}".lstrip(",. ")
    if "(" in led and ")" in follows:
        kept = led[:led.index("(")].rstrip()
        tail = follows[follows.index(")") + 1:]
        return kept + (tail.lstrip(",.") if f"{head}{kept}".endswith(".") else tail)
    if not led:
        return follows
    if "”" in led:
        return f"{led.rstrip()} {follows.lstrip(',. ')}"
    is_middle = bool(follows.strip()) and not led.rstrip().endswith((".", "”", "?", "!"))
    if is_middle or not follows.strip(". "):
        return follows
    return led + follows.lstrip(",. ")


def _no_date(entry: Entry, _item: Item, _style: Style) -> Entry | None:
    return _without(entry, "date")


def _no_author(entry: Entry, _item: Item, _style: Style) -> Entry | None:
    return _without(entry, "author") if entry and entry[0].field == "author" else None


def _no_container(entry: Entry, _item: Item, _style: Style) -> Entry | None:
    return _without(entry, "container")


def _no_address(entry: Entry, _item: Item, _style: Style) -> Entry | None:
    return _without(entry, "url")


def _title_not_set_off(entry: Entry, _item: Item, _style: Style) -> Entry | None:
    """A whole work upright, or a part of one without its quotation marks."""
    at = next((place for place, span in enumerate(entry) if span.field == "title"), None)
    if at is None:
        return None
    if entry[at].is_italic:
        return joined(replace(span, is_italic=False) if span.field == "title" else span for span in entry)
    if at and entry[at - 1].text.endswith("“"):
        bare = str.maketrans("", "", "“”")
        return joined(replace(span, text=span.text.translate(bare)) if not span.field or span.field == "title" else span
                      for span in entry)
    return None


def _title_in_wrong_case(entry: Entry, item: Item, style: Style) -> Entry | None:
    title = said(item, "title")
    wrong = headline(title, CHICAGO_LOW) if style is Style.APA else title[:1].upper() + title[1:].lower()
    at = [place for place, span in enumerate(entry) if span.field == "title"]
    printed = entry[at[0]].text if len(at) == 1 else ""
    if printed.rstrip(".,").casefold() != wrong.rstrip(".").casefold():
        return None
    return joined((*entry[:at[0]], replace(entry[at[0]], text=wrong.rstrip(".") + printed[len(printed.rstrip(".,")):]),
                   *entry[at[0] + 1:]))


def _name_as_said(entry: Entry, item: Item, style: Style) -> Entry | None:
    """The first name first, where the style wants the last name first; in a note the other way round."""
    people = names(item, "author")
    if not people or not people[0].get("given") or not entry or entry[0].field != "author":
        return None
    given, family = people[0]["given"], people[0].get("family", "")
    turned, straight = f"{family}, {given}", f"{given} {family}"
    old, new = (straight, turned) if style is Style.CHICAGO_NOTE else (turned, straight)
    if not entry[0].text.startswith(old):
        return None
    return joined((replace(entry[0], text=entry[0].text.replace(old, new, 1)), *entry[1:]))


def _ended(entry: Entry) -> Entry:
    """The entry ending as it should: in a full stop, or in an address of APA that takes none."""
    last = entry[-1]
    if last.field:
        return entry if last.field == "url" else joined((*entry, Span(".")))
    return joined((*entry[:-1], replace(last, text=last.text.rstrip(" ,.") + ".")))


PLANTINGS: dict[str, Planting] = {
    "missing_date": _no_date, "missing_author": _no_author, "missing_container": _no_container, "missing_url": _no_address,
    "title_format": _title_not_set_off, "title_capitalization": _title_in_wrong_case, "author_not_inverted": _name_as_said,
}
"""By the code of `throughline cite check`; in a Chicago note the last is `author_inverted_in_note`."""
