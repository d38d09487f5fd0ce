"""A list a page at a time: one more is read than is shown, and the address of the rest is the same with `after`."""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from flask import request


class Numbered(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


One = TypeVar("One", bound=Numbered)

A_PAGE = 50
ONE_MORE = A_PAGE + 1


def after() -> str | None:
    """The id of the last one of the page before, if this is not the first page."""
    return request.args.get("after") or None


def page(found: Sequence[One]) -> tuple[list[One], str]:
    """What this page shows of the `ONE_MORE` that were read, and the address of the next page or an empty string."""
    shown = list(found[:A_PAGE])
    return shown, here_but(after=shown[-1].id) if len(found) > A_PAGE else ""


def here_but(**changed: str) -> str:
    """The address of this page with some of its arguments changed; an empty value takes one away."""
    said = [(name, value) for name, value in request.args.items(multi=True) if name not in changed and value]
    said += [(name, value) for name, value in changed.items() if value]
    return f"{request.path}?{urlencode(said)}" if said else request.path
