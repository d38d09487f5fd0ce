"""Quick wins: small things to offer a colleague, and the occasions they fit."""

import datetime as dt

from flask import Response
from pydantic import BaseModel

from integration.curation.wins import QuickWin, occasions, prepare, quick_wins
from web import words
from web.api.room import listed, room
from web.api.shapes import Text, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("quick-wins", "Small things to offer a colleague, and the occasions they fit.")


class WinKey(BaseModel):
    """One quick win by its key."""

    key: Text


class WinShape(BaseModel):
    """One thing to offer; a retired one has a notice and cannot be prepared."""

    key: str
    name: str
    idea: str
    partner: str
    subjects: list[str]
    minutes: int
    codes: list[str]
    when: str
    proposal: str
    notice: str


class OccasionShape(BaseModel):
    """A day that comes; `is_to_be_proposed` from three weeks before."""

    name: str
    on: dt.date
    win: str
    is_to_be_proposed: bool


class PreparedShape(BaseModel):
    """The collection that was begun."""

    collection_id: str


@blueprint.get("/quick-wins", responses={200: listed(WinShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the quick wins."""
    return whole([_shape(win) for win in quick_wins()])


@blueprint.get("/occasions", responses={200: listed(OccasionShape)})
@open_to(Who.LIBRARIAN)
def index_occasions() -> Response:
    """List the occasions of the coming twelve months."""
    today = words.today()
    return whole([OccasionShape(name=each.name, on=each.on, win=each.win, is_to_be_proposed=each.is_to_be_proposed(today))
                  for each in occasions(today)])


@blueprint.post("/quick-wins/<key>/prepare", responses={201: PreparedShape})
@open_to(Who.LIBRARIAN)
def begin(path: WinKey) -> Response:
    """Begin the collection of a quick win."""
    id = prepare(desk(), visitor().school_id, path.key)
    return one(PreparedShape(collection_id=id), 201, path=f"/collections/{id}")


def _shape(win: QuickWin) -> WinShape:
    return WinShape(key=win.key, name=win.name, idea=win.idea, partner=win.partner, subjects=list(win.subjects),
                    minutes=win.minutes, codes=list(win.codes), when=win.when, proposal=win.proposal, notice=win.notice)
