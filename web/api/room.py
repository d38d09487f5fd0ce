"""One room's part of the API: its blueprint, its lists' shapes, and what every answer may be."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, create_model

PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
WRONG = {"400": "What was sent cannot be read", "401": "Nobody is signed in", "403": "Not allowed", "404": "No such thing",
         "409": "Done before, or the key came with another request", "422": "Something needs another look",
         "503": "Busy, ask again later"}


def room(name: str, idea: str) -> APIBlueprint:
    """The blueprint of one room."""
    return APIBlueprint(f"{name}_api", __name__, abp_tags=[Tag(name=name, description=idea)],
                        abp_security=[{"token": []}, {"session": [], "csrf": []}],
                        abp_responses={status: {"description": words, **PROBLEM} for status, words in WRONG.items()})


def listed(shape: type[BaseModel]) -> type[BaseModel]:
    """The shape of a list of `shape`."""
    items: Any = list[shape]  # type: ignore[valid-type]
    return create_model(f"{shape.__name__}List", items=(items, ...), next=(str | None, None),
                        __doc__="A page of a list; `next` is the address of the next one, or null.")
