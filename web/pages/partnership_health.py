"""How one partnership goes, for the librarian alone."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.partnerships import shelf
from integration.partnerships.health import PARTS, RATINGS, health, rate
from integration.week.free_days import free_days
from web import forms, inputs
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("partnership_health", __name__)


@blueprint.get("/partnerships/<partnership_id>/health")
@open_to(Who.LIBRARIAN)
def show(partnership_id: str) -> ResponseReturnValue:
    """Show the four ratings, and two days to plan where no time is set."""
    known = visitor()
    found = health(desk(), known.school_id, known.account_id, partnership_id)
    return render_template("partnership_health/show.html", card=shelf.partnership(desk(), known.school_id, partnership_id),
                           health=found, parts=PARTS, ratings=list(RATINGS.items()),
                           offered=() if found.plan_on else free_days(desk(), known.school_id))


@blueprint.post("/partnerships/<partnership_id>/health")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def say(partnership_id: str) -> ResponseReturnValue:
    """Say how it goes, and when to plan next."""
    known = visitor()
    rate(desk(), known.school_id, known.account_id, partnership_id, {part: inputs.number(request.form, part) for part in PARTS},
         inputs.day(request.form, "plan_on"))
    flash("Saved, for you alone.", "good")
    return redirect(f"/partnerships/{partnership_id}/health", 303)
