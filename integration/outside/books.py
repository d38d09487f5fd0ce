"""A book by its ISBN, as Open Library's Books API describes it. https://openlibrary.org/dev/docs/api/books"""

import json
from typing import Any

from integration.outside.addresses import Guard
from integration.outside.fetch import fetch
from integration.outside.found import Found, is_split, people, words, year
from integration.outside.trouble import NotFetched

OF = "Open Library"
UNKNOWN = "Open Library has no book with this ISBN. Copy the parts from its title page and the back of it."


def book(guard: Guard, root: str, isbn: str) -> Found:
    """The book with this ISBN-13. Raises NotFetched."""
    key = f"ISBN:{isbn}"
    answer = fetch(guard, f"{root}/api/books?bibkeys={key}&format=json&jscmd=data", ["application/json"])
    told = parsed(answer.body).get(key)
    if not isinstance(told, dict):
        raise NotFetched(UNKNOWN, status=404)
    names = [words(each.get("name")) for each in _list(told, "authors")]
    publisher = next((words(each.get("name")) for each in _list(told, "publishers")), "")
    title, more = words(told.get("title")), words(told.get("subtitle"))
    item = {"type": "book", "title": f"{title}: {more}" if title and more else title, "author": people(names),
            "publisher": publisher, "issued": year(words(told.get("publish_date"))), "ISBN": isbn}
    return Found({field: value for field, value in item.items() if value}, OF, any(map(is_split, names)))


def parsed(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises NotFetched."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotFetched("The catalogue’s answer cannot be read. Try again later, or copy the parts by hand.") from error
    if not isinstance(told, dict):
        raise NotFetched("The catalogue’s answer cannot be read. Try again later, or copy the parts by hand.")
    return told


def _list(told: dict[str, Any], field: str) -> list[dict[str, Any]]:
    found = told.get(field)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
