"""Pauses of a school, a class or a teacher, and the days without school."""

from datetime import date, datetime

from flask import Response
from pydantic import BaseModel

from integration.delivery.halt import NewPause, PauseCard, begin_pause, end_pause, pauses
from integration.delivery.late import late_posts, leave_out_late, post_late
from integration.week.holidays import HolidayCard, add_holiday, all_holidays, days_off, remove_holiday
from web.api.room import listed, room
from web.api.shapes import Body, BodyOrNothing, ById, Day, Text, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("pauses", "When nothing new is posted: pauses, and days without school.")


class PauseBody(Body):
    """A pause: `scope` is school, class or teacher; `target` the class's or teacher's id; without `last` until it is ended."""

    scope: Text
    target: Text = ""
    first: Day | None = None
    last: Day | None = None
    reason: Text = ""


class PauseShape(ById):
    """A pause in force or to come."""

    scope: str
    target: str
    name: str
    first: date
    last: date | None
    reason: str
    is_on: bool


class HolidayBody(Body):
    """Days without school, both included."""

    name: Text
    first: Day
    last: Day


class HolidayShape(ById):
    """Days without school, both included."""

    name: str
    first: date
    last: date


class LateBody(BodyOrNothing):
    """Which of them; all without `delivery_ids`."""

    delivery_ids: list[Text] | None = None


class LateShape(ById):
    """A post that came too late and asks; `was_due_at`: when it should have gone out."""

    class_id: str
    class_name: str
    title: str
    was_due_at: datetime
    reason: str


class ResumedShape(BaseModel):
    """How many go out from now on, wait for their teacher first, and must not go because a teacher said no."""

    going: int
    asked: int
    refused: int


class LeftOut(BaseModel):
    """How many are left out."""

    left_out: int


class Gone(BaseModel):
    """What was ended or removed."""

    id: str


@blueprint.get("/pauses", responses={200: listed(PauseShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the pauses in force or to come."""
    return whole([_shape(card) for card in pauses(desk(), visitor().school_id)])


@blueprint.post("/pauses", responses={201: PauseShape})
@open_to(Who.LIBRARIAN)
def begin(body: PauseBody) -> Response:
    """Pause: what is due there is held at once."""
    known = visitor()
    id = begin_pause(desk(), known.school_id, NewPause(**body.model_dump()), account_id=known.account_id)
    return one(next(_shape(card) for card in pauses(desk(), known.school_id) if card.id == id), 201)


@blueprint.post("/pauses/<id>/end", responses={200: Gone})
@open_to(Who.LIBRARIAN)
def end(path: ById) -> Response:
    """Resume: what is hardly late goes out one after the other, the rest asks."""
    known = visitor()
    end_pause(desk(), known.school_id, path.id, account_id=known.account_id)
    return one(Gone(id=path.id))


@blueprint.get("/late", responses={200: listed(LateShape)})
@open_to(Who.LIBRARIAN)
def late() -> Response:
    """List what came too late, by a pause or an outage, and asks whether it shall still be posted."""
    return whole([LateShape(id=each.id, class_id=each.course_id, class_name=each.course_name, title=each.title,
                            was_due_at=each.was_due_at, reason=each.reason) for each in late_posts(desk(), visitor().school_id)])


@blueprint.post("/late/post", responses={200: ResumedShape})
@open_to(Who.LIBRARIAN)
def post(body: LateBody) -> Response:
    """Post them after all: twenty seconds apart, and one a day in each class."""
    known = visitor()
    done = post_late(desk(), known.school_id, body.delivery_ids, account_id=known.account_id,
                     is_off=days_off(desk(), known.school_id))
    return one(ResumedShape(going=done.going, asked=done.asked, refused=done.refused))


@blueprint.post("/late/leave-out", responses={200: LeftOut})
@open_to(Who.LIBRARIAN)
def leave_out(body: LateBody) -> Response:
    """Leave them out for good."""
    known = visitor()
    return one(LeftOut(left_out=leave_out_late(desk(), known.school_id, body.delivery_ids, account_id=known.account_id)))


@blueprint.get("/holidays", responses={200: listed(HolidayShape)})
@open_to(Who.LIBRARIAN)
def holidays() -> Response:
    """List the days without school."""
    return whole([_holiday(card) for card in all_holidays(desk(), visitor().school_id)])


@blueprint.post("/holidays", responses={201: HolidayShape})
@open_to(Who.LIBRARIAN)
def add(body: HolidayBody) -> Response:
    """Write days without school down."""
    school_id = visitor().school_id
    id = add_holiday(desk(), school_id, body.name, body.first, body.last)
    return one(next(_holiday(card) for card in all_holidays(desk(), school_id) if card.id == id), 201)


@blueprint.delete("/holidays/<id>", responses={200: Gone})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Take days without school away again."""
    remove_holiday(desk(), visitor().school_id, path.id)
    return one(Gone(id=path.id))


def _shape(card: PauseCard) -> PauseShape:
    return PauseShape(id=card.id, scope=card.scope, target=card.target, name=card.name, first=card.first, last=card.last,
                      reason=card.reason, is_on=card.is_on)


def _holiday(card: HolidayCard) -> HolidayShape:
    return HolidayShape(id=card.id, name=card.name, first=card.first, last=card.last)
