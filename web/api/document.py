"""What the API says of itself: OpenAPI 3.1, generated from the code, and how a body that does not fit is answered."""

import re

from flask import Blueprint, Response, current_app, jsonify
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from web.api.idempotency import HEADER, LONGEST_KEY
from web.api.shapes import Problem
from web.errors import problem
from web.gate import Who, open_to

blueprint = Blueprint("document", __name__)

SCHEMES = {
    "token": {"type": "http", "scheme": "bearer",
              "description": "A personal access token, from the account page or `throughline token create`."},
    "session": {"type": "apiKey", "in": "cookie", "name": "throughline", "description": "A signed-in browser."},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken",
             "description": "With a session, for everything but reading: the csrf_token of any form of ours."},
}
KEY = {"name": HEADER, "in": "header", "required": False, "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
       "description": "The same key and body get the same answer; the same key with another body is a 409."}
SENTENCES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field. Leave it out, or look at its spelling.",
    "string_type": "This must be text.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "list_type": "This must be a list.",
    "dict_type": "This must be an object.",
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "timezone_aware": "This moment needs its time zone, such as 2026-11-24T15:00:00Z.",
    "date_parsing": "This must be a day, such as 2026-11-24.",
    "datetime_parsing": "This must be a moment with its time zone, such as 2026-11-24T15:00:00Z.",
}


@blueprint.get("/openapi.json")
@open_to(Who.ANYONE)
def openapi() -> Response:
    """Show the API's own description."""
    app: OpenAPI = current_app._get_current_object()  # type: ignore[attr-defined]
    return jsonify(_with_keys(app.api_doc))


def describe(app: OpenAPI) -> None:
    """Say how one signs in, and answer whatever does not fit with a problem."""
    app.security_schemes = dict(SCHEMES)
    app.validation_error_model = Problem
    app.validation_error_callback = does_not_fit


def does_not_fit(error: ValidationError) -> Response:
    """422 with one sentence for each field."""
    fields: dict[str, str] = {}
    for fault in error.errors():
        fields.setdefault(".".join(str(part) for part in fault["loc"]) or "body", _sentence(fault))
    return problem(422, "Something needs another look",
                   "What was sent does not fit, so nothing was done. Each field says what is wrong with it.", fields=fields)


def _sentence(fault: ErrorDetails) -> str:
    """A fault in words a person can act on; pydantic's own where ours would say less."""
    if words := SENTENCES.get(fault["type"]):
        return words
    text = re.sub(r"^Value error, ", "", fault["msg"])
    return text if text.endswith(".") else f"{text}."


def _with_keys(said: dict[str, dict[str, dict[str, dict[str, object]]]]) -> dict[str, object]:
    """The description, with the Idempotency-Key beside every POST."""
    paths = {path: {method: {**operation, "parameters": [*_parameters(operation), KEY]} if method == "post" else operation
                    for method, operation in methods.items()} for path, methods in said["paths"].items()}
    return {**said, "paths": paths}


def _parameters(operation: dict[str, object]) -> list[object]:
    found = operation.get("parameters") or []
    assert isinstance(found, list)
    return found
