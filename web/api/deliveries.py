"""The ledger: every post in every class, where it is, why, and how it came there."""

from datetime import datetime
from typing import Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.delivery import retry as retrying
from integration.delivery import take_back as taking_back
from integration.delivery.agree import agree_in_person
from integration.delivery.leave_to_her import leave_to_her
from integration.delivery.ledger import DeliveryCard, deliveries, delivery
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Page, Text, Under, one, page, under_way
from web.gate import Who, desk, open_to, visitor

blueprint = room("deliveries", "The ledger: one row for each post in each class.")

State = Literal["waiting", "ready", "sending", "checking", "published", "removed", "skipped", "failed", "cancelled",
                "retracted", "expired", "parked"]


class DeliveryQuery(Page):
    """Which deliveries."""

    plan: Text | None = None
    class_id: Text | None = Field(None, alias="class")
    state: State | None = None


class AgreeBody(Body):
    """Who agreed in person, and on which day."""

    by: Text
    on: Day


class StepShape(BaseModel):
    """One line of a delivery's history."""

    state: str
    sentence: str
    at: datetime


class DeliveryShape(ById):
    """One post in one class; `google_id` is the post's, null until there is one."""

    plan_id: str
    collection_id: str
    class_id: str
    class_name: str
    google_id: str | None
    state: State
    kind: str
    title: str
    text: str
    reason: str
    next_step: Literal["", "connect", "agree", "pilot", "retry"]
    link: str
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    removed_at: datetime | None
    kept: list[str] = Field(description="The fields the teacher changed: title, text, links.")
    suggested: dict[str, Any] = Field(description="What an update would have brought into them.")
    is_asked: bool = Field(description="Whether it waits to be taken back all the same, or left to the teacher.")
    is_left: bool
    history: list[StepShape]


@blueprint.get("/deliveries", responses={200: listed(DeliveryShape)})
@open_to(Who.LIBRARIAN)
def index(query: DeliveryQuery) -> Response:
    """List the deliveries, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: deliveries(
        desk(), school_id, plan_id=query.plan, course_id=query.class_id, state=query.state, after=after,
        at_most=most), _shape)


@blueprint.get("/deliveries/<id>", responses={200: DeliveryShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one delivery."""
    return one(_shape(delivery(desk(), visitor().school_id, path.id)))


@blueprint.post("/deliveries/<id>/retry", responses={202: Under})
@open_to(Who.LIBRARIAN)
def retry(path: ById) -> Response:
    """Let a failed or paused delivery go once more; it looks in the class first."""
    retrying.retry(desk(), visitor().school_id, path.id)
    return under_way(f"/deliveries/{path.id}", path.id, delivery(desk(), visitor().school_id, path.id).state)


@blueprint.post("/deliveries/<id>/agree", responses={200: DeliveryShape})
@open_to(Who.LIBRARIAN)
def agree(path: ById, body: AgreeBody) -> Response:
    """Record that the teacher agreed in person; the delivery then goes."""
    known = visitor()
    agree_in_person(desk(), known.school_id, path.id, by=body.by, on=body.on, account_id=known.account_id)
    return one(_shape(delivery(desk(), known.school_id, path.id)))


@blueprint.post("/deliveries/<id>/take-back", responses={202: Under})
@open_to(Who.LIBRARIAN)
def take_back(path: ById) -> Response:
    """Take it back although its teacher changed it; what she changes after this is asked about again."""
    known = visitor()
    card = taking_back.take_back(desk(), known.school_id, path.id, known.account_id)
    return under_way(f"/deliveries/{card.id}", card.id, card.state)


@blueprint.post("/deliveries/<id>/leave", responses={200: DeliveryShape})
@open_to(Who.LIBRARIAN)
def leave(path: ById) -> Response:
    """Leave it to the teacher who changed it; no update and no retract touches it any more."""
    known = visitor()
    return one(_shape(leave_to_her(desk(), known.school_id, path.id, known.account_id)))


def _shape(card: DeliveryCard) -> DeliveryShape:
    return DeliveryShape.model_validate({
        "id": card.id, "plan_id": card.plan_id, "collection_id": card.collection_id, "class_id": card.course_id,
        "class_name": card.course_name, "google_id": card.google_id or None, "state": card.state, "kind": card.kind,
        "title": card.title, "text": card.text, "reason": card.reason, "next_step": card.next_step, "link": card.link,
        "created_at": card.created_at,
        "published_at": card.published_at, "edited_at": card.edited_at, "removed_at": card.removed_at,
        "kept": list(card.kept), "suggested": dict(card.suggested), "is_asked": card.is_asked, "is_left": card.is_left,
        "history": [StepShape(state=step.state, sentence=step.sentence, at=step.at) for step in card.history]})
