"""What came of an entry of the log, and which goals it serves."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from integration.errors import Invalid
from integration.partnerships.shelf import entry
from integration.reports.goals import serve
from integration.reports.outcomes import NewOutcome, add_outcome, remove_outcome
from web import forms, inputs
from web.caution import caution
from web.gate import Who, desk, open_to, visitor
from web.pages.partnerships import edit

blueprint = Blueprint("outcomes", __name__)


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>/goals")
@open_to(Who.LIBRARIAN)
def set_goals(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Say which goals it serves."""
    serve(desk(), visitor().school_id, entry_id, inputs.several(request.form, "goals"))
    flash("Saved.", "good")
    return redirect(f"/partnerships/{partnership_id}/entries/{entry_id}", 303)


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>/outcomes")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit)
def add(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Write down what came of it."""
    entry(desk(), visitor().school_id, entry_id)
    add_outcome(desk(), visitor().school_id, _typed(entry_id))
    flash("Written down.", "good")
    caution("words", "helps", "unit")
    return redirect(f"/partnerships/{partnership_id}/entries/{entry_id}#outcomes", 303)


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>/outcomes/<outcome_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(partnership_id: str, entry_id: str, outcome_id: str) -> ResponseReturnValue:
    """Take it off every page."""
    remove_outcome(desk(), visitor().school_id, outcome_id)
    flash("It is off every page.", "good")
    return redirect(f"/partnerships/{partnership_id}/entries/{entry_id}#outcomes", 303)


def _typed(entry_id: str) -> NewOutcome:
    said = request.form
    return NewOutcome(
        entry_id, said.get("kind", ""), _decimal("before"), _decimal("after"), inputs.number(said, "before_n"),
        inputs.number(said, "after_n"), said.get("unit", ""), said.get("words", ""), said.get("url", "").strip(),
        said.get("helps", ""), said.get("benefit", ""), inputs.day(said, "agreed_on"), "is_chosen" in said)


def _decimal(name: str) -> float | None:
    """A number as she types it, with a point or a comma. Raises Invalid."""
    said = request.form.get(name, "").strip().replace(",", ".")
    try:
        return float(said) if said else None
    except ValueError as error:
        raise Invalid(fields={name: f"“{said[:20]}” is not a number."}) from error
