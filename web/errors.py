"""One table: what went wrong → status, page, problem+json.

Under /api an answer is `application/problem+json` (RFC 9457); everywhere else it is a page with the same sentence and a
way on. Nothing an answer says comes from a stack trace.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from integration.errors import (
    AlreadyDone,
    Busy,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    SignInNeeded,
    SignInRequired,
    ThroughlineError,
    Unsure,
)
from integration.records.base import new_id
from integration.records.session import DATABASE_AWAY

log = structlog.get_logger(__name__)

RETRY_AFTER = 30


@dataclass(frozen=True)
class Answer:
    """How one kind of trouble is answered."""

    status: int
    title: str
    sentence: str = ""
    """For trouble that brings no sentence of its own."""


TABLE: Mapping[type[ThroughlineError], Answer] = {
    NotFound: Answer(404, "There is no such page here"),
    NotAllowed: Answer(403, "That is not allowed"),
    SignInRequired: Answer(401, "Please connect first"),
    Invalid: Answer(422, "Something needs another look"),
    AlreadyDone: Answer(409, "That was done before"),
    SignInNeeded: Answer(403, "Google asks you to connect again"),
    Refused: Answer(409, "Google said no"),
    Busy: Answer(503, "Google is busy"),
    Unsure: Answer(502, "Google’s answer was lost"),
}
HTTP: Mapping[int, Answer] = {answer.status: answer for answer in (
    Answer(400, "That could not be read",
           "What your browser sent could not be read, so nothing was done. Go back and try once more."),
    Answer(404, "There is no such page here",
           "The address may be mistyped, or what was here is gone. Nothing was changed."),
    Answer(405, "This page cannot be used that way",
           "Nothing was done. Open the page and use the button on it."),
    Answer(413, "That is too large",
           "What was sent is larger than one megabyte, so nothing was saved. Send less at a time."),
    Answer(415, "That format is not understood",
           "Nothing was done. Send JSON, with the header Content-Type: application/json."),
    Answer(429, "Too many at once",
           "Nothing was done. Wait a minute, then try again."),
    Answer(500, "Something broke on our side",
           "What you asked for may not have been done. Look at the page again before you repeat it."),
    Answer(503, "Back in a moment",
           "Throughline cannot reach its records just now. Nothing was changed. Try again in half a minute."),
)}
STALE_FORM = Answer(400, "This page was open too long",
                    "Nothing was done. Go back, reload the page, and press the button again.")


def prepare(app: Flask) -> None:
    """Answer every trouble of `app` from the table."""
    app.register_error_handler(ThroughlineError, _ours)
    app.register_error_handler(CSRFError, lambda _error: answer(STALE_FORM))
    app.register_error_handler(HTTPException, _theirs)
    app.register_error_handler(InternalServerError, _unexpected)
    for kind in DATABASE_AWAY:
        app.register_error_handler(kind, _database_away)


def answer(how: Answer, sentence: str = "", *, fields: Mapping[str, str] | None = None,
           headers: Mapping[str, str] | None = None, reference: str = "") -> Response:
    """The answer to one trouble: problem+json under /api, a page elsewhere."""
    said = sentence or how.sentence
    if request.path.startswith("/api/"):
        response = problem(how.status, how.title, said, fields=fields, reference=reference)
    else:
        page = render_template("error.html", how=how, sentence=said, fields=fields or {}, reference=reference)
        response = Response(page, how.status)
    response.headers.update(headers or {})
    return response


def problem(status: int, title: str, detail: str, *, fields: Mapping[str, str] | None = None,
            reference: str = "") -> Response:
    """An answer in problem+json; `errors` names each field with its sentence.

    https://www.rfc-editor.org/rfc/rfc9457
    """
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if fields:
        body["errors"] = [{"field": field, "detail": words} for field, words in fields.items()]
    if reference:
        body["instance"] = f"urn:throughline:error:{reference}"
    return Response(json.dumps(body), status, content_type="application/problem+json")


def how_to_answer(error: ThroughlineError) -> Answer:
    """The table's line for this error, or for the nearest kind above it."""
    return next((TABLE[kind] for kind in type(error).__mro__ if kind in TABLE), HTTP[500])


def _ours(error: ThroughlineError) -> Response:
    headers = {"Retry-After": str(max(1, round(error.retry_after)))} if isinstance(error, Busy) else {}
    if isinstance(error, SignInRequired) and request.path.startswith("/api/"):
        headers["WWW-Authenticate"] = "Bearer"
    fields = error.fields if isinstance(error, Invalid) else None
    return answer(how_to_answer(error), str(error), fields=fields, headers=headers)


def _theirs(error: HTTPException) -> Response:
    code = error.code or 500
    headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    return answer(HTTP.get(code) or Answer(code, error.name, "Nothing was done."), headers=headers)


def _unexpected(error: InternalServerError) -> Response:
    reference = new_id()
    log.error("a request failed unexpectedly", request_id=reference, route=request.endpoint or "none",
              exc_info=error.original_exception or error)
    return answer(HTTP[500], reference=reference)


def _database_away(error: Exception) -> Response:
    g.visitor = None
    log.error("the database did not answer", error=type(error).__name__, route=request.endpoint or "none")
    return answer(HTTP[503], headers={"Retry-After": str(RETRY_AFTER)})
