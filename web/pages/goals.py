"""The goals of the school's improvement plan."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts.schools import school
from integration.errors import NotFound
from integration.reports.goals import GoalCard, NewGoal, add_goal, change_goal, goals, remove_goal
from integration.reports.period import period
from web import forms, inputs, words
from web.caution import caution
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("goals", __name__)


@blueprint.get("/goals")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the goals, and the form for one more."""
    card, today = school(desk(), visitor().school_id), words.today()
    year = today.year if today.month >= card.year_starts_month else today.year - 1
    return render_template("goals/index.html", goals=goals(desk(), visitor().school_id),
                           year=period(str(year), card.year_starts_month))


@blueprint.post("/goals")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def add() -> ResponseReturnValue:
    """Write one down."""
    add_goal(desk(), visitor().school_id, _typed())
    flash("Written down. Entries that carry one of its standards serve it from now on.", "good")
    caution("title", "measure")
    return redirect("/goals", 303)


@blueprint.get("/goals/<goal_id>")
@open_to(Who.LIBRARIAN)
def show(goal_id: str) -> ResponseReturnValue:
    """Show one, ready to be put in other words."""
    return render_template("goals/show.html", goal=_goal(goal_id))


@blueprint.post("/goals/<goal_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def change(goal_id: str) -> ResponseReturnValue:
    """Put it in other words."""
    change_goal(desk(), visitor().school_id, goal_id, _typed())
    flash("Saved.", "good")
    caution("title", "measure")
    return redirect("/goals", 303)


@blueprint.post("/goals/<goal_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(goal_id: str) -> ResponseReturnValue:
    """Take it off every page."""
    remove_goal(desk(), visitor().school_id, goal_id)
    flash("The goal is off every page. What was done for it stays in the log.", "good")
    return redirect("/goals", 303)


def _goal(goal_id: str) -> GoalCard:
    if (found := next((each for each in goals(desk(), visitor().school_id) if each.id == goal_id), None)) is None:
        raise NotFound("There is no such goal. It may have been taken away.")
    return found


def _typed() -> NewGoal:
    said = request.form
    return NewGoal(said.get("title", ""), inputs.needed_day(said, "begins_on"), inputs.needed_day(said, "ends_on"),
                   said.get("measure", ""), inputs.several(said, "codes"))
