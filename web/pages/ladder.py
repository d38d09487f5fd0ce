"""The citation ladder: what each grade must give, and which style each subject cites in."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.citations.ladder import GRADES, PARTS, STANDARD
from integration.citations.styles import Style
from integration.curation.codes import SUBJECT_LABELS
from integration.workshops.ladders import change_ladder, ladder, take_standard_ladder
from web import forms
from web.gate import Who, desk, open_to, visitor
from web.pages.kits import STYLES

blueprint = Blueprint("ladder", __name__)


@blueprint.get("/ladder")
@open_to(Who.LIBRARIAN)
def show() -> ResponseReturnValue:
    """Show the school's ladder, to be changed."""
    known = ladder(desk(), visitor().school_id)
    return render_template("ladder/edit.html", ladder=known, is_standard=known == STANDARD, all_grades=GRADES, parts=PARTS,
                           styles=STYLES, subjects=SUBJECT_LABELS)


@blueprint.post("/ladder")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def change() -> ResponseReturnValue:
    """Keep the school's own ladder."""
    change_ladder(desk(), visitor().school_id, _said(request.form))
    flash("Kept. Kits made from now on use it; kits that are made stay as they are.")
    return redirect("/ladder", 303)


@blueprint.post("/ladder/standard")
@open_to(Who.LIBRARIAN)
def standard() -> ResponseReturnValue:
    """Go back to the standard ladder."""
    take_standard_ladder(desk(), visitor().school_id)
    flash("The standard ladder is used again.")
    return redirect("/ladder", 303)


def _said(form: Mapping[str, str]) -> dict[str, Any]:
    rungs = {grade: {"parts": [part.strip() for part in form[f"rungs.{grade}"].split(",") if part.strip()],
                     "last_name_first": form.get(f"last.{grade}") == "yes", "says": form.get(f"says.{grade}", "")}
             for grade in GRADES if form.get(f"rungs.{grade}", "").strip()}
    subjects = {subject: form[f"subjects.{subject}"] for subject in SUBJECT_LABELS if form.get(f"subjects.{subject}")}
    return {"rungs": rungs, "style": form.get("style", Style.MLA.value), "subjects": subjects,
            "subjects_from": form.get("subjects_from", "")}
