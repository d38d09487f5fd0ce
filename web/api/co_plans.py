"""What was planned together in a partnership."""

from dataclasses import asdict
from datetime import date

from flask import Response

from integration.errors import NotFound
from integration.partnerships.co_plans import (
    CoPlanCard,
    NewCoPlan,
    change_co_plan,
    co_plan,
    co_plans,
    plan_together,
    remove_co_plan,
)
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Text, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("co-plans", "What was planned together in a partnership. It is no reach.")


class CoPlanChange(Body):
    """The part of a co-plan that changes."""

    planned_on: Day | None = None
    unit: Text = ""
    goals: Text = ""
    roles: Text = ""
    materials: Text = ""
    assessment: Text = ""


class CoPlanBody(CoPlanChange):
    """A unit planned together: its goals, who does what, materials, and how both will know."""

    planned_on: Day
    unit: Text


class InCoPlan(ById):
    """One co-plan of one partnership."""

    co_plan_id: Text


class CoPlanShape(ById):
    """A unit planned together."""

    partnership_id: str
    planned_on: date
    unit: str
    goals: str
    roles: str
    materials: str
    assessment: str


@blueprint.get("/partnerships/<id>/co-plans", responses={200: listed(CoPlanShape)})
@open_to(Who.LIBRARIAN)
def index(path: ById) -> Response:
    """List what was planned in a partnership, newest first."""
    return whole([_shape(card) for card in co_plans(desk(), visitor().school_id, path.id)])


@blueprint.post("/partnerships/<id>/co-plans", responses={201: CoPlanShape})
@open_to(Who.LIBRARIAN)
def add(path: ById, body: CoPlanBody) -> Response:
    """Write down what was planned."""
    id = plan_together(desk(), visitor().school_id, path.id, NewCoPlan(**body.model_dump()))
    return one(_shape(co_plan(desk(), visitor().school_id, id)), 201, path=f"/partnerships/{path.id}/co-plans/{id}")


@blueprint.get("/partnerships/<id>/co-plans/<co_plan_id>", responses={200: CoPlanShape})
@open_to(Who.LIBRARIAN)
def show(path: InCoPlan) -> Response:
    """Show one."""
    return one(_shape(_found(path)))


@blueprint.patch("/partnerships/<id>/co-plans/<co_plan_id>", responses={200: CoPlanShape})
@open_to(Who.LIBRARIAN)
def change(path: InCoPlan, body: CoPlanChange) -> Response:
    """Put what was sent in other words; the rest stays."""
    now = _shape(_found(path)).model_dump(include=set(CoPlanChange.model_fields))
    sent = body.model_dump(exclude_unset=True, exclude_none=True)
    change_co_plan(desk(), visitor().school_id, path.co_plan_id, NewCoPlan(**now | sent))
    return one(_shape(_found(path)))


@blueprint.delete("/partnerships/<id>/co-plans/<co_plan_id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: InCoPlan) -> Response:
    """Take it away."""
    remove_co_plan(desk(), visitor().school_id, _found(path).id)
    return Response(status=204)


def _found(path: InCoPlan) -> CoPlanCard:
    card = co_plan(desk(), visitor().school_id, path.co_plan_id)
    if card.partnership_id != path.id:
        raise NotFound("There is no such co-plan in this partnership.")
    return card


def _shape(card: CoPlanCard) -> CoPlanShape:
    given = asdict(card)
    return CoPlanShape(**{name: given[name] for name in CoPlanShape.model_fields})
