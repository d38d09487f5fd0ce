"""Our own stylesheet and script, and htmx out of its installed package.

Each has an address that changes with its content, so that a browser may keep it for good.
"""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Blueprint, Response, url_for

from integration.errors import NotFound
from web.gate import Who, open_to

blueprint = Blueprint("assets", __name__)

HERE = files("web") / "static"
FILES: dict[str, tuple[Traversable, str]] = {
    "throughline.css": (HERE / "throughline.css", "text/css; charset=utf-8"),
    "throughline.js": (HERE / "throughline.js", "text/javascript; charset=utf-8"),
    "mark.svg": (HERE / "mark.svg", "image/svg+xml"),
    "htmx.js": (files("js_lib_htmx") / "static" / "htmx" / "htmx.min.js", "text/javascript; charset=utf-8"),
}
FOR_GOOD = "public, max-age=31536000, immutable"


@blueprint.get("/assets/<version>/<name>")
@open_to(Who.ANYONE)
def asset(version: str, name: str) -> Response:
    """A file of the page's dress. An old version's address answers with today's file, and is not kept."""
    if name not in FILES:
        raise NotFound("There is no such file.")
    content, today = read(name)
    return Response(content, content_type=FILES[name][1],
                    headers={"Cache-Control": FOR_GOOD if version == today else "no-cache"})


def address(name: str) -> str:
    """Where a page finds this file."""
    return url_for("assets.asset", version=read(name)[1], name=name)


@cache
def read(name: str) -> tuple[bytes, str]:
    """A file's content and its version."""
    content = FILES[name][0].read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]
