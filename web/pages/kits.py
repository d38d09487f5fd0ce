"""Citation workshop kits: made of her sources, printed, planned in parts, and what each class could do."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.citations.styles import Style
from integration.courses.shelf import GRADES
from integration.curation import shelf as curation
from integration.reach.skills import skill_grid
from integration.week.dose_days import fits
from integration.workshops.documents import documents, look_for_documents
from integration.workshops.give import Given, give, given, make_as_documents
from integration.workshops.links import handout_address, practice_address
from integration.workshops.make import MINUTES, NewKit, make_kit, remove_kit
from integration.workshops.models import Dose
from integration.workshops.paper import print_sheets
from integration.workshops.practice import paper_of
from integration.workshops.questions import FAULTS
from integration.workshops.results import results
from integration.workshops.sheets import named, sheets
from integration.workshops.shelf import kit, kits, sources
from integration.workshops.skills import NAMES as SKILLS
from web import forms, inputs, lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("kits", __name__)
WAYS = [(Given.PAGE, "The handout page, as it is now"), (Given.DOCUMENTS, "The Google Docs instead of it"), (Given.BOTH, "Both")]

STYLES = {Style.MLA: "MLA 9", Style.APA: "APA 7", Style.CHICAGO_BIB: "Chicago 18, bibliography",
          Style.CHICAGO_NOTE: "Chicago 18, notes"}


@blueprint.get("/kits")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show her kits, newest first."""
    shown, following = lists.page(kits(desk(), visitor().school_id, after=lists.after(), at_most=lists.ONE_MORE))
    return render_template("kits/index.html", kits=shown, next=following, styles=STYLES)


@blueprint.get("/kits/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Ask for a grade and the unit's sources."""
    school_id = visitor().school_id
    return render_template("kits/new.html", sources=sources(desk(), school_id), collections=curation.collections(desk(), school_id),
                           all_grades=GRADES, styles=STYLES, doses=list(Dose), minutes=MINUTES, asked=request.args)


@blueprint.get("/kits/coverage")
@open_to(Who.LIBRARIAN)
def coverage() -> ResponseReturnValue:
    """Show what each class was taught of citing, its gaps, and what comes next for it."""
    grid = skill_grid(desk(), visitor().school_id, inputs.number(request.args, "year"))
    start = max(inputs.number(request.args, "start") or 0, 0)
    following = lists.here_but(start=str(start + lists.A_PAGE)) if len(grid.classes) > start + lists.A_PAGE else ""
    return render_template("kits/coverage.html", grid=grid, shown=grid.classes[start:start + lists.A_PAGE], next=following,
                           names=SKILLS)


@blueprint.post("/kits")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def make() -> ResponseReturnValue:
    """Make it."""
    said = request.form
    of_sources = inputs.several(said, "source_ids")
    id = make_kit(desk(), visitor().school_id, NewKit(
        grade=said.get("grade", ""), style=said.get("style", ""), source_ids=of_sources,
        collection_id="" if of_sources else said.get("collection", ""), doses=inputs.several(said, "doses"),
        minutes=inputs.number(said, "minutes") or 0, title=said.get("title", "")))
    return redirect(f"/kits/{id}", 303)


@blueprint.get("/kits/<kit_id>")
@open_to(Who.LIBRARIAN)
def show(kit_id: str) -> ResponseReturnValue:
    """Show its citations, its sheets, its parts to plan, and what each class could do."""
    card = kit(desk(), visitor().school_id, kit_id)
    paper = paper_of(card)
    settings = desk().settings
    return render_template(
        "kits/show.html", card=card, paper=paper, sheets=sheets(card, paper), styles=STYLES, faults=FAULTS, named=named(card),
        results=results(desk(), card.school_id, card.id), handout=handout_address(settings, card.id),
        practice=practice_address(settings, card.id), left_out=len(card.sources) - len(paper.items), fits=fits(desk(), card),
        **_documents(kit_id))


@blueprint.get("/kits/<kit_id>/documents")
@open_to(Who.LIBRARIAN)
def progress(kit_id: str) -> ResponseReturnValue:
    """Show only how far its Google Docs are, for the page that asks every two seconds until they are there."""
    return render_template("kits/documents.html", card=kit(desk(), visitor().school_id, kit_id), **_documents(kit_id))


@blueprint.post("/kits/<kit_id>/documents")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def file_away(kit_id: str) -> ResponseReturnValue:
    """Make it as Google Docs in her Drive."""
    make_as_documents(desk(), visitor().school_id, visitor().account_id, kit_id)
    return redirect(f"/kits/{kit_id}#documents", 303)


@blueprint.post("/kits/<kit_id>/documents/look")
@open_to(Who.LIBRARIAN)
def look(kit_id: str) -> ResponseReturnValue:
    """Have Drive asked whether they are still there."""
    look_for_documents(desk(), visitor().school_id, kit_id)
    return redirect(f"/kits/{kit_id}#documents", 303)


@blueprint.post("/kits/<kit_id>/given")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def choose(kit_id: str) -> ResponseReturnValue:
    """Give its classes the handout page, the Docs, or both."""
    give(desk(), visitor().school_id, visitor().account_id, kit_id, request.form.get("given", ""))
    flash("Saved. It holds for what is planned from now on; what stands in classes changes when you update it there.", "good")
    return redirect(f"/kits/{kit_id}#documents", 303)


def _documents(kit_id: str) -> dict[str, object]:
    who = visitor()
    docs = documents(desk(), who.school_id, who.account_id, kit_id)
    return {"docs": docs, "given": given(desk(), kit(desk(), who.school_id, kit_id), docs.files), "ways": WAYS}


@blueprint.get("/kits/<kit_id>/sheets.pdf")
@open_to(Who.LIBRARIAN)
def printed(kit_id: str) -> ResponseReturnValue:
    """Give everything to print, the answer key too."""
    card = kit(desk(), visitor().school_id, kit_id)
    return Response(print_sheets(card, sheets(card, paper_of(card))), mimetype="application/pdf")


@blueprint.post("/kits/<kit_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(kit_id: str) -> ResponseReturnValue:
    """Put it away."""
    remove_kit(desk(), visitor().school_id, kit_id)
    flash("The kit is put away and its pages open no longer. What stands in classes stays until you take it back.", "good")
    return redirect("/kits", 303)
