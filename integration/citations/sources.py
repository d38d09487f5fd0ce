"""Read CSL-JSON that somebody wrote, and say in a sentence what cannot be used of it."""

import json
from collections.abc import Mapping
from typing import Any

from integration.citations.items import Item
from integration.citations.tidy import tidy
from integration.errors import Invalid

PEOPLE = ("author", "editor", "translator", "director", "illustrator", "narrator", "host", "interviewer", "recipient",
          "composer", "performer", "producer", "container-author", "collection-editor", "reviewed-author",
          "executive-producer", "script-writer")
PARTS = ("family", "given", "literal")


def read_sources(text: str) -> list[Item]:
    """The sources of a CSL-JSON array, each with an id and a type, tidied. Raises Invalid."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(f"This is no JSON: {error.msg} in line {error.lineno}. Nothing was cited. Export the sources as CSL-JSON "
                      "and try again.") from error
    if not isinstance(found, list):
        raise Invalid("CSL-JSON is a list of sources, in square brackets; this is something else. Nothing was cited.")
    return [_source(number, each) for number, each in enumerate(found, 1)]


def _source(number: int, found: Any) -> Item:
    if not isinstance(found, Mapping):
        raise Invalid(f"Source {number} is no object with fields such as “type” and “title”. Nothing was cited. Correct it.")
    item = {"id": str(number), "type": "document", **{str(key): value for key, value in found.items()}}
    for role in PEOPLE:
        if not _are_people(item.get(role, [])):
            raise Invalid(f"Source {number} ({item['id']}): “{role}” must be a list of names, each with “family” and “given” or "
                          "with “literal”. Nothing was cited.")
    if not isinstance(item.get("title", ""), str) or not isinstance(item["type"], str):
        raise Invalid(f"Source {number} ({item['id']}): “title” and “type” must be text. Nothing was cited.")
    if not isinstance(item.get("custom", {}), Mapping):
        raise Invalid(f"Source {number} ({item['id']}): “custom” must be an object with facts such as “handle”. Nothing was cited.")
    return tidy(item)


def _are_people(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, Mapping) and any(name.get(part) for part in PARTS) for name in value)
