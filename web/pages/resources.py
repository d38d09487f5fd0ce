"""What is worth putting in front of a class: links, Drive files, videos, books on the shelf, notes."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import GRADES
from integration.curation import shelf
from integration.curation.codes import subjects
from integration.curation.models import ResourceKind
from integration.curation.resources import NewResource, add_resource, change_resource, remove_resource
from web import forms, inputs, lists
from web.gate import Who, desk, open_to, visitor
from web.pages.collections import with_another

blueprint = Blueprint("resources", __name__)

TYPED = ("title", "url", "drive_id", "isbn", "text", "description")


@blueprint.get("/resources")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show everything on her shelf, newest first."""
    found = shelf.resources(desk(), visitor().school_id, after=lists.after(), at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("resources/index.html", resources=shown, next=following, kinds=list(ResourceKind))


@blueprint.get("/resources/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Ask what kind it is, then for what that kind needs."""
    return render_template("resources/new.html", kind=_kind(), kinds=list(ResourceKind), **_choices(), **_collection())


@blueprint.post("/resources")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def add() -> ResponseReturnValue:
    """Put it on the shelf and, when she came from a collection, at the end of that."""
    school_id, collection_id = visitor().school_id, request.form.get("collection", "")
    if collection_id:
        shelf.collection(desk(), school_id, collection_id)
    resource_id = add_resource(desk(), school_id, _typed())
    if collection_id:
        with_another(school_id, collection_id, resource_id)
    flash("Added.", "good")
    return redirect(f"/collections/{collection_id}#resources" if collection_id else "/resources", 303)


@blueprint.get("/resources/<resource_id>")
@open_to(Who.LIBRARIAN)
def show(resource_id: str) -> ResponseReturnValue:
    """Show it, ready to be changed."""
    card = shelf.resource(desk(), visitor().school_id, resource_id)
    return render_template("resources/show.html", card=card, kind=card.kind.value, **_choices())


@blueprint.post("/resources/<resource_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def change(resource_id: str) -> ResponseReturnValue:
    """Save what she changed."""
    change_resource(desk(), visitor().school_id, resource_id, _typed())
    flash("Saved. Posts that stand in classes already keep what they had.", "good")
    return redirect(f"/resources/{resource_id}", 303)


@blueprint.post("/resources/<resource_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(resource_id: str) -> ResponseReturnValue:
    """Take it off the shelf and out of the collections."""
    remove_resource(desk(), visitor().school_id, resource_id)
    flash("Removed from your shelf and from your collections. Posts that stand in classes keep it.", "good")
    return redirect("/resources", 303)


def _kind() -> str:
    said = request.form.get("kind") or request.args.get("kind", "")
    return said if said in list(ResourceKind) else ""


def _typed() -> NewResource:
    said = {name: request.form.get(name, "") for name in TYPED}
    return NewResource(kind=request.form.get("kind", ""), grades=inputs.several(request.form, "grades"),
                       subjects=inputs.several(request.form, "subjects"), codes=inputs.several(request.form, "codes"), **said)


def _choices() -> dict[str, object]:
    return {"all_grades": GRADES, "all_subjects": subjects()}


def _collection() -> dict[str, object]:
    collection_id = request.form.get("collection") or request.args.get("collection", "")
    return {"collection": shelf.collection(desk(), visitor().school_id, collection_id) if collection_id else None}
