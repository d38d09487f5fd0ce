"""The talking points: a guideline, our own number, and an ask, to read, to print and as PDF."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.reports.forms import File
from integration.reports.points import FOOT, guidelines, points, points_pdf, say_asks, title
from integration.reports.report import report
from web import forms
from web.files import sent
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("points", __name__)


@blueprint.get("/reports/<said>/points")
@open_to(Who.LIBRARIAN)
def show(said: str) -> ResponseReturnValue:
    """Show the sheet, and below it what she may change."""
    of = report(desk(), visitor().school_id, said)
    found = points(desk(), of)
    return render_template("points/show.html", report=of, said=said, title=title(of), lists=f"/reports/{said}/list/", foot=FOOT,
                           on=[each for each in found if each.is_on_the_sheet], all=found)


@blueprint.get("/reports/<said>/points.pdf")
@open_to(Who.LIBRARIAN)
def pdf(said: str) -> ResponseReturnValue:
    """The sheet on paper."""
    made = points_pdf(desk(), report(desk(), visitor().school_id, said))
    return sent(File(f"talking-points-{said}.pdf", "application/pdf", made))


@blueprint.post("/reports/<said>/points")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def say(said: str) -> ResponseReturnValue:
    """Say what she asks for under each guideline, and which are left out."""
    asks = {each.key: request.form.get(f"ask-{each.key}", "") for each in guidelines()}
    kept = set(request.form.getlist("keep"))
    say_asks(desk(), visitor().school_id, asks, left_out=frozenset(asks.keys() - kept))
    flash("Saved. The sheet and its PDF say it so, for every period.", "good")
    return redirect(f"/reports/{said}/points", 303)
