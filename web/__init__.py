"""Someone asked: pages for people, an API for scripts, a command for administrators. One call to the library each."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask_openapi3.openapi import OpenAPI

    from integration.desk import Desk


def create_app(desk: "Desk") -> "OpenAPI":
    """Build the web application at this desk. Raises LookupError when a route does not say who may use it."""
    # The command's other processes import this package too, and need no Flask.
    from web.app import build

    return build(desk)
