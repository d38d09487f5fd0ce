"""What the library teaches the staff: series, sessions, and how many came."""

from dataclasses import asdict
from datetime import date

from flask import Response
from pydantic import Field

from integration.learning.series import NewSeries, SeriesCard, all_series, begin_series, change_series, one_series, remove_series
from integration.learning.sessions import (
    NewSession,
    SessionCard,
    add_session,
    change_session,
    remove_session,
    sessions_of,
    staff_session,
)
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Text, changed, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("pd", "What the library teaches the staff. It is counted under PD, never as reach.")
CAME = "How many of the staff came, a number and no names; null until it was held."


class SeriesBody(Body):
    """A series of sessions for the staff."""

    title: Text
    about: Text = ""


class SeriesChange(Body):
    """The part of a series that changes."""

    title: Text = ""
    about: Text = ""


class SeriesShape(ById):
    """A series; `held` of its `sessions` have an attendance."""

    title: str
    about: str
    sessions: int
    held: int


class SessionBody(Body):
    """A session of a series, held or to come."""

    topic: Text
    on: Day
    minutes: int
    audience: Text = ""
    materials: Text = ""
    attendance: int | None = Field(None, description=CAME)


class SessionChange(Body):
    """The part of a session that changes."""

    topic: Text = ""
    on: Day = Field(default=date.min)
    minutes: int = 0
    audience: Text = ""
    materials: Text = ""
    attendance: int | None = Field(None, description=CAME)


class SessionShape(ById):
    """A session for the staff."""

    series_id: str
    topic: str
    on: date
    minutes: int
    audience: str
    materials: str
    attendance: int | None = Field(description=CAME)


@blueprint.get("/pd-series", responses={200: listed(SeriesShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the series, newest first."""
    return whole([_series(card) for card in all_series(desk(), visitor().school_id)])


@blueprint.post("/pd-series", responses={201: SeriesShape})
@open_to(Who.LIBRARIAN)
def begin(body: SeriesBody) -> Response:
    """Begin a series."""
    id = begin_series(desk(), visitor().school_id, NewSeries(**body.model_dump()))
    return one(_series(one_series(desk(), visitor().school_id, id)), 201, path=f"/pd-series/{id}")


@blueprint.get("/pd-series/<id>", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one series."""
    return one(_series(one_series(desk(), visitor().school_id, path.id)))


@blueprint.patch("/pd-series/<id>", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def change(path: ById, body: SeriesChange) -> Response:
    """Call it something else."""
    now = one_series(desk(), visitor().school_id, path.id)
    change_series(desk(), visitor().school_id, path.id, NewSeries(**changed(now, body)))
    return one(_series(one_series(desk(), visitor().school_id, path.id)))


@blueprint.delete("/pd-series/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Take an empty series away."""
    remove_series(desk(), visitor().school_id, path.id)
    return Response(status=204)


@blueprint.get("/pd-series/<id>/sessions", responses={200: listed(SessionShape)})
@open_to(Who.LIBRARIAN)
def index_sessions(path: ById) -> Response:
    """List the sessions of a series, the latest day first."""
    return whole([_session(card) for card in sessions_of(desk(), visitor().school_id, path.id)])


@blueprint.post("/pd-series/<id>/sessions", responses={201: SessionShape})
@open_to(Who.LIBRARIAN)
def add(path: ById, body: SessionBody) -> Response:
    """Write a session down."""
    id = add_session(desk(), visitor().school_id, path.id, NewSession(**body.model_dump()))
    return one(_session(staff_session(desk(), visitor().school_id, id)), 201, path=f"/pd-sessions/{id}")


@blueprint.get("/pd-sessions/<id>", responses={200: SessionShape})
@open_to(Who.LIBRARIAN)
def show_session(path: ById) -> Response:
    """Show one session."""
    return one(_session(staff_session(desk(), visitor().school_id, path.id)))


@blueprint.patch("/pd-sessions/<id>", responses={200: SessionShape})
@open_to(Who.LIBRARIAN)
def correct(path: ById, body: SessionChange) -> Response:
    """Correct it, or write down how many came."""
    now = staff_session(desk(), visitor().school_id, path.id)
    change_session(desk(), visitor().school_id, path.id, NewSession(**changed(now, body)))
    return one(_session(staff_session(desk(), visitor().school_id, path.id)))


@blueprint.delete("/pd-sessions/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove_one(path: ById) -> Response:
    """Take a session away."""
    remove_session(desk(), visitor().school_id, path.id)
    return Response(status=204)


def _series(card: SeriesCard) -> SeriesShape:
    return SeriesShape(**asdict(card))


def _session(card: SessionCard) -> SessionShape:
    given = asdict(card)
    return SessionShape(**{name: given[name] for name in SessionShape.model_fields})
