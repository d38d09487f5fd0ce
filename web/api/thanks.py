"""Thank a teacher for an entry of the log, and whether she may be named for it."""

from datetime import datetime

from flask import Response
from pydantic import BaseModel, Field

from integration.errors import NotFound
from integration.partnerships.shelf import entry
from integration.partnerships.shout_outs import shout_out, unsay
from integration.partnerships.thank import thank
from web.api.room import room
from web.api.shapes import ById, one
from web.gate import Who, desk, open_to, visitor

blueprint = room("thanks", "Thank-yous, and whether a teacher may be named before her colleagues.")


class LetterShape(BaseModel):
    """The letter that waits to be looked at."""

    letter_id: str


class ShoutOutShape(BaseModel):
    """The sentence that names her: `state` is open, agreed or declined, and only she can agree."""

    words: str
    state: str
    answered_at: datetime | None = Field(description="Null while it is open.")


@blueprint.post("/entries/<id>/thanks", responses={201: LetterShape})
@open_to(Who.LIBRARIAN)
def write(path: ById) -> Response:
    """Write the thank-you for an entry, which asks her; it waits to be looked at."""
    known = visitor()
    return one(LetterShape(letter_id=thank(desk(), known.school_id, known.account_id, path.id)), 201,
               path=f"/entries/{path.id}/thanks")


@blueprint.get("/entries/<id>/thanks", responses={200: ShoutOutShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show the sentence she was asked about, and her answer."""
    entry(desk(), visitor().school_id, path.id)
    if (card := shout_out(desk(), visitor().school_id, path.id)) is None:
        raise NotFound("She was not asked whether she may be named for this. Write a thank-you first.")
    return one(ShoutOutShape(words=card.words, state=card.state, answered_at=card.answered_at))


@blueprint.delete("/entries/<id>/thanks", responses={204: None})
@open_to(Who.LIBRARIAN)
def take_back(path: ById) -> Response:
    """Write down that she does not want to be named."""
    unsay(desk(), visitor().school_id, visitor().account_id, path.id)
    return Response(status=204)
