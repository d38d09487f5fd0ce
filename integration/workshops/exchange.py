"""Bring sources from, and take them to, other tools: CSL-JSON, RIS and BibTeX, as Zotero and NoodleTools write them.

Pandoc reads and writes the formats (https://pandoc.org/MANUAL.html#citations); it is run, never linked.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from integration.citations.pandoc import DidNotAnswer, pandoc
from integration.errors import Invalid

LONGEST = 500_000
FORMATS = {"csljson": "CSL-JSON", "ris": "RIS", "bibtex": "BibTeX"}
TAKEN = {"csljson": "json", "bibtex": "bib"}
"""The formats that can be written, with the ending of their files."""


def brought(text: str) -> list[dict[str, Any]]:
    """The sources of a file's text, whichever of the three formats it is in. Raises Invalid."""
    if len(text) > LONGEST:
        raise _wrong("This file is larger than any list of sources. Nothing was kept. Bring a smaller one.")
    kind = format_of(text)
    items = json.loads(text) if kind == "csljson" else json.loads(_converted(text, kind, "csljson"))
    if not isinstance(items, list) or not items:
        raise _wrong(f"No source was found in this {FORMATS[kind]}. Nothing was kept. Export it again, and try.")
    return [dict(item) for item in items if isinstance(item, Mapping)]


def taken(items: Sequence[Mapping[str, Any]], kind: str) -> str:
    """The sources as a file's text. Raises Invalid."""
    told = json.dumps(list(items), ensure_ascii=False, indent=2)
    return told if kind == "csljson" else _converted(told, "csljson", kind)


def format_of(text: str) -> str:
    """Which format this is, seen from how it begins. Raises Invalid."""
    start = text.lstrip("\ufeff \r\n\t")[:200]
    if start.startswith("["):
        return _checked_json(text)
    if start.startswith("TY  -"):
        return "ris"
    if start.startswith(("@", "%")):
        return "bibtex"
    raise _wrong("This is neither CSL-JSON nor RIS nor BibTeX. Nothing was kept. In Zotero choose Export, then one of the three.")


def _checked_json(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise _wrong(f"This JSON breaks off in line {error.lineno}. Nothing was kept. Export it again.") from error
    return "csljson"


def _converted(text: str, source: str, target: str) -> str:
    try:
        return pandoc(["-f", source, "-t", target, "--standalone"], text)
    except DidNotAnswer as error:
        raise _wrong(f"This {FORMATS[source]} cannot be read. Nothing was kept. Export it again, and try.") from error


def _wrong(sentence: str) -> Invalid:
    return Invalid(fields={"file": sentence})
