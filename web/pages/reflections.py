"""Her reflection journal, for herself alone."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts.schools import school
from integration.partnerships.journal import as_text, journal, reflect, tear_out
from web import forms
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("reflections", __name__)


@blueprint.get("/reflections")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the seven questions, each with what she answered before, and one to answer: hers, or that not answered for longest."""
    known = visitor()
    pages = journal(desk(), known.account_id)
    longest_ago = min(pages, key=lambda page: page.answers[0].on if page.answers else date.min)
    asked = next((page for page in pages if page.key == request.values.get("question")), longest_ago)
    return render_template("reflections/index.html", pages=pages, asked=asked,
                           today=school(desk(), known.school_id).today(desk().now()))


@blueprint.post("/reflections")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def write() -> ResponseReturnValue:
    """Write down today's answer to one question."""
    known, question = visitor(), request.form.get("question", "")
    reflect(desk(), known.school_id, known.account_id, question, request.form.get("words", ""))
    flash("Written down, for you alone.", "good")
    return redirect(f"/reflections#{question}", 303)


@blueprint.post("/reflections/<answer_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(answer_id: str) -> ResponseReturnValue:
    """Tear an answer out."""
    tear_out(desk(), visitor().account_id, answer_id)
    flash("Torn out for good.", "good")
    return redirect("/reflections", 303)


@blueprint.get("/reflections/journal.txt")
@open_to(Who.LIBRARIAN)
def take() -> ResponseReturnValue:
    """Hand her the journal as text."""
    return Response(as_text(desk(), visitor().account_id), content_type="text/plain; charset=utf-8",
                    headers={"Content-Disposition": 'attachment; filename="journal.txt"'})
