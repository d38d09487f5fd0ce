"""The pages a person sees at the pretend Google: which account, what to allow, and why not.

Plain HTML and one style sheet; no script, so that the strictest content policy fits. Every page says it is a pretence.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug import Response

from integration.sandbox import permissions
from integration.sandbox.asked import Asked, Stopped
from integration.sandbox.world import Person

PAGES = Path(__file__).with_name("pages")
STYLE = "/_sandbox/sign-in.css"


def accounts_page(app: str, people: Iterable[Person], address: str, *, complaint: str = "") -> Response:
    """Ask which account to use; posts back to `address`."""
    return _page("accounts.html", app=app, people=list(people), address=address, complaint=complaint,
                 status=400 if complaint else 200)


def consent_page(app: str, person: Person, asked: Asked, scopes: Sequence[str], address: str) -> Response:
    """Ask what to allow, one box for each of `scopes`; without any, only whether to go on."""
    titles = permissions.titles()
    return _page("consent.html", app=app, person=person, address=address, is_new=bool(scopes),
                 scopes=[(name, titles[name]) for name in scopes], goes_to=_origin(asked.redirect_uri))


def error_page(app: str, stopped: Stopped) -> Response:
    """Say why Google lets nobody through here."""
    return _page("error.html", app=app, stopped=stopped, status=stopped.status)


def style_sheet() -> Response:
    """The one style sheet of these pages."""
    return Response((PAGES / "sign_in.css").read_text("utf-8"), content_type="text/css; charset=utf-8")


def _page(name: str, *, status: int = 200, goes_to: str = "", **values: Any) -> Response:
    text = _templates().get_template(name).render(style=STYLE, **values)
    return Response(text, status, content_type="text/html; charset=utf-8", headers={
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": f"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                                   f"form-action 'self' {goes_to}".rstrip(),
    })


def _origin(address: str) -> str:
    """Where the answer goes; Chromium holds the redirect after a form to the form-action policy as well."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)
