"""The JSON API: one file a room, same name, all under /api/v1."""

from flask_openapi3.openapi import OpenAPI


def mount(app: OpenAPI) -> None:
    """Put every room's paths on `app`."""
