"""Proposals: something concrete to do together, offered to one teacher by a letter."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import courses, teachers
from integration.partnerships.proposals import proposals
from integration.partnerships.propose import NewProposal, carried_out, propose
from web import forms, inputs, lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("proposals", __name__)


@blueprint.get("/proposals")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the proposals, newest first, and the form for one more."""
    school_id = visitor().school_id
    shown, following = lists.page(proposals(desk(), school_id, after=lists.after(), at_most=lists.ONE_MORE))
    return render_template(
        "proposals/index.html", proposals=shown, next=following, teacher=request.args.get("teacher", ""),
        teachers=[one for one in teachers(desk(), school_id) if not one.is_librarian],
        classes=[card for card in courses(desk(), school_id) if not card.excluded and card.mode == "co-taught"])


@blueprint.post("/proposals")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def make() -> ResponseReturnValue:
    """Write it down, with its letter to look at."""
    known, typed = visitor(), request.form
    propose(desk(), known.school_id, known.account_id, NewProposal(
        typed.get("teacher", ""), inputs.needed_day(typed, "on"), inputs.number(typed, "minutes") or 0, typed.get("activity", ""),
        typed.get("who", ""), typed.get("ready", ""), typed.get("course_id", "")))
    flash("Its letter waits for you to look at.", "good")
    return redirect("/letters", 303)


def _again(**_: str) -> ResponseReturnValue:
    return index()


@blueprint.post("/proposals/<proposal_id>/done")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(_again)
def done(proposal_id: str) -> ResponseReturnValue:
    """Write down that they did it."""
    carried_out(desk(), visitor().school_id, proposal_id)
    flash("It is in the log, and a thank-you waits for you to look at.", "good")
    return redirect("/proposals", 303)
