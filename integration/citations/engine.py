"""Pandoc, run as a program of its own: prepared items in, spans out.

Pandoc is free software under the GPL; it is called, never linked (https://pandoc.org/MANUAL.html#citation-rendering).
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from integration.citations.marking import unmark
from integration.citations.pandoc import DidNotAnswer, pandoc
from integration.citations.spans import Entry, Span, joined
from integration.citations.styles import Style
from integration.citations.tailoring import tailored
from integration.errors import Invalid

LESS, AMPERSAND, HYPHEN = "\ue7f0", "\ue7f1", "\ue7f2"
"""Stand for `<` and `&`, which the engine would read as markup, and for the hyphen of a number that is no range."""

REMEMBERED = 128
"""Answers of the engine that are kept: the sources of a few dozen kits, of which each page asks for the same again."""

Item = Mapping[str, Any]


def render(items: Sequence[Item], style: Style, *, labelled: bool = False) -> list[Entry]:
    """Each item alone as the style prints it; an empty entry where the style prints nothing.

    `labelled` says which letters are which field. Raises Invalid when the engine does not answer.
    """
    if not items:
        return []
    plain = _entries(items, tailored(style, marked=False))
    if not labelled:
        return plain
    marked = _entries(items, tailored(style, marked=True))
    return [unmark(entry, with_marks) for entry, with_marks in zip(plain, marked, strict=True)]


def _entries(items: Sequence[Item], csl: bytes) -> list[Entry]:
    numbered = [{**_masked(item), "id": f"n{number}"} for number, item in enumerate(items)]
    page = _Page()
    page.feed(_run(json.dumps(numbered), csl))
    return [_unmasked(page.entries.get(f"ref-n{number}", ())) for number in range(len(items))]


@lru_cache(maxsize=REMEMBERED)
def _run(items: str, csl: bytes) -> str:
    """The page of these items; starting the program costs half a second of a processor, so the same question is asked once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "style.csl"
        file.write_bytes(csl)
        try:
            return pandoc(["-f", "csljson", "-t", "html", "--wrap=none", "--citeproc", "--csl", str(file)], items)
        except DidNotAnswer as error:
            raise Invalid(f"The program that prints citations did not answer ({error}). Nothing was cited; try again.") from error


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"<(?!/?i>|span class=\"nocase\">|/span>)", LESS, value).replace("&", AMPERSAND)
    if isinstance(value, Mapping):
        masked = {key: _masked(inner) for key, inner in value.items() if key != "custom"}
        return {**masked, "number": str(masked["number"]).replace("-", HYPHEN)} if "number" in masked else masked
    return [_masked(inner) for inner in value] if isinstance(value, list) else value


def _unmasked(entry: Sequence[Span]) -> Entry:
    back = str.maketrans({LESS: "<", AMPERSAND: "&", HYPHEN: "-"})
    return tuple(Span(span.text.translate(back), span.field, span.is_italic) for span in entry)


class _Page(HTMLParser):
    """Reads pandoc's page: one `div` an entry, `em` for what leans."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: dict[str, Entry] = {}
        self._id = ""
        self._leaning = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "div" and (given.get("id") or "").startswith("ref-"):
            self._id = str(given["id"])
        upright = tag == "span" and "normal" in (given.get("style") or "")
        self._leaning.append(False if upright else tag in ("em", "i") or self._leaning[-1])

    def handle_endtag(self, tag: str) -> None:
        self._leaning.pop()
        if tag == "div":
            self._id = ""

    def handle_data(self, data: str) -> None:
        if self._id:
            sofar = self.entries.get(self._id, ())
            self.entries[self._id] = joined((*sofar, Span(data.replace("\n", ""), "", self._leaning[-1])))
