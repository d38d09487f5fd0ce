"""Collections: resources in her order, with a title and words, ready to be planned for classes."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import GRADES
from integration.curation import shelf
from integration.curation.codes import subjects
from integration.curation.collect import NewCollection, change_collection, collect, remove_collection
from integration.curation.models import ResourceKind
from integration.curation.templates import advice, templates
from integration.delivery.by_hand import collection_by_hand
from web import forms, inputs, lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("collections", __name__)

STEPS = {"up": -1, "down": 1}


@blueprint.get("/collections")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show her collections, newest first."""
    found = shelf.collections(desk(), visitor().school_id, after=lists.after(), at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("collections/index.html", collections=shown, next=following)


@blueprint.get("/collections/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Offer the ways to begin one."""
    return render_template("collections/new.html", templates=templates(), chosen=request.args.get("template", ""), **_choices())


@blueprint.post("/collections")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def make() -> ResponseReturnValue:
    """Make it, empty; its page asks for resources."""
    collection_id = collect(desk(), visitor().school_id, _typed(()))
    return redirect(f"/collections/{collection_id}", 303)


@blueprint.get("/collections/<collection_id>")
@open_to(Who.LIBRARIAN)
def show(collection_id: str) -> ResponseReturnValue:
    """Show what it holds, in order, and what could be better."""
    card = shelf.collection(desk(), visitor().school_id, collection_id)
    there = {one.id for one in card.resources}
    others = [one for one in shelf.resources(desk(), visitor().school_id) if one.id not in there]
    return render_template("collections/show.html", card=card, others=others, kinds=list(ResourceKind), advice=advice(card),
                           by_hand=collection_by_hand(desk(), visitor().school_id, card.id),
                           template=next((each for each in templates() if each.key == card.template), None))


@blueprint.get("/collections/<collection_id>/edit")
@open_to(Who.LIBRARIAN)
def edit(collection_id: str) -> ResponseReturnValue:
    """Show its words, ready to be changed."""
    card = shelf.collection(desk(), visitor().school_id, collection_id)
    return render_template("collections/edit.html", card=card, templates=templates(), **_choices())


@blueprint.post("/collections/<collection_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit)
def change(collection_id: str) -> ResponseReturnValue:
    """Save its words; what it holds stays."""
    card = shelf.collection(desk(), visitor().school_id, collection_id)
    change_collection(desk(), visitor().school_id, collection_id, _typed([one.id for one in card.resources]))
    flash("Saved. Plans made before, and posts that stand in classes, keep what they had.", "good")
    return redirect(f"/collections/{collection_id}", 303)


@blueprint.post("/collections/<collection_id>/resources")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def add(collection_id: str) -> ResponseReturnValue:
    """Put a resource of her shelf at its end."""
    with_another(visitor().school_id, collection_id, request.form.get("resource", ""))
    return redirect(f"/collections/{collection_id}#resources", 303)


@blueprint.post("/collections/<collection_id>/order")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def order(collection_id: str) -> ResponseReturnValue:
    """Move a resource one place up or down, or take it out."""
    card = shelf.collection(desk(), visitor().school_id, collection_id)
    held = moved([one.id for one in card.resources], request.form.get("resource", ""), request.form.get("to", ""))
    change_collection(desk(), visitor().school_id, collection_id, _same(card, held))
    return redirect(f"/collections/{collection_id}#resources", 303)


@blueprint.post("/collections/<collection_id>/remove")
@open_to(Who.LIBRARIAN)
def remove(collection_id: str) -> ResponseReturnValue:
    """Put it away."""
    remove_collection(desk(), visitor().school_id, collection_id)
    flash("The collection is put away. Its plans, and what stands in classes, stay as they are.", "good")
    return redirect("/collections", 303)


def with_another(school_id: str, collection_id: str, resource_id: str) -> None:
    """Put one more resource at the end of a collection; one that is there already stays where it is."""
    card = shelf.collection(desk(), school_id, collection_id)
    held = list(dict.fromkeys([*(one.id for one in card.resources), resource_id]))
    change_collection(desk(), school_id, collection_id, _same(card, held))


def moved(held: Sequence[str], one: str, to: str) -> list[str]:
    """The order after `one` went `up`, `down` or `out`; the same order when it cannot."""
    rest = [each for each in held if each != one]
    if one not in held or to == "out":
        return rest
    place = min(max(held.index(one) + STEPS.get(to, 0), 0), len(rest))
    return [*rest[:place], one, *rest[place:]]


def _same(card: shelf.CollectionCard, held: Sequence[str]) -> NewCollection:
    return NewCollection(title=card.title, description=card.description, template=card.template, resource_ids=held,
                         grades=card.grades, subjects=card.subjects, codes=card.codes)


def _typed(held: Sequence[str]) -> NewCollection:
    said = {name: request.form.get(name, "") for name in ("title", "description", "template")}
    return NewCollection(resource_ids=held, grades=inputs.several(request.form, "grades"),
                         subjects=inputs.several(request.form, "subjects"), codes=inputs.several(request.form, "codes"), **said)


def _choices() -> dict[str, object]:
    return {"all_grades": GRADES, "all_subjects": subjects()}
