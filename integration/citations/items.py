"""A source as CSL-JSON says it, and small questions about it.

Every rule takes an item and gives a new one; nothing is changed in place. The facts CSL-JSON has no field for stand under
`custom`: handle, uploader, season, episode, translated_title, prompt, chat_title, author_native, title_native.
https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Item = Mapping[str, Any]
Rule = Callable[[Item], Item]
Name = Mapping[str, str]


def changed(item: Item, **fields: Any) -> Item:
    """The item with these fields instead; underscores stand for hyphens, None takes the field away."""
    new = {name.replace("_", "-"): value for name, value in fields.items()}
    return {name: value for name, value in {**item, **new}.items() if value not in (None, "", [])}


def without(item: Item, *names: str) -> Item:
    """The item without these fields."""
    return {name: value for name, value in item.items() if name not in names}


def said(item: Item, name: str) -> str:
    """A field's text, or nothing."""
    value = item.get(name)
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def fact(item: Item, name: str) -> str:
    """A fact CSL-JSON has no field for, or nothing."""
    custom = item.get("custom")
    value = custom.get(name) if isinstance(custom, Mapping) else None
    return "" if value is None else str(value).strip()


def names(item: Item, *roles: str) -> list[Name]:
    """The people or groups of the first of these roles that has any."""
    for role in roles:
        if found := item.get(role):
            return list(found)
    return []


def is_group(name: Name) -> bool:
    """Whether it is an organisation, a channel or a handle rather than a person."""
    return bool(name.get("literal")) or not name.get("given")


def plain_name(name: Name) -> str:
    """The name as one would say it."""
    parts = (name.get("given"), name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    return name.get("literal") or " ".join(part for part in parts if part)


def same(one: str, other: str) -> bool:
    """Whether two names mean the same, whatever their capitals, `The` and `Inc.`"""
    return bool(one) and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"^the |\b(inc|ltd|llc|co)\b|\W", "", re.sub(r"[^\w ]", "", text.casefold().strip())).replace("ae", "e")


def has_issue(item: Item) -> bool:
    """Whether anything says when it came out."""
    return bool(item.get("issued") or item.get("status"))
