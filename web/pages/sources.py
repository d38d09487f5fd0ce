"""Sources: what a unit cites, typed or brought from another tool, always shown for correction."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.citations.styles import NAMES, Style
from integration.errors import Invalid
from integration.workshops.exchange import FORMATS, TAKEN, brought, taken
from integration.workshops.ladder import printed
from integration.workshops.look_up import OFF, look_up
from integration.workshops.shelf import source, sources
from integration.workshops.sources import add_sources, change_source, remove_source
from integration.workshops.typed import KINDS, item_of, typed_of
from web import forms, lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("sources", __name__)

ALL = 10_000


@blueprint.get("/sources")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show her sources, newest first."""
    shown, following = lists.page(sources(desk(), visitor().school_id, after=lists.after(), at_most=lists.ONE_MORE))
    return render_template("sources/index.html", sources=shown, next=following, kinds=KINDS, formats=FORMATS, taken=TAKEN)


@blueprint.get("/sources/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Ask for the parts of one."""
    return _new({})


@blueprint.post("/sources/look-up")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def find() -> ResponseReturnValue:
    """Show what is known outside of an ISBN, a DOI or a page, ready to be corrected; nothing is kept."""
    looked = look_up(desk(), request.form.get("what", ""))
    return _new(looked.typed, looked=looked, what=request.form.get("what", "").strip())


def _new(typed: dict[str, str], **more: object) -> str:
    off = "" if desk().settings.lookups_on else OFF
    return render_template("sources/edit.html", card=None, typed=typed, kinds=KINDS, off=off, **more)


@blueprint.post("/sources")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def add() -> ResponseReturnValue:
    """Keep it and show how it is cited."""
    id = add_sources(desk(), visitor().school_id, [item_of(request.form)])[0]
    return redirect(f"/sources/{id}", 303)


@blueprint.post("/sources/import")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def bring() -> ResponseReturnValue:
    """Keep every source of a file, or none."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(fields={"file": "Choose a file first."})
    try:
        text = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(fields={"file": "This file is not text. Nothing was kept. Export CSL-JSON, RIS or BibTeX, and try again."}
                      ) from error
    ids = add_sources(desk(), visitor().school_id, brought(text))
    flash(f"{len(ids)} sources were kept. Look at each once: what another tool wrote may be wrong.", "good")
    return redirect("/sources", 303)


@blueprint.get("/sources/export.<kind>")
@open_to(Who.LIBRARIAN)
def take(kind: str) -> ResponseReturnValue:
    """Give all sources as a file."""
    form = next((name for name, ending in TAKEN.items() if ending == kind), "csljson")
    text = taken([card.csl for card in sources(desk(), visitor().school_id, at_most=ALL)], form)
    return Response(text, mimetype="text/plain", headers={"Content-Disposition": f'attachment; filename="sources.{TAKEN[form]}"'})


@blueprint.get("/sources/<source_id>")
@open_to(Who.LIBRARIAN)
def show(source_id: str) -> ResponseReturnValue:
    """Show it, ready to be corrected, and how each style cites it."""
    card = source(desk(), visitor().school_id, source_id)
    cited = {f"{NAMES[style]}{' note' if style is Style.CHICAGO_NOTE else ''}": printed([card.csl], None, style)[0]
             for style in Style}
    return render_template("sources/edit.html", card=card, typed=typed_of(card.csl), kinds=KINDS, cited=cited)


@blueprint.post("/sources/<source_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def change(source_id: str) -> ResponseReturnValue:
    """Save what she corrected; what the form does not show stays."""
    card = source(desk(), visitor().school_id, source_id)
    shown = set(item_of({**typed_of(card.csl), "title": card.title, "kind": request.form.get("kind", "")}))
    rest = {field: value for field, value in card.csl.items() if field not in shown}
    change_source(desk(), visitor().school_id, source_id, {**rest, **item_of(request.form)})
    flash("Saved. Kits made before keep what they had.", "good")
    return redirect(f"/sources/{source_id}", 303)


@blueprint.post("/sources/<source_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(source_id: str) -> ResponseReturnValue:
    """Put it away."""
    remove_source(desk(), visitor().school_id, source_id)
    flash("Put away. Kits made of it keep it.", "good")
    return redirect("/sources", 303)
