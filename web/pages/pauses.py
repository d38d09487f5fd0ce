"""Pauses and days without school: when nothing new is posted."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import courses, teachers
from integration.delivery.halt import NewPause, begin_pause, end_pause, pauses
from integration.week.holidays import add_holiday, all_holidays, remove_holiday
from web import forms, inputs
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("pauses", __name__)


@blueprint.get("/pauses")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show what is paused and what is not a school day, and ask for more."""
    school_id = visitor().school_id
    return render_template(
        "pauses/index.html", pauses=pauses(desk(), school_id), holidays=all_holidays(desk(), school_id),
        whom=request.args.get("whom", "school:"), classes=[card for card in courses(desk(), school_id) if not card.excluded],
        teachers=[one for one in teachers(desk(), school_id) if not one.is_librarian], writes_on=desk().settings.writes_on)


@blueprint.post("/pauses")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def begin() -> ResponseReturnValue:
    """Pause, from today when no day is said."""
    known = visitor()
    scope, _, target = request.form.get("whom", "").partition(":")
    new = NewPause(scope, target, inputs.day(request.form, "first"), inputs.day(request.form, "last"),
                   request.form.get("reason", ""))
    begin_pause(desk(), known.school_id, new, account_id=known.account_id)
    flash("Paused. Nothing new is posted there meanwhile.", "good")
    return redirect("/pauses", 303)


@blueprint.post("/pauses/<pause_id>/end")
@open_to(Who.LIBRARIAN)
def end(pause_id: str) -> ResponseReturnValue:
    """Resume."""
    known = visitor()
    end_pause(desk(), known.school_id, pause_id, account_id=known.account_id)
    flash("Resumed. What is late by more than half a day asks you first; the rest goes out one after the other.", "good")
    return redirect("/pauses", 303)


@blueprint.post("/holidays")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def add() -> ResponseReturnValue:
    """Write days without school down."""
    first = inputs.needed_day(request.form, "holiday_first")
    add_holiday(desk(), visitor().school_id, request.form.get("name", ""), first,
                inputs.day(request.form, "holiday_last") or first)
    flash("Saved.", "good")
    return redirect("/pauses", 303)


@blueprint.post("/holidays/<holiday_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(holiday_id: str) -> ResponseReturnValue:
    """Take days without school away again."""
    remove_holiday(desk(), visitor().school_id, holiday_id)
    flash("Removed.", "good")
    return redirect("/pauses", 303)
