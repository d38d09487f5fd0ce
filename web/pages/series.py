"""Series: a queue of collections, one of which goes out each week."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import GRADES, courses
from integration.curation import shelf
from integration.curation.codes import subjects
from integration.delivery.plan import Rule
from integration.week import series as use
from integration.week.occurrences import let_it_go, post_it
from integration.week.queues import series
from web import forms, inputs
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("series", __name__)


@blueprint.get("/series/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Ask for its name, its classes and its first collections."""
    school_id = visitor().school_id
    usable = [card for card in courses(desk(), school_id) if not card.excluded]
    return render_template(
        "series/new.html", collections=shelf.collections(desk(), school_id), weekdays=list(enumerate(use.WEEKDAYS)),
        all_grades=[code for code in GRADES if any(code in card.grades for card in usable)],
        all_subjects=[one for one in subjects() if any(one.code == card.subject for card in usable)])


@blueprint.post("/series")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def begin() -> ResponseReturnValue:
    """Begin it; its first post is the next that falls due."""
    known, typed = visitor(), request.form
    rule = Rule(grades=inputs.several(typed, "grades"), subjects=inputs.several(typed, "subjects"))
    asked = use.NewSeries(typed.get("name", ""), rule, inputs.several(typed, "collection_ids"), typed.get("as", "material"),
                          typed.get("topic", ""), inputs.number(typed, "weekday") or 0)
    return redirect(f"/series/{use.begin_series(desk(), known.school_id, known.account_id, asked)}", 303)


@blueprint.get("/series/<series_id>")
@open_to(Who.LIBRARIAN)
def show(series_id: str) -> ResponseReturnValue:
    """Show its queue, and what went out when."""
    school_id = visitor().school_id
    return render_template("series/show.html", series=series(desk(), school_id, series_id), weekdays=use.WEEKDAYS,
                           collections=shelf.collections(desk(), school_id))


@blueprint.post("/series/<series_id>/queue")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def queue(series_id: str) -> ResponseReturnValue:
    """Put a collection at the end of the queue."""
    use.add_to_series(desk(), visitor().school_id, series_id, inputs.several(request.form, "collection_ids"))
    return redirect(f"/series/{series_id}", 303)


@blueprint.post("/series/<series_id>/queue/<item_id>/remove")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def take(series_id: str, item_id: str) -> ResponseReturnValue:
    """Take a collection out of the queue."""
    use.take_from_series(desk(), visitor().school_id, series_id, item_id)
    return redirect(f"/series/{series_id}", 303)


@blueprint.post("/series/<series_id>/stop")
@open_to(Who.LIBRARIAN)
def stop(series_id: str) -> ResponseReturnValue:
    """Let nothing more of it go out."""
    known = visitor()
    use.stop_series(desk(), known.school_id, series_id, account_id=known.account_id)
    flash("Stopped. What stands in the classes stays.", "good")
    return redirect(f"/series/{series_id}", 303)


@blueprint.post("/occurrences/<occurrence_id>/post")
@open_to(Who.LIBRARIAN)
def post(occurrence_id: str) -> ResponseReturnValue:
    """Post after all what asked."""
    known = visitor()
    return redirect(f"/plans/{post_it(desk(), known.school_id, occurrence_id, account_id=known.account_id)}", 303)


@blueprint.post("/occurrences/<occurrence_id>/skip")
@open_to(Who.LIBRARIAN)
def skip(occurrence_id: str) -> ResponseReturnValue:
    """Do not post what asked."""
    let_it_go(desk(), visitor().school_id, occurrence_id)
    flash("Not posted. Its collection waits for the next week.", "good")
    return redirect("/weeks", 303)
