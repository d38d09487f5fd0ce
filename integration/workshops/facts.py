"""What a student finds on a source itself, before it is a citation. Pure."""

from collections.abc import Mapping
from typing import Any

from integration.citations.items import Item, Name, names, plain_name, said

PLACES = (("Volume", "volume"), ("Issue", "issue"), ("Pages", "page"), ("Edition", "edition"), ("Database", "source"))
YOUNG = ("Made by", "Title", "Found in", "Publisher", "Date", "Address")
ROLES = {"editor": "Editor", "translator": "Translator", "illustrator": "Illustrator", "director": "Director"}


def facts_of(item: Item, *, is_young: bool = False) -> dict[str, str]:
    """The facts of a source by what they are, in the order one meets them; only those it has, and that a young form can ask for."""
    told = {"Made by": _said(names(item, "author")), "Title": said(item, "title"),
            **{label: _said(names(item, role)) for role, label in ROLES.items()},
            "Found in": said(item, "container-title"), "Publisher": said(item, "publisher"), "Date": day_of(item, "issued"),
            **{label: said(item, field) for label, field in PLACES},
            "Address": said(item, "DOI") or said(item, "URL"), "Looked at on": day_of(item, "accessed")}
    return {name: text for name, text in told.items() if text and (name in YOUNG or not is_young)}


def day_of(item: Item, field: str) -> str:
    """A date as far as it is known: `2020`, `March 2020`, `March 4, 2020`."""
    parts = date_parts(item.get(field))
    if len(parts) < 2:
        return str(parts[0]) if parts else ""
    month = MONTHS[(parts[1] - 1) % 12]
    return f"{month} {parts[2]}, {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def date_parts(told: Any) -> list[int]:
    """Year, month and day of a CSL date, as many as there are."""
    parts = told.get("date-parts") if isinstance(told, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else []
    return [int(part) for part in first if str(part).isdigit()]


def _said(people: list[Name]) -> str:
    return "; ".join(plain_name(name) for name in people)


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
