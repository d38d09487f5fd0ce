"""The school's curriculum map: bring it as a sheet, and see which units are taught when, and to which classes."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.errors import Invalid
from integration.partnerships.spreadsheet import read_sheet
from integration.workshops.bring_map import BroughtMap, bring_map
from integration.workshops.map_line import FIELDS
from integration.workshops.windows import remove_window, with_classes
from web import forms
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("curriculum", __name__)

BAD_SHOWN = 100


@blueprint.get("/curriculum")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the units to come, and the form for a map."""
    return _page(None)


@blueprint.post("/curriculum")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def bring() -> ResponseReturnValue:
    """Bring a map; lines that cannot be read are named, all others are brought."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(fields={"file": "Choose the file with your map."})
    brought = bring_map(desk(), visitor().school_id, read_sheet(file.read()))
    if brought.bad:
        return _page(brought)
    flash(f"{brought.new:,} units are new, {brought.moved:,} were changed, {brought.known:,} were here as they are.", "good")
    return redirect("/curriculum", 303)


@blueprint.post("/curriculum/<window_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(window_id: str) -> ResponseReturnValue:
    """Take a unit off the map."""
    remove_window(desk(), visitor().school_id, window_id)
    flash("The unit is off the map. What was made for it stays.", "good")
    return redirect("/curriculum", 303)


def _page(brought: BroughtMap | None) -> str:
    return render_template("curriculum/index.html", units=with_classes(desk(), visitor().school_id), brought=brought,
                           headings=list(FIELDS), bad_shown=BAD_SHOWN)
