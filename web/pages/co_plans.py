"""What was planned together with one teacher."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.partnerships import shelf
from integration.partnerships.co_plans import CoPlanCard, NewCoPlan, change_co_plan, co_plan, plan_together, remove_co_plan
from web import forms, inputs, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("co_plans", __name__)


@blueprint.get("/partnerships/<partnership_id>/co-plans/new")
@open_to(Who.LIBRARIAN)
def new(partnership_id: str) -> ResponseReturnValue:
    """Show the form for one more."""
    return _page(partnership_id, None)


@blueprint.post("/partnerships/<partnership_id>/co-plans")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def add(partnership_id: str) -> ResponseReturnValue:
    """Write down what they planned."""
    plan_together(desk(), visitor().school_id, partnership_id, _typed())
    flash("Written down.", "good")
    return redirect(f"/partnerships/{partnership_id}#co-plans", 303)


@blueprint.get("/partnerships/<partnership_id>/co-plans/<co_plan_id>")
@open_to(Who.LIBRARIAN)
def edit(partnership_id: str, co_plan_id: str) -> ResponseReturnValue:
    """Show it, ready to be put in other words."""
    return _page(partnership_id, co_plan(desk(), visitor().school_id, co_plan_id))


@blueprint.post("/partnerships/<partnership_id>/co-plans/<co_plan_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit)
def change(partnership_id: str, co_plan_id: str) -> ResponseReturnValue:
    """Put it in other words."""
    change_co_plan(desk(), visitor().school_id, co_plan_id, _typed())
    flash("Saved.", "good")
    return redirect(f"/partnerships/{partnership_id}#co-plans", 303)


@blueprint.post("/partnerships/<partnership_id>/co-plans/<co_plan_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(partnership_id: str, co_plan_id: str) -> ResponseReturnValue:
    """Take it away."""
    remove_co_plan(desk(), visitor().school_id, co_plan_id)
    flash("It is taken away. What you did together stays in the log.", "good")
    return redirect(f"/partnerships/{partnership_id}#co-plans", 303)


def _page(partnership_id: str, plan: CoPlanCard | None) -> str:
    card = shelf.partnership(desk(), visitor().school_id, partnership_id)
    return render_template("co_plans/show.html", card=card, plan=plan, today=words.today())


def _typed() -> NewCoPlan:
    said = request.form
    return NewCoPlan(inputs.needed_day(said, "planned_on"), said.get("unit", ""), said.get("goals", ""), said.get("roles", ""),
                     said.get("materials", ""), said.get("assessment", ""))
