"""Sources: what a unit cites, as CSL-JSON."""

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from integration.workshops.look_up import look_up
from integration.workshops.shelf import SourceCard, source, sources
from integration.workshops.sources import add_sources, change_source, remove_source
from web.api.room import listed, room
from web.api.shapes import Body, ById, Page, Text, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("sources", "What a unit cites.")


class SourceBody(Body):
    """A source as an item of CSL-JSON."""

    csl: dict[str, Any] = Field(description="https://docs.citationstyles.org/en/stable/specification.html")


class SourceShape(ById):
    """A source."""

    title: str
    csl: dict[str, Any]
    resource_id: str | None
    updated_at: datetime


class LookUpBody(Body):
    """What is known of a source before it is looked up."""

    what: Text = Field(max_length=2024, description="An ISBN, a DOI or the address of a page")


class LookedUpShape(BaseModel):
    """A source to correct and then to keep with POST /sources; nothing is kept yet."""

    csl: dict[str, Any]
    is_found: bool
    sentences: list[str] = Field(description="Where it was found, what is missing, what to look at twice")


@blueprint.post("/sources/look-up", responses={200: LookedUpShape})
@open_to(Who.LIBRARIAN)
def find(body: LookUpBody) -> Response:
    """Look up what is known outside of an ISBN, a DOI or a page."""
    looked = look_up(desk(), body.what)
    return one(LookedUpShape(csl=dict(looked.item), is_found=looked.is_found, sentences=list(looked.sentences)))


@blueprint.post("/sources", responses={201: SourceShape})
@open_to(Who.LIBRARIAN)
def add(body: SourceBody) -> Response:
    """Keep a source."""
    id = add_sources(desk(), visitor().school_id, [body.csl])[0]
    return one(_shape(source(desk(), visitor().school_id, id)), 201, path=f"/sources/{id}")


@blueprint.get("/sources", responses={200: listed(SourceShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the sources, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: sources(desk(), school_id, after=after, at_most=most), _shape)


@blueprint.get("/sources/<id>", responses={200: SourceShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one source."""
    return one(_shape(source(desk(), visitor().school_id, path.id)))


@blueprint.patch("/sources/<id>", responses={200: SourceShape})
@open_to(Who.LIBRARIAN)
def change(path: ById, body: SourceBody) -> Response:
    """Replace what a source says. Kits made before keep what they had."""
    change_source(desk(), visitor().school_id, path.id, body.csl)
    return one(_shape(source(desk(), visitor().school_id, path.id)))


@blueprint.delete("/sources/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Put a source away; kits made of it keep it."""
    remove_source(desk(), visitor().school_id, path.id)
    return Response(status=204)


def _shape(card: SourceCard) -> SourceShape:
    return SourceShape(id=card.id, title=card.title, csl=dict(card.csl), resource_id=card.resource_id, updated_at=card.updated_at)
