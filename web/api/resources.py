"""Resources: what is worth putting in front of a class."""

from datetime import datetime
from typing import Literal

from flask import Response
from pydantic import Field

from integration.curation.resources import NewResource, add_resource, change_resource, remove_resource
from integration.curation.shelf import ResourceCard, resource, resources
from web.api.room import listed, room
from web.api.shapes import Body, ById, Page, Text, changed, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("resources", "Links, Drive files, videos, books on the shelf, notes.")

Kind = Literal["link", "drive", "youtube", "book", "note"]
Texts = list[Text]


class ResourceChange(Body):
    """A resource, or the part of it that changes."""

    title: Text = ""
    kind: Kind = "link"
    url: Text = ""
    drive_id: Text = ""
    isbn: Text = ""
    text: Text = ""
    description: Text = ""
    grades: Texts = Field(default_factory=list)
    subjects: Texts = Field(default_factory=list)
    codes: Texts = Field(default_factory=list)


class ResourceBody(ResourceChange):
    """A new resource."""

    title: Text
    kind: Kind


class ResourceShape(ById):
    """A resource; only what its kind needs is filled."""

    title: str
    kind: str
    url: str
    drive_id: str
    isbn: str
    text: str
    description: str
    grades: list[str]
    subjects: list[str]
    codes: list[str]
    updated_at: datetime


@blueprint.post("/resources", responses={201: ResourceShape})
@open_to(Who.LIBRARIAN)
def add(body: ResourceBody) -> Response:
    """Put a resource on the shelf."""
    id = add_resource(desk(), visitor().school_id, NewResource(**body.model_dump()))
    return one(_shape(resource(desk(), visitor().school_id, id)), 201, path=f"/resources/{id}")


@blueprint.get("/resources", responses={200: listed(ResourceShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the resources, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: resources(desk(), school_id, after=after, at_most=most), _shape)


@blueprint.get("/resources/<id>", responses={200: ResourceShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one resource."""
    return one(_shape(resource(desk(), visitor().school_id, path.id)))


@blueprint.patch("/resources/<id>", responses={200: ResourceShape})
@open_to(Who.LIBRARIAN)
def change(path: ById, body: ResourceChange) -> Response:
    """Change what was sent; the rest stays. What stands in classes keeps what it has."""
    school_id = visitor().school_id
    card = resource(desk(), school_id, path.id)
    change_resource(desk(), school_id, path.id, NewResource(**changed(card, body)))
    return one(_shape(resource(desk(), school_id, path.id)))


@blueprint.delete("/resources/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Take a resource off the shelf and out of every collection; posts that stand keep it."""
    remove_resource(desk(), visitor().school_id, path.id)
    return Response(status=204)


def _shape(card: ResourceCard) -> ResourceShape:
    return ResourceShape(
        id=card.id, title=card.title, kind=card.kind, url=card.url, drive_id=card.drive_id, isbn=card.isbn, text=card.text,
        description=card.description, grades=list(card.grades), subjects=list(card.subjects), codes=list(card.codes),
        updated_at=card.updated_at)
