"""Letters to teachers: she looks at each before it goes, or lets a kind of them go by itself."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.letters import shelf
from integration.letters.models import Kind
from integration.letters.release import lay_aside, let_go_unseen, send_it, sent_by_hand
from integration.week.seasons import draft_letter
from web import forms, lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("letters", __name__)

KINDS = {
    Kind.BRIEF: "The Monday brief, to you alone", Kind.QUESTION: "Questions to teachers, once a week at most for each",
    Kind.REMINDER: "One reminder, after three days",
    Kind.CHOSEN: "To a teacher: what was chosen for good with her link, and how to take it back",
}
"""The kinds that may go by themselves, and what they are. All others go only after her look."""

DRAFTS = {
    Kind.NEWSLETTER: "Newsletter of last month", Kind.AUGUST: "August: what we can do together this year",
    Kind.JANUARY: "January: what we did in fall, what we can do in spring",
}
"""The letters to all teachers that she can have written at any time, and what they are."""


@blueprint.get("/letters")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the letters, newest first."""
    known = visitor()
    shown, following = lists.page(shelf.letters(desk(), known.school_id, after=lists.after(), at_most=lists.ONE_MORE))
    return render_template("letters/index.html", letters=shown, next=following, kinds=KINDS, drafts=DRAFTS,
                           way=shelf.way_of(desk(), known.account_id), habits=shelf.habits(desk(), known.account_id))


@blueprint.post("/letters/habits")
@open_to(Who.LIBRARIAN)
def habits() -> ResponseReturnValue:
    """Let some kinds of letters go by themselves from now on."""
    known = visitor()
    chosen = frozenset(kind for kind in KINDS if kind in request.form.getlist("kinds"))
    let_go_unseen(desk(), known.school_id, known.account_id, chosen)
    flash("Saved.", "good")
    return redirect("/letters", 303)


@blueprint.post("/letters")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def draft() -> ResponseReturnValue:
    """Write a menu or the newsletter now, for her to look at."""
    known = visitor()
    letter_id = draft_letter(desk(), known.school_id, known.account_id, request.form.get("kind", ""))
    return redirect(f"/letters/{letter_id}", 303)


@blueprint.get("/letters/<letter_id>")
@open_to(Who.LIBRARIAN)
def show(letter_id: str) -> ResponseReturnValue:
    """Show one letter as it will look."""
    card, dressed = shelf.letter(desk(), visitor().school_id, letter_id)
    return render_template("letters/show.html", card=card, dressed=dressed, way=shelf.way_of(desk(), card.account_id))


@blueprint.post("/letters/<letter_id>/send")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def send(letter_id: str) -> ResponseReturnValue:
    """Send it."""
    send_it(desk(), visitor().school_id, letter_id, to_address=request.form.get("to_address", ""))
    flash("It is on its way.", "good")
    return redirect("/letters", 303)


@blueprint.post("/letters/<letter_id>/by-hand")
@open_to(Who.LIBRARIAN)
def by_hand(letter_id: str) -> ResponseReturnValue:
    """Write down that she sent it from her own mail."""
    sent_by_hand(desk(), visitor().school_id, letter_id)
    flash("Written down as sent. Its link works for seven days from now.", "good")
    return redirect("/letters", 303)


@blueprint.post("/letters/<letter_id>/aside")
@open_to(Who.LIBRARIAN)
def aside(letter_id: str) -> ResponseReturnValue:
    """Lay it aside."""
    lay_aside(desk(), visitor().school_id, letter_id)
    flash("Laid aside. What it asks about still waits.", "good")
    return redirect("/letters", 303)
