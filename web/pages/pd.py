"""What the library teaches the staff: series, their sessions, and how many came."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.learning.series import NewSeries, all_series, begin_series, change_series, one_series, remove_series
from integration.learning.sessions import NewSession, add_session, change_session, remove_session, sessions_of, staff_session
from web import forms, inputs, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("pd", __name__)


@blueprint.get("/pd")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the series, and the form for one more."""
    return render_template("pd/index.html", series=all_series(desk(), visitor().school_id))


@blueprint.post("/pd")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def begin() -> ResponseReturnValue:
    """Begin a series."""
    id = begin_series(desk(), visitor().school_id, _named())
    flash("The series is begun. Write its first session down.", "good")
    return redirect(f"/pd/{id}", 303)


@blueprint.get("/pd/<series_id>")
@open_to(Who.LIBRARIAN)
def show(series_id: str) -> ResponseReturnValue:
    """Show its sessions, and the form for one more."""
    school_id = visitor().school_id
    return render_template("pd/show.html", series=one_series(desk(), school_id, series_id), today=words.today(),
                           sessions=sessions_of(desk(), school_id, series_id))


@blueprint.get("/pd/<series_id>/edit")
@open_to(Who.LIBRARIAN)
def edit(series_id: str) -> ResponseReturnValue:
    """Show it, ready to be called something else."""
    return render_template("pd/edit.html", series=one_series(desk(), visitor().school_id, series_id))


@blueprint.post("/pd/<series_id>/edit")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit)
def change(series_id: str) -> ResponseReturnValue:
    """Call it something else."""
    change_series(desk(), visitor().school_id, series_id, _named())
    flash("Saved.", "good")
    return redirect(f"/pd/{series_id}", 303)


@blueprint.post("/pd/<series_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(series_id: str) -> ResponseReturnValue:
    """Take it away while it is empty."""
    remove_series(desk(), visitor().school_id, series_id)
    flash("The series is taken away.", "good")
    return redirect("/pd", 303)


@blueprint.post("/pd/<series_id>/sessions")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def write(series_id: str) -> ResponseReturnValue:
    """Write a session down."""
    add_session(desk(), visitor().school_id, series_id, _typed())
    flash("Written down.", "good")
    return redirect(f"/pd/{series_id}", 303)


@blueprint.get("/pd/<series_id>/sessions/<session_id>")
@open_to(Who.LIBRARIAN)
def edit_session(series_id: str, session_id: str) -> ResponseReturnValue:
    """Show one session, ready to be corrected."""
    return render_template("pd/session.html", series=one_series(desk(), visitor().school_id, series_id), today=words.today(),
                           session=staff_session(desk(), visitor().school_id, session_id))


@blueprint.post("/pd/<series_id>/sessions/<session_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit_session)
def correct(series_id: str, session_id: str) -> ResponseReturnValue:
    """Correct it, or write down how many came."""
    change_session(desk(), visitor().school_id, session_id, _typed())
    flash("Saved.", "good")
    return redirect(f"/pd/{series_id}", 303)


@blueprint.post("/pd/<series_id>/sessions/<session_id>/remove")
@open_to(Who.LIBRARIAN)
def remove_one(series_id: str, session_id: str) -> ResponseReturnValue:
    """Take it away."""
    remove_session(desk(), visitor().school_id, session_id)
    flash("The session is taken away.", "good")
    return redirect(f"/pd/{series_id}", 303)


def _named() -> NewSeries:
    return NewSeries(request.form.get("title", ""), request.form.get("about", ""))


def _typed() -> NewSession:
    said = request.form
    return NewSession(said.get("topic", ""), inputs.needed_day(said, "on"), inputs.number(said, "minutes"),
                      said.get("audience", ""), said.get("materials", ""), inputs.number(said, "attendance"))
