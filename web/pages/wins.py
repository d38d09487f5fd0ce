"""Quick wins: pick one, and its collection, its proposal and its line in the log are prepared."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from integration.curation.wins import occasions, prepare, quick_win, quick_wins
from integration.partnerships.shelf import partnerships
from web import forms, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("wins", __name__)


@blueprint.get("/quick-wins")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the quick wins, and the occasions that come."""
    today = words.today()
    return render_template("wins/index.html", wins=quick_wins(), occasions=occasions(today), today=today)


@blueprint.get("/quick-wins/<key>")
@open_to(Who.LIBRARIAN)
def show(key: str) -> ResponseReturnValue:
    """Show one with its proposal, ready to be copied, and where to go on."""
    return render_template("wins/show.html", win=quick_win(key), partnerships=partnerships(desk(), visitor().school_id))


@blueprint.post("/quick-wins/<key>/prepare")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def begin(key: str) -> ResponseReturnValue:
    """Begin its collection."""
    collection_id = prepare(desk(), visitor().school_id, key)
    flash("The collection is begun, with its subjects and standards. Add what the class should open.", "good")
    return redirect(f"/collections/{collection_id}", 303)
