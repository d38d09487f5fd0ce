"""Collections: resources in an order, for some grades and subjects."""

from datetime import datetime

from flask import Response
from pydantic import Field

from integration.curation.collect import NewCollection, change_collection, collect, remove_collection
from integration.curation.shelf import CollectionCard, collection, collections
from web.api.room import listed, room
from web.api.shapes import Body, ById, Page, Text, changed, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("collections", "Resources gathered in an order.")

Texts = list[Text]


class CollectionChange(Body):
    """A collection, or the part of it that changes."""

    title: Text = ""
    description: Text = ""
    template: Text = ""
    resource_ids: Texts = Field(default_factory=list, description="In the order in which a class shall see them.")
    grades: Texts = Field(default_factory=list)
    subjects: Texts = Field(default_factory=list)
    codes: Texts = Field(default_factory=list)


class CollectionBody(CollectionChange):
    """A new collection."""

    title: Text


class CollectionShape(ById):
    """A collection."""

    title: str
    description: str
    template: str
    resource_ids: list[str]
    grades: list[str]
    subjects: list[str]
    codes: list[str]
    updated_at: datetime


@blueprint.post("/collections", responses={201: CollectionShape})
@open_to(Who.LIBRARIAN)
def add(body: CollectionBody) -> Response:
    """Gather resources into a collection."""
    id = collect(desk(), visitor().school_id, NewCollection(**body.model_dump()))
    return one(_shape(collection(desk(), visitor().school_id, id)), 201, path=f"/collections/{id}")


@blueprint.get("/collections", responses={200: listed(CollectionShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the collections, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: collections(desk(), school_id, after=after, at_most=most), _shape)


@blueprint.get("/collections/<id>", responses={200: CollectionShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one collection."""
    return one(_shape(collection(desk(), visitor().school_id, path.id)))


@blueprint.patch("/collections/<id>", responses={200: CollectionShape})
@open_to(Who.LIBRARIAN)
def change(path: ById, body: CollectionChange) -> Response:
    """Change what was sent; the rest stays. What stands in classes keeps what it has."""
    school_id = visitor().school_id
    card = _shape(collection(desk(), school_id, path.id))
    change_collection(desk(), school_id, path.id, NewCollection(**changed(card, body)))
    return one(_shape(collection(desk(), school_id, path.id)))


@blueprint.delete("/collections/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Put a collection away; its plans and what stands in classes stay as they are."""
    remove_collection(desk(), visitor().school_id, path.id)
    return Response(status=204)


def _shape(card: CollectionCard) -> CollectionShape:
    return CollectionShape(
        id=card.id, title=card.title, description=card.description, template=card.template,
        resource_ids=[each.id for each in card.resources], grades=list(card.grades), subjects=list(card.subjects),
        codes=list(card.codes), updated_at=card.updated_at)
