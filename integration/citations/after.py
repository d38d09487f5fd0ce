"""What is put right after the engine: punctuation it gets wrong and order it cannot change."""

import re
from collections.abc import Callable

from integration.citations.items import Item, said
from integration.citations.spans import Entry, Span, joined, text_of
from integration.citations.styles import Style

Change = tuple[str, str]

CENTURY = r"(?<=\b(\d\d)\d\d–)\1(?=\d\d\b)"
"""The hundreds that a range of years need not say again."""

UNTITLED = r"Introduction|Foreword|Preface|Afterword"

EVERYWHERE: tuple[Change, ...] = (
    (r"(’)([.,])”", r"\2\1”"),               # a quotation inside one: the stop goes inside both (MLA 6.53, Chicago 6.9)
    (r"(?<!\.)\.\.(?!\.)", "."),
    (r" {2,}", " "),
)
IN_STYLE: dict[Style, tuple[Change, ...]] = {
    Style.MLA: ((rf"“({UNTITLED})\.”", r"\1."), (CENTURY, "")),
    Style.APA: ((r"Retrieved (?=http)", ""),),
    Style.CHICAGO_BIB: ((rf"“({UNTITLED})\.” In ", r"\1 to "), (f"{CENTURY}0?", "")),
    Style.CHICAGO_NOTE: (
        (r", ill\. (?=[A-Z])", ", illus. "), (r"([?!])” (?=[^(\s])", r"\1,” "), (f"{CENTURY}0?", ""),
        *((f"“{word},” in ", f"{word.lower()} to ") for word in UNTITLED.split("|")),
    ),
}
"""MLA 5.109 and Chicago 14.12: a foreword has no quotation marks; MLA 5.82, Chicago 9.66: years; APA drops a bare `Retrieved`;
Chicago keeps the comma after a question mark in a note (6.134), and writes `illus.` (10.50)."""


def put_right(entry: Entry, item: Item, style: Style) -> Entry:
    """The engine's entry as the style guide has it."""
    for pattern, new in (*EVERYWHERE, *IN_STYLE[style]):
        entry = replaced(entry, pattern, new)
    for change in ORDER.get(style, ()):
        entry = change(entry, item)
    return joined(entry)


def replaced(entry: Entry, pattern: str, new: str) -> Entry:
    """The pattern replaced in the text, each letter keeping its field and its slant."""
    places = list(re.finditer(pattern, text_of(entry)))
    if not places:
        return entry
    letters = [(letter, span.field, span.is_italic) for span in entry for letter in span.text]
    for found in reversed(places):
        start, end = found.span()
        _field, lean = (letters[start][1], letters[start][2]) if start < end else ("", False)
        letters[start:end] = _aligned(letters[start:end], found.expand(new), lean)
    return joined(Span(letter, field, lean) for letter, field, lean in letters)


def _aligned(old: list[tuple[str, str, bool]], new: str, lean: bool) -> list[tuple[str, str, bool]]:
    left = list(old)
    done = []
    for letter in new:
        same = next((one for one in left if one[0] == letter), None)
        if same:
            left.remove(same)
        done.append(same or (letter, "", lean))
    return done


def review_comma(entry: Entry, item: Item) -> Entry:
    """MLA 5.109: `Review of TITLE, by NAME`; the engine leaves the comma out."""
    return replaced(entry, r"(?<=[^\s,])(by )(?=[A-Z])", r", \1") if item.get("reviewed-author") else entry


def database_named(entry: Entry, item: Item) -> Entry:
    """MLA 5.34: the service or database it was found in, though there is no address."""
    source = said(item, "source")
    if not source or source in text_of(entry):
        return entry
    return (*entry, Span(" "), Span(source, "database", True), Span("."))


def description_first(entry: Entry, _item: Item) -> Entry:
    """APA 9.12: where the title stands in the place of the author, what it is in brackets goes with it."""
    text = text_of(entry)
    found = re.match(r"^(?P<title>[^(]*?)(?P<stop>\.? )(?P<date>\((?:n\.d\.|\d{4})[^)]*\)\. )(?P<what>\[[^\]]*\]\. )", text)
    if not found or any(span.field == "author" for span in entry):
        return entry
    letters = [(letter, span.field, span.is_italic) for span in entry for letter in span.text]
    title, date, what = (letters[slice(*found.span(name))] for name in ("title", "date", "what"))
    space = (" ", "", False)
    return joined(Span(*one) for one in (*title, space, *what, *date, *letters[found.end():]))


def on_an_album(entry: Entry, item: Item) -> Entry:
    """Chicago 14.163: a song is *on* an album."""
    if said(item, "type") != "song":
        return entry
    return replaced(replaced(entry, r"(?<=” )In (?=\S)", "On "), r"(?<=” )in (?=\S)", "on ")


ORDER: dict[Style, tuple[Callable[[Entry, Item], Entry], ...]] = {
    Style.MLA: (review_comma, database_named),
    Style.APA: (description_first,),
    Style.CHICAGO_BIB: (on_an_album,),
    Style.CHICAGO_NOTE: (on_an_album,),
}
