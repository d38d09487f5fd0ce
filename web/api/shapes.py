"""The shapes all rooms share: strict bodies, ids and pages in queries, lists, work under way, problems."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from web.gate import desk

ROOT = "/api/v1"
PAGE = 100
PAGE_AT_MOST = 500
Card = TypeVar("Card")
Shape = TypeVar("Shape", bound=BaseModel)


def _keepable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It has a NUL character, which cannot be kept. Take it out.")
    return text


def _a_day(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("This must be a day, such as 2026-11-24.")
    return value


def _a_moment(value: object) -> object:
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\dT", value):
        raise ValueError("This must be a moment with its time zone, such as 2026-11-24T15:00:00Z.")
    return value


Text = Annotated[str, AfterValidator(_keepable)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_a_day)]
"""A day written as 2026-11-24."""
ThatDay: Any = Field(default_factory=lambda: date.min)
"""For a day that may be left out of a change, but not sent as null; what stands here instead is never looked at."""
Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_a_moment)]
"""A moment written with its time zone, 2026-11-24T15:00:00Z."""


class Body(BaseModel):
    """What is sent: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BodyOrNothing(Body):
    """A body that may be left out altogether."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_empty(cls, sent: object) -> object:
        return {} if sent is None else sent


class Query(BaseModel):
    """What follows the question mark; everything there is text at first."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class Page(Query):
    """Which part of a list."""

    after: Text | None = Field(None, description="The id of the last item of the page before; `next` has it filled in.")
    limit: int = Field(PAGE, ge=1, le=PAGE_AT_MOST)


class ById(BaseModel):
    """One thing by its id."""

    id: Text


class Under(BaseModel):
    """Work that takes time: ask `url` how far it is."""

    id: str
    url: str
    state: str


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[FieldProblem] | None = None


def address(path: str) -> str:
    """The full address of a path below the API's root."""
    return f"{desk().settings.base_url.rstrip('/')}{ROOT}{path}"


def one(shape: BaseModel, status: int = 200, *, path: str = "") -> Response:
    """One thing; with `path`, where it can be found from now on."""
    response = jsonify(shape.model_dump(mode="json", by_alias=True))
    response.status_code = status
    if path:
        response.headers["Location"] = address(path)
    return response


def under_way(path: str, id: str, state: str) -> Response:
    """202: begun, not done."""
    return one(Under(id=id, url=address(path), state=state), 202, path=path)


def page(asked: Page, read: Callable[[str | None, int], Sequence[Card]], shape: Callable[[Card], BaseModel]) -> Response:
    """A page of what `read(after, at_most)` finds. One more than asked for is read, to know whether there is a next page."""
    found = read(asked.after, asked.limit + 1)
    items = [shape(card).model_dump(mode="json", by_alias=True) for card in found[:asked.limit]]
    more = len(found) > asked.limit
    return jsonify(items=items, next=_next(items[-1]["id"], asked.limit) if more else None)


def whole(shapes: Sequence[BaseModel]) -> Response:
    """A list that is never cut into pages."""
    return jsonify(items=[shape.model_dump(mode="json", by_alias=True) for shape in shapes], next=None)


def changed(card: Any, sent: BaseModel) -> dict[str, Any]:
    """What `sent` says, for a PATCH: only the fields that were sent."""
    return {name: getattr(sent, name) if name in sent.model_fields_set else getattr(card, name)
            for name in type(sent).model_fields}


def _next(last: str, limit: int) -> str:
    query = {**request.args.to_dict(), "after": last, "limit": str(limit)}
    return f"{address(request.path.removeprefix(ROOT))}?{urlencode(query)}"
