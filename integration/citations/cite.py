"""Print sources in a style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integration.citations import apa, chicago, mla
from integration.citations.after import put_right
from integration.citations.engine import render
from integration.citations.items import Item, Rule
from integration.citations.own import own_words
from integration.citations.spans import Entry, html_of, text_of
from integration.citations.styles import Style
from integration.citations.tidy import tidy
from integration.citations.unlisted import is_unlisted, reason

PREPARE: dict[Style, Rule] = {
    Style.MLA: mla.prepare, Style.APA: apa.prepare, Style.CHICAGO_BIB: chicago.prepare, Style.CHICAGO_NOTE: chicago.prepare_note,
}


@dataclass(frozen=True)
class Citation:
    """A source as a style prints it, or the reason why that style prints none. `entry` says which letters are which field."""

    id: str
    entry: Entry
    why_not: str = ""

    @property
    def html(self) -> str:
        return html_of(self.entry)

    @property
    def text(self) -> str:
        return text_of(self.entry)


def cite(sources: Sequence[Mapping[str, Any]], style: Style, *, labelled: bool = False) -> list[Citation]:
    """Each source alone, in the order given. `labelled` marks the fields as well, at twice the time.

    Raises Invalid when a date does not exist or the engine does not answer.
    """
    items = [tidy(source) for source in sources]
    entries = [own_words(item, style) for item in items]
    left = [number for number, item in enumerate(items) if entries[number] is None and not is_unlisted(item, style)]
    prepared = [PREPARE[style](items[number]) for number in left]
    for number, entry, item in zip(left, render(prepared, style, labelled=labelled), prepared, strict=True):
        entries[number] = put_right(entry, item, style)
    return [_citation(item, entry, style) for item, entry in zip(items, entries, strict=True)]


def _citation(item: Item, entry: Entry | None, style: Style) -> Citation:
    name = str(item.get("id", ""))
    return Citation(name, entry) if entry else Citation(name, (), reason(item, style))
