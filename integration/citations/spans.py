"""A printed entry as spans: which letters are the author, which the title, and which lean."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Span:
    """A run of letters of one field. `field` is empty for what only joins fields: labels, full stops, blanks."""

    text: str
    field: str = ""
    is_italic: bool = False


Entry = tuple[Span, ...]


def text_of(entry: Iterable[Span]) -> str:
    """The entry without markup."""
    return "".join(span.text for span in entry)


def html_of(entry: Iterable[Span]) -> str:
    """The entry with `<i>` around what leans, everything else escaped but quotation marks."""
    shown = []
    for is_italic, text in _runs(entry):
        escaped = html.escape(text, quote=False)
        shown.append(f"<i>{escaped}</i>" if is_italic else escaped)
    return "".join(shown)


def joined(entry: Iterable[Span]) -> Entry:
    """The same entry with neighbours of one kind made one span and empty ones left out."""
    told = groupby((span for span in entry if span.text), key=lambda span: (span.field, span.is_italic))
    return tuple(Span("".join(span.text for span in spans), field, is_italic) for (field, is_italic), spans in told)


def _runs(entry: Iterable[Span]) -> list[tuple[bool, str]]:
    runs: list[tuple[bool, str]] = []
    for span in entry:
        if runs and runs[-1][0] == span.is_italic:
            runs[-1] = (span.is_italic, runs[-1][1] + span.text)
        else:
            runs.append((span.is_italic, span.text))
    return runs
