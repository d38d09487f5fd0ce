"""The web application at a test's desk: built once a process, because to build it takes longer than most tests."""

from copy import copy
from functools import cache

from flask_openapi3.openapi import OpenAPI

from integration.desk import Desk
from web import create_app

_first: dict[str, Desk] = {}


def app_at(desk: Desk) -> OpenAPI:
    """The application as `create_app` builds it for these settings, at this desk; routes and templates are shared."""
    settings = desk.settings.model_copy(update={"database_url": ""})
    kind = f"{settings.model_dump_json()} {settings.keys}"
    _first.setdefault(kind, desk)
    built = _built(kind)
    twin = copy(built)
    twin.extensions = {**built.extensions, "desk": desk}
    return twin


@cache
def _built(kind: str) -> OpenAPI:
    return create_app(_first[kind])
