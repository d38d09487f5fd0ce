"""The week: rounds that were, the one to come, and one of them in detail."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from integration.delivery.halt import pauses
from integration.week.brief import brief_text
from integration.week.foresee import foresee_week
from integration.week.queues import all_series
from integration.week.run import run_now
from integration.week.series import WEEKDAYS
from integration.week.shelf import week, weeks
from integration.week.when import next_round
from web import lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("weeks", __name__)


@blueprint.get("/weeks")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the rounds, newest first, and when the next one comes."""
    known = visitor()
    shown, following = lists.page(weeks(desk(), known.school_id, after=lists.after(), at_most=lists.ONE_MORE))
    coming = next_round(desk(), known.school_id)
    return render_template("weeks/index.html", weeks=shown, next=following, coming=coming,
                           due=foresee_week(desk(), known.school_id, known.account_id, coming.week),
                           series=all_series(desk(), known.school_id), pauses=pauses(desk(), known.school_id), weekdays=WEEKDAYS)


@blueprint.post("/weeks/run")
@open_to(Who.LIBRARIAN)
def run() -> ResponseReturnValue:
    """Run the round now; one that is under way is shown instead of a second."""
    known = visitor()
    return redirect(f"/weeks/{run_now(desk(), known.school_id, known.account_id)}", 303)


@blueprint.get("/weeks/<week_id>")
@open_to(Who.LIBRARIAN)
def show(week_id: str) -> ResponseReturnValue:
    """Show one round, step by step."""
    school_id = visitor().school_id
    card = week(desk(), school_id, week_id)
    return render_template("weeks/show.html", week=card, brief=brief_text(desk(), school_id, card.account_id, card.week))
