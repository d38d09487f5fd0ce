"""`Idempotency-Key`: the same request with the same key is done once and answered alike, however often it is sent.

An answer that says the trouble is on our side, or that the asker was not known, is not kept: the same key may try again.
"""

import hashlib
import json
import time

import structlog
from flask import Response, g, request

from integration.errors import Invalid
from integration.records.replies import Asked, Kept, begin, keep, let_go
from integration.records.session import DATABASE_AWAY
from web.errors import Answer, answer
from web.gate import desk, visitor

log = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
PATIENCE = 10.0
"""Seconds to wait for the first of two requests with one key."""
PAUSE = 0.1
NOT_KEPT = frozenset({401, 429})
UNDER_WAY = Answer(409, "That is still under way", "The same request with this Idempotency-Key is being worked on. "
                   "This one did nothing. Send it again in a minute.")


def answered_before() -> Response | None:
    """The answer this request got before, or None when it is new or has no key."""
    if request.method != "POST" or HEADER not in request.headers:
        return None
    asked = _asked(_key())
    kept = _begin(asked)
    waited = 0.0
    while not kept.is_new and kept.status is None and waited < PATIENCE:
        time.sleep(PAUSE)
        waited += PAUSE
        kept = _begin(asked)
    if kept.is_new:
        g.reply_id = kept.id
        return None
    return _again(kept) if kept.status else answer(UNDER_WAY, headers={"Retry-After": "60"})


def remember(response: Response) -> Response:
    """Keep this answer under the request's key, if it came with one; without a database it is given all the same."""
    if (reply_id := g.pop("reply_id", None)) is not None:
        try:
            _keep(reply_id, response)
        except DATABASE_AWAY as error:
            log.warning("an answer could not be kept under its key", error=type(error).__name__)
    return response


def _keep(reply_id: str, response: Response) -> None:
    with desk().transaction() as session:
        if response.status_code >= 500 or response.status_code in NOT_KEPT:
            let_go(session, reply_id)
        else:
            keep(session, reply_id, status=response.status_code, body=response.get_data(as_text=True))


def _begin(asked: Asked) -> Kept:
    with desk().transaction() as session:
        return begin(session, asked, now=desk().now())


def _again(kept: Kept) -> Response:
    kind = "application/problem+json" if (kept.status or 0) >= 400 else "application/json"
    return Response(kept.body, kept.status, content_type=kind)


def _asked(key: str) -> Asked:
    known = visitor()
    return Asked(known.school_id, known.account_id, key, _hash())


def _key() -> str:
    key = request.headers[HEADER]
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid(fields={HEADER: f"An Idempotency-Key is 1 to {LONGEST_KEY} printable ASCII characters. "
                                      "Nothing was done."})
    return key


def _hash() -> str:
    """What was asked, whatever order and spacing its JSON came in."""
    body = json.dumps(request.get_json(), sort_keys=True) if request.get_data() else "{}"
    return hashlib.sha256("\n".join((request.full_path, body)).encode()).hexdigest()
