"""Many entries to check at once, as JSON says them."""

import json
from collections.abc import Mapping
from typing import Any

from integration.citations.check import Asked
from integration.citations.styles import Style
from integration.errors import Invalid

MARKUP = {"html": True, "plain": False, None: None}


def read_batch(text: str) -> list[tuple[Any, Asked]]:
    """Each entry with its id, from a JSON array of `{id, style, source, markup: html/plain, entry}`. Raises Invalid."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(f"The batch is no JSON: {error.msg} in line {error.lineno}. Nothing was checked. Correct it and try "
                      "again.") from error
    if not isinstance(found, list):
        raise Invalid("A batch is a list of entries, in square brackets; this is something else. Nothing was checked.")
    return [_asked(number, each) for number, each in enumerate(found, 1)]


def _asked(number: int, found: Any) -> tuple[Any, Asked]:
    if not isinstance(found, Mapping) or not isinstance(found.get("entry"), str) or "source" not in found:
        raise Invalid(f"Entry {number} of the batch is no object with “source” and “entry”. Nothing was checked. Correct it.")
    if found.get("style") not in set(Style):
        raise Invalid(f"Entry {number} of the batch: “style” is one of {', '.join(Style)}. Nothing was checked.")
    if found.get("markup") not in MARKUP:
        raise Invalid(f"Entry {number} of the batch: “markup” is html or plain. Nothing was checked.")
    asked = Asked(str(found["source"]), Style(found["style"]), found["entry"], MARKUP[found.get("markup")])
    return found.get("id", number), asked
