"""The citation ladder: what each grade must give, and which style each subject cites in."""

from flask import Response
from pydantic import BaseModel, Field

from integration.citations.ladder import as_data
from integration.workshops.ladders import change_ladder, ladder
from web.api.room import room
from web.api.shapes import Body, Text, one
from web.gate import Who, desk, open_to, visitor

blueprint = room("ladder", "What each grade must give of a source.")


class RungShape(BaseModel):
    """What a grade's own form gives."""

    parts: list[Text] = Field(description="In their order: author, title, container, publisher, year or date, url.")
    last_name_first: bool = False
    says: Text = Field("", description="The whole rule in words, for the handout.")


class LadderBody(Body):
    """The whole ladder; a grade that is left out cites in a whole style."""

    rungs: dict[str, RungShape] = Field(description="By grade: PK TK K 1…12.")
    style: Text = Field(description="What is usual: mla9, apa7, chicago18-bib or chicago18-note.")
    subjects: dict[str, Text] = Field(default_factory=dict, description="Styles of single subjects.")
    subjects_from: Text = Field("9", description="The first grade that cites by subject.")


class LadderShape(BaseModel):
    """The ladder as it is kept."""

    rungs: dict[str, RungShape]
    style: str
    subjects: dict[str, str]
    subjects_from: str


@blueprint.get("/ladder", responses={200: LadderShape})
@open_to(Who.LIBRARIAN)
def show() -> Response:
    """Show the school's ladder, the standard one until it has its own."""
    return one(_shape())


@blueprint.put("/ladder", responses={200: LadderShape})
@open_to(Who.LIBRARIAN)
def put(body: LadderBody) -> Response:
    """Keep the school's own ladder for the kits to come; kits that are made keep theirs."""
    change_ladder(desk(), visitor().school_id, body.model_dump())
    return one(_shape())


def _shape() -> LadderShape:
    return LadderShape.model_validate(as_data(ladder(desk(), visitor().school_id)))
