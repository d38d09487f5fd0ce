"""Say it when something typed looks like a student's name; it is kept all the same."""

from flask import flash, request

from integration.partnerships.naming import cautions
from web.gate import desk, visitor


def caution(*fields: str) -> None:
    """Flash a sentence for each name that seems to be in these fields of the form."""
    for sentence in cautions(desk(), visitor().school_id, *(request.form.get(field, "") for field in fields)):
        flash(sentence, "warn")
