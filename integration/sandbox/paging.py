"""Pages of a list. A page token holds where to go on, and for which question: the next one must ask the same."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from integration.sandbox.refusal import Refusal


def page(name: str, items: Sequence[Any], query: MultiDict[str, str], *, usual: int = 20, most: int = 100) -> dict[str, Any]:
    """The page of `items` a query asks for, under `name`; an empty list is left out, as Google does."""
    wanted = int(query.get("pageSize", "0"))
    if wanted < 0:
        raise Refusal("INVALID_ARGUMENT", "page_size must not be negative.")
    start, size = _start(query), min(wanted or usual, most)
    found = list(items[start:start + size])
    answer: dict[str, Any] = {name: found} if found else {}
    if start + size < len(items):
        answer["nextPageToken"] = _token(start + size, query)
    return answer


def _token(start: int, query: MultiDict[str, str]) -> str:
    return urlsafe_b64encode(f"{start}:{_print(query)}".encode()).decode()


def _start(query: MultiDict[str, str]) -> int:
    token = query.get("pageToken", "")
    if not token:
        return 0
    try:
        start, _, asked = urlsafe_b64decode(token).decode().partition(":")
        number = int(start)
    except (NotBase64, ValueError) as error:
        raise Refusal("INVALID_ARGUMENT", "Invalid page token.") from error
    if asked != _print(query):
        raise Refusal("INVALID_ARGUMENT", "Invalid page token.")
    return number


def _print(query: MultiDict[str, str]) -> str:
    """What must stay the same between pages."""
    same = sorted((name, value) for name, value in query.items(multi=True)
                  if name not in {"pageToken", "fields", "prettyPrint", "alt"})
    return hashlib.sha256(repr(same).encode()).hexdigest()[:12]
