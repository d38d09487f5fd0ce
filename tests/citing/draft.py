"""A right entry that a fault can be planted in, letter by letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from integration.citations.items import Item
from integration.citations.spans import Entry, Span, html_of, joined
from integration.citations.styles import Style

Signs = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Draft:
    """The entry, the source it is of, and where the planted fault stands in its text."""

    signs: Signs
    item: Item
    style: Style
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        return "".join(sign for sign, _field, _lean in self.signs)

    @property
    def html(self) -> str:
        return html_of(joined(Span(*sign) for sign in self.signs))

    def field(self, name: str) -> tuple[int, int] | None:
        """Where the first run of this field stands."""
        at = next((place for place, sign in enumerate(self.signs) if sign[1] == name and sign[0].isalnum()), None)
        if at is None:
            return None
        end = at
        while end < len(self.signs) and self.signs[end][1] == name:
            end += 1
        while end > at + 1 and self.signs[end - 1][0] in " .,":
            end -= 1
        return at, end

    def said(self, name: str) -> str:
        place = self.field(name)
        return self.text[slice(*place)] if place else ""

    def swap(self, start: int, end: int, new: str, *, lean: bool | None = None) -> "Draft":
        """These letters replaced; the new ones take the field and slant of the first, or this slant."""
        model = self.signs[min(start, len(self.signs) - 1)]
        slant = model[2] if lean is None else lean
        fresh = tuple((sign, model[1], slant) for sign in new)
        return Draft((*self.signs[:start], *fresh, *self.signs[end:]), self.item, self.style, start, start + len(new))

    def change(self, pattern: str, new: str | Callable[[re.Match[str]], str]) -> "Draft | None":
        """The first match replaced, or None where there is none."""
        found = re.search(pattern, self.text)
        if found is None:
            return None
        return self.swap(*found.span(), new(found) if callable(new) else found.expand(new))

    def slanted(self, start: int, end: int, lean: bool) -> "Draft":
        """The same letters, leaning or upright."""
        changed = tuple((sign, field, lean) for sign, field, _was in self.signs[start:end])
        return Draft((*self.signs[:start], *changed, *self.signs[end:]), self.item, self.style, start, end)


Plant = Callable[[Draft, Random], Draft | None]


def draft(entry: Entry, item: Item, style: Style) -> Draft:
    """A right entry, nothing planted yet."""
    return Draft(tuple((sign, span.field, span.is_italic) for span in entry for sign in span.text), item, style)


def misspelled(word: str, rng: Random) -> str:
    """A letter left out, doubled or put behind its neighbour."""
    at = rng.randrange(1, len(word) - 2)
    if word[at] != word[at + 1] and rng.random() < 0.4:
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    return word[:at] + word[at + 1:] if rng.random() < 0.5 else word[:at] + word[at] + word[at:]
