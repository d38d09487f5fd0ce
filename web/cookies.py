"""The one cookie: signed, unreadable to scripts, `__Host-` behind TLS.

It holds three things and no person's data: the secret of her session (kept by us only as a hash), the random value that
binds a sign-in under way to this browser, and the token that proves a form is ours.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import Flask, session

from integration.desk import Desk

_SESSION = "session"
_BROWSER = "browser"


def prepare(app: Flask) -> None:
    """Name, sign and shut away the cookie."""
    at: Desk = app.extensions["desk"]
    newest, *older = [_signing_key(key) for key in at.settings.keys]
    app.config.update(
        SECRET_KEY=newest, SECRET_KEY_FALLBACKS=older,
        SESSION_COOKIE_NAME="__Host-throughline" if at.settings.behind_tls else "throughline",
        SESSION_COOKIE_SECURE=at.settings.behind_tls, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        # How long a session lasts is the library's to say; the cookie only has to outlive a closed browser.
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12), SESSION_REFRESH_EACH_REQUEST=False,
    )


def secret() -> str:
    """The secret of the session this browser has, or an empty string."""
    return str(session.get(_SESSION, ""))


def browser() -> str:
    """The random value that tells this browser from another while a sign-in is under way."""
    if _BROWSER not in session:
        session[_BROWSER] = secrets.token_urlsafe(32)
        session.permanent = True
    return str(session[_BROWSER])


def browser_or_none() -> str:
    """The same, without making one: a callback to a browser that never began must find nothing."""
    return str(session.get(_BROWSER, ""))


def remember(secret: str) -> None:
    """Let this browser in. Everything it held before is dropped, so nothing planted earlier survives the sign-in."""
    session.clear()
    session[_SESSION] = secret
    session.permanent = True


def forget() -> None:
    """Empty the cookie."""
    session.clear()


def _signing_key(key: bytes) -> bytes:
    return hmac.digest(key, b"the web cookie", hashlib.sha256)
