"""Print a kit's sheets as tagged PDF, to the accessibility standard PDF/UA-1 where the letters allow it (https://typst.app)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst

from integration.citations.spans import Entry
from integration.errors import Invalid
from integration.workshops.lessons import band_of
from integration.workshops.questions import FIELDS
from integration.workshops.sheets import INKS, Block, Sheet
from integration.workshops.shelf import KitCard

TEMPLATE = Path(__file__).parent / "data" / "kit.typ"
YOUNG_LETTERS, LETTERS = 14, 11
"""Points of a letter: larger for whoever is learning to read."""


def print_sheets(kit: KitCard, made: Sequence[Sheet]) -> bytes:
    """The sheets as one PDF. Raises Invalid when they cannot be printed."""
    told = {"title": f"{kit.title}, grade {kit.grade}", "by": "Your school library", "fields": list(FIELDS), "inks": INKS,
            "size": YOUNG_LETTERS if band_of(kit.grade) == "K-2" else LETTERS,
            "sheets": [{**asdict(sheet), "blocks": [_block(block) for block in sheet.blocks]} for sheet in made]}
    inputs = {"kit": json.dumps(told)}
    try:
        return _printed(inputs, standard="ua-1")
    except typst.TypstError:
        # A letter that our font lacks is an error of the standard only: the same page is tagged without it too.
        try:
            return _printed(inputs, standard=None)
        except typst.TypstError as error:
            raise Invalid(f"These sheets could not be printed ({error}). Read them on the page instead.") from error


def _printed(inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(str(TEMPLATE), sys_inputs=inputs, pdf_standards=standard, ignore_system_fonts=True)


def _block(block: Block) -> dict[str, object]:
    return {"kind": block.kind, "text": block.text, "lines": block.lines, "rows": block.rows, "field": block.field,
            "entries": [_spans(entry) for entry in block.entries]}


def _spans(entry: Entry) -> list[dict[str, object]]:
    return [{"text": span.text, "field": span.field, "italic": span.is_italic} for span in entry]
