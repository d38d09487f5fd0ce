"""Pauses and days without school: when nothing new is posted."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import courses, teachers
from integration.delivery.halt import NewPause, begin_pause, end_pause, pauses
from integration.delivery.late import late_posts, leave_out_late, post_late
from integration.week.holidays import add_holiday, all_holidays, days_off, remove_holiday
from web import forms, inputs, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("pauses", __name__)


@blueprint.get("/pauses")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show what is paused and what is not a school day, and ask for more."""
    school_id = visitor().school_id
    return render_template(
        "pauses/index.html", pauses=pauses(desk(), school_id), holidays=all_holidays(desk(), school_id),
        late=late_posts(desk(), school_id), whom=request.args.get("whom", "school:"),
        classes=[card for card in courses(desk(), school_id) if not card.excluded],
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


@blueprint.post("/late/post")
@open_to(Who.LIBRARIAN)
def post() -> ResponseReturnValue:
    """Post one of those that came too late, or all of them, at a calm pace."""
    known = visitor()
    done = post_late(desk(), known.school_id, _which(), account_id=known.account_id,
                     is_off=days_off(desk(), known.school_id))
    said = [f"{words.plural(done.going, 'post goes', 'posts go')} out one after the other, and into each class one a day."]
    if done.asked:
        said.append(f"{words.plural(done.asked, 'post waits', 'posts wait')} for a teacher first.")
    if done.refused:
        said.append(f"{words.plural(done.refused, 'post is', 'posts are')} not sent, because a teacher does not want it.")
    flash(" ".join(said), "good")
    return redirect("/pauses", 303)


@blueprint.post("/late/leave-out")
@open_to(Who.LIBRARIAN)
def leave_out() -> ResponseReturnValue:
    """Leave one of those that came too late out, or all of them."""
    known = visitor()
    number = leave_out_late(desk(), known.school_id, _which(), account_id=known.account_id)
    flash(f"{words.plural(number, 'post is', 'posts are')} left out. Plan anew what you want after all.", "good")
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


def _which() -> list[str] | None:
    """The posts that were named; None for all."""
    return request.form.getlist("delivery") or None
