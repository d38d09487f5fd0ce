"""Who may do what: every route says it, and a route that says nothing stops the program from starting.

`@gate.open_to(Who.LIBRARIAN)` on a view is the declaration; the check itself runs before every request, so that a view
cannot be reached without it, whatever the order of its decorators. `Who.LIBRARIAN` is somebody with a session or, under
/api, a personal access token. Sessions must also prove that an unsafe request came from one of our own pages.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFProtect

from integration.accounts.personal_tokens import read_token
from integration.accounts.sessions import read_session
from integration.accounts.visitors import Visitor
from integration.desk import Desk
from integration.errors import NotAllowed, SignInRequired
from web import cookies

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "open_to"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_csrf = CSRFProtect()


class Who(Enum):
    """Who may use a route."""

    ANYONE = "anyone"
    """No question asked: what it shows is not about anybody."""
    LIBRARIAN = "librarian"
    """Somebody signed in; what she sees is her own school's."""
    LINK = "link"
    """Whoever has a link from a letter. No session is looked at and none begins; the page's own nonce guards its forms."""


def open_to(who: Who) -> Callable[[View], View]:
    """Declare who may use this view."""
    def mark(view: View) -> View:
        setattr(view, _MARK, who)
        return view
    return mark


def desk() -> Desk:
    """The desk this application was built at."""
    at: Desk = current_app.extensions["desk"]
    return at


def visitor() -> Visitor:
    """The librarian who asked. Raises SignInRequired when nobody is signed in."""
    if (known := visitor_or_none()) is None:
        raise SignInRequired("You are not signed in, or your session has ended. Nothing was changed. "
                             "Connect with Google to go on.")
    return known


def visitor_or_none() -> Visitor | None:
    """The librarian who asked, if we know one."""
    known: Visitor | None = g.get("visitor")
    return known


def prepare(app: Flask) -> None:
    """Check every request of `app` before its view sees it."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    _csrf.init_app(app)
    app.before_request(_check)


def require_declarations(app: Flask) -> None:
    """Raise LookupError naming every route that does not say who may use it."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None})
    if silent:
        raise LookupError(f"These routes do not say who may use them: {', '.join(silent)}. Put @open_to(...) on them.")


def declared(app: Flask, endpoint: str) -> Who | None:
    """Who may use this endpoint, or None when it does not say."""
    return getattr(app.view_functions[endpoint], _MARK, None)


def _check() -> None:
    if request.blueprint in {"assets", "health"} or _is_by_link():
        return
    g.visitor = _who_asks()
    if request.endpoint is None:
        return
    if request.method not in _SAFE:
        _must_be_our_own_page()
    if declared(current_app, request.endpoint) is not Who.ANYONE:
        visitor()


def _is_by_link() -> bool:
    return request.endpoint is not None and declared(current_app, request.endpoint) is Who.LINK


def _who_asks() -> Visitor | None:
    if token := _bearer():
        return read_token(desk(), token)
    secret = cookies.secret()
    return read_session(desk(), secret) if secret else None


def _bearer() -> str:
    is_api = request.path.startswith("/api/")
    said = request.authorization
    return said.token or "" if is_api and said is not None and said.type == "bearer" else ""


def _must_be_our_own_page() -> None:
    # A token is not sent by a browser on its own, so a request that carries one cannot be forged from another site.
    if _bearer():
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("This was sent from another site, so nothing was done. "
                         "Open the page here and press the button again.")
    _csrf.protect()
