"""What proves that a form came from a page of ours to somebody who has a link and no cookie: a signed moment bound to the link.

It also tells how long the page was open before its button was pressed.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from web.gate import desk

LASTS = timedelta(hours=12)


def nonce(secret: str) -> str:
    """The nonce of a page shown now to whoever has the link with this secret."""
    at = str(int(desk().now().timestamp() * 1000))
    return f"{at}.{_sign(desk().settings.keys[0], secret, at)}"


def age(secret: str, given: str) -> timedelta | None:
    """How long ago the page was shown; None when the nonce is not ours, not this link's, or too old."""
    at, _, signature = given.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) < 15):
        return None
    if not any(hmac.compare_digest(signature.encode(), _sign(key, secret, at).encode()) for key in desk().settings.keys):
        return None
    since = desk().now() - datetime.fromtimestamp(int(at) / 1000, UTC)
    return since if since < LASTS else None


def _sign(key: bytes, secret: str, at: str) -> str:
    return hmac.digest(key, f"page of {secret} at {at}".encode(), hashlib.sha256).hex()
