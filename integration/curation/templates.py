"""Ways to begin a collection: hints while she gathers, advice when she has. A template never stands in her way."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from integration.curation.codes import DATA
from integration.curation.shelf import CollectionCard


@dataclass(frozen=True)
class Template:
    """One way to begin a collection. A retired one cannot be chosen and names what took its place."""

    key: str
    name: str
    purpose: str
    hints: tuple[str, ...]
    codes: tuple[str, ...]
    rules: tuple[Mapping[str, Any], ...]
    retired_on: date | None
    replaced_by: str

    @property
    def notice(self) -> str:
        """Why a retired template cannot be chosen, in a sentence; empty for the others."""
        if self.retired_on is None:
            return ""
        return f"{self.name} is retired since {self.retired_on:%B} {self.retired_on.year}. Use {self.replaced_by}."


@cache
def templates() -> tuple[Template, ...]:
    """Every template, the retired ones too, so that an old collection still shows its name."""
    data = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))
    return tuple(map(_template, data["templates"]))


def template(key: str) -> Template | None:
    """One template, or None when there is no such."""
    return next((each for each in templates() if each.key == key), None)


def advice(collection: CollectionCard) -> list[str]:
    """What would make `collection` better by the lights of its template, a sentence each."""
    chosen = template(collection.template)
    rules = chosen.rules if chosen else ()
    return [rule["sentence"] for rule in rules if not _RULES[rule["rule"]](collection, rule)]


Rule = Callable[[CollectionCard, Mapping[str, Any]], bool]


def _mixed_media(collection: CollectionCard, _: Mapping[str, Any]) -> bool:
    return len(collection.resources) < 2 or len({each.kind for each in collection.resources}) > 1


def _has_codes(collection: CollectionCard, _: Mapping[str, Any]) -> bool:
    return bool(collection.codes) or any(each.codes for each in collection.resources)


def _has_kind(collection: CollectionCard, rule: Mapping[str, Any]) -> bool:
    return any(each.kind in rule["kinds"] for each in collection.resources)


def _mentions(collection: CollectionCard, rule: Mapping[str, Any]) -> bool:
    parts = [collection.title, collection.description]
    for each in collection.resources:
        parts += [each.title, each.description, each.text]
    words = f"{' '.join(parts)} ".casefold()
    return any(word in words for word in rule["words"])


_RULES: dict[str, Rule] = {
    "mixed_media": _mixed_media, "has_codes": _has_codes, "has_kind": _has_kind, "mentions": _mentions,
    "at_least": lambda collection, rule: len(collection.resources) >= rule["number"],
    "at_most": lambda collection, rule: len(collection.resources) <= rule["number"],
    "has_subject": lambda collection, _: bool(collection.subjects),
}


def _template(data: Mapping[str, Any]) -> Template:
    retired = data.get("retired_on")
    return Template(data["key"], data["name"], data["purpose"], tuple(data["hints"]), tuple(data["codes"]),
                    tuple(data["advice"]), date.fromisoformat(retired) if retired else None, data.get("replaced_by", ""))
