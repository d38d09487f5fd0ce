"""Plans: exactly what will happen in each class, before anything does; then yes, or back."""

from datetime import datetime
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.delivery import accept as acceptance
from integration.delivery import pilot as pilots
from integration.delivery import plan as planning
from integration.delivery import retract as retraction
from integration.delivery import retry as retrying
from integration.delivery import update as updating
from integration.delivery.by_hand import plan_by_hand
from integration.delivery.foretell import foretell
from integration.delivery.models import Action, PlanState
from integration.delivery.offers import offers
from integration.delivery.plans import PlanCard, plan_card, plans
from integration.delivery.take_offer import decline_offer, take_offer
from integration.errors import Invalid
from integration.workshops.shelf import collection_of
from web.api.room import listed, room
from web.api.shapes import Body, BodyOrNothing, ById, Moment, Page, Text, Under, one, page, under_way, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("plans", "What will happen in each class, before anything does.")

Texts = list[Text]


class RuleBody(Body):
    """Which classes: those of the grades, subjects and teachers together, and those named; without the exceptions."""

    grades: Texts = Field(default_factory=list)
    subjects: Texts = Field(default_factory=list)
    teachers: Texts = Field(default_factory=list, description="Teachers' ids.")
    class_ids: Texts = Field(default_factory=list)
    except_ids: Texts = Field(default_factory=list, alias="except", description="Ids of classes to leave out.")


class PlanBody(Body):
    """A plan as asked for: of a collection, or of a kit's part; without `dose` its first one."""

    collection_id: Text = ""
    kit_id: Text = ""
    dose: Text = ""
    rule: RuleBody
    kind: Literal["material", "announcement"] = Field("material", alias="as")
    topic: Text = "Library"
    publish_at: Moment | None = None


class AcceptBody(BodyOrNothing):
    """How to accept: with a pilot only that class gets it at first."""

    pilot: Text = Field("", description="The id of the class that gets it first; the others wait until you go on.")


class PilotBody(Body):
    """Another class as the pilot."""

    class_id: Text


class PlanItem(BaseModel):
    """What will happen in one class, and the exact text."""

    class_id: str
    google_id: str
    name: str
    action: str
    reason: str
    text: str


class PlanSummary(ById):
    """A plan. `counts` is by action until it is accepted, then by the state of its deliveries."""

    state: str
    counts: dict[str, int]
    collection_id: str
    title: str
    kind: str = Field(serialization_alias="as")
    topic: str
    publish_at: datetime | None
    pilot: str | None = Field(description="The class that got it first; null when all went together.")
    behind_pilot: int = Field(description="In how many classes it waits until you go on.")
    created_at: datetime
    accepted_at: datetime | None


class HandMadeShape(BaseModel):
    """A post with all the collection's links that somebody made by hand in Classroom, so that no app can update it."""

    class_id: str
    title: str
    link: str
    updated_at: datetime
    is_hers: bool = Field(description="Made by a librarian of the school, else by a teacher.")


class PlanShape(PlanSummary):
    """A plan with what it does in each class."""

    rule: dict[str, list[str]]
    items: list[PlanItem]
    by_hand: list[HandMadeShape] = Field(description="Posts in its classes that cannot be updated.")


class OfferShape(BaseModel):
    """A class that fits the plan's rule and was not there when it was accepted, and what would happen there."""

    class_id: str
    name: str
    action: str
    reason: str
    text: str


class OfferedBody(Body):
    """Which of the offered classes."""

    class_id: Text


class EffectShape(BaseModel):
    """What an update and what taking back would do in one class. `kept`: what the teacher changed, `title`, `text` or `links`."""

    class_id: str
    name: str
    delivery_id: str
    update: str
    retract: str
    kept: list[str]


@blueprint.post("/plans", responses={201: PlanShape})
@open_to(Who.LIBRARIAN)
def add(body: PlanBody) -> Response:
    """Plan a collection for a rule's classes. Nothing is written to Google."""
    known, rule = visitor(), planning.Rule(**body.rule.model_dump())
    new = planning.NewPlan(_collection(body), rule, kind=body.kind, topic=body.topic, publish_at=body.publish_at)
    id = planning.plan(desk(), known.school_id, known.account_id, new)
    return one(_shape(plan_card(desk(), known.school_id, id)), 201, path=f"/plans/{id}")


@blueprint.get("/plans", responses={200: listed(PlanSummary)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the plans, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: plans(desk(), school_id, after=after, at_most=most), _summary)


@blueprint.get("/plans/<id>", responses={200: PlanShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show a plan and how far it has come."""
    return one(_shape(plan_card(desk(), visitor().school_id, path.id)))


@blueprint.post("/plans/<id>/accept", responses={202: Under})
@open_to(Who.LIBRARIAN)
def accept(path: ById, body: AcceptBody) -> Response:
    """Do exactly what the plan says, with a pilot in that class first; accepting twice does it once."""
    known = visitor()
    card = acceptance.accept(desk(), known.school_id, path.id, known.account_id, pilot=body.pilot)
    return under_way(f"/plans/{card.id}", card.id, card.state)


@blueprint.post("/plans/<id>/go-on", responses={202: Under})
@open_to(Who.LIBRARIAN)
def go_on(path: ById) -> Response:
    """Let the other classes have it once the pilot stands; going on twice does it once."""
    known = visitor()
    card = pilots.go_on(desk(), known.school_id, path.id, known.account_id)
    return under_way(f"/plans/{card.id}", card.id, card.state)


@blueprint.post("/plans/<id>/pilot", responses={202: Under})
@open_to(Who.LIBRARIAN)
def pilot(path: ById, body: PilotBody) -> Response:
    """Send it into another one of the waiting classes first, where the pilot came to nothing."""
    known = visitor()
    card = pilots.try_another(desk(), known.school_id, path.id, body.class_id, known.account_id)
    return under_way(f"/plans/{card.id}", card.id, card.state)


@blueprint.post("/plans/<id>/retract", responses={202: Under})
@open_to(Who.LIBRARIAN)
def retract(path: ById) -> Response:
    """Take back what the plan put into classes, and stop what has not gone."""
    known = visitor()
    retraction.retract(desk(), known.school_id, path.id, known.account_id)
    return under_way(f"/plans/{path.id}", path.id, plan_card(desk(), known.school_id, path.id).state)


@blueprint.post("/plans/<id>/update", responses={202: Under})
@open_to(Who.LIBRARIAN)
def update(path: ById) -> Response:
    """Bring the collection as it is now into every class where its post still stands; what a teacher changed is kept."""
    known = visitor()
    card = updating.update(desk(), known.school_id, path.id, known.account_id)
    return under_way(f"/plans/{card.id}", card.id, card.state)


@blueprint.post("/plans/<id>/retry", responses={202: Under})
@open_to(Who.LIBRARIAN)
def retry(path: ById) -> Response:
    """Let every delivery of the plan go once more that Google refused, and no other; each looks in the class first."""
    school_id = visitor().school_id
    retrying.retry_failed(desk(), school_id, path.id)
    return under_way(f"/plans/{path.id}", path.id, plan_card(desk(), school_id, path.id).state)


@blueprint.get("/plans/<id>/offers", responses={200: listed(OfferShape)})
@open_to(Who.LIBRARIAN)
def offered(path: ById) -> Response:
    """Say which classes the plan could go into too. It goes into none of them by itself."""
    found = offers(desk(), visitor().school_id, path.id)
    return whole([OfferShape(class_id=each.course_id, name=each.course_name, action=each.action, reason=each.reason, text=each.text)
                  for each in found])


@blueprint.post("/plans/<id>/offers/accept", responses={202: Under})
@open_to(Who.LIBRARIAN)
def accept_offer(path: ById, body: OfferedBody) -> Response:
    """Let the plan go into an offered class too; accepting twice does it once."""
    known = visitor()
    card = take_offer(desk(), known.school_id, path.id, body.class_id, known.account_id)
    return under_way(f"/plans/{card.id}", card.id, card.state)


@blueprint.post("/plans/<id>/offers/decline", responses={200: PlanShape})
@open_to(Who.LIBRARIAN)
def decline(path: ById, body: OfferedBody) -> Response:
    """Leave an offered class out; it is not offered again."""
    known = visitor()
    return one(_shape(decline_offer(desk(), known.school_id, path.id, body.class_id, known.account_id)))


@blueprint.get("/plans/<id>/effects", responses={200: listed(EffectShape)})
@open_to(Who.LIBRARIAN)
def effects(path: ById) -> Response:
    """Say what an update and what taking back would do in each class, by the classes as last seen. Nothing is done."""
    found = foretell(desk(), visitor().school_id, path.id)
    return whole([EffectShape(class_id=each.course_id, name=each.course_name, delivery_id=each.delivery_id, update=each.update,
                             retract=each.retract, kept=list(each.kept)) for each in found])


def _summary(card: PlanCard) -> PlanSummary:
    return PlanSummary(
        id=card.id, state=card.state, counts=_counts(card), collection_id=card.collection_id, title=card.title,
        kind=card.kind, topic=card.topic, publish_at=card.publish_at, pilot=card.pilot_id or None,
        behind_pilot=card.behind_pilot, created_at=card.created_at,
        accepted_at=card.accepted_at)


def _collection(body: PlanBody) -> str:
    if bool(body.collection_id) == bool(body.kit_id):
        raise Invalid(fields={"collection_id": "Name either a collection or a kit."})
    return body.collection_id or collection_of(desk(), visitor().school_id, body.kit_id, body.dose)


def _shape(card: PlanCard) -> PlanShape:
    rule = {name.removesuffix("_ids") if name == "except_ids" else name: list(ids) for name, ids in card.rule.items()}
    items = [PlanItem(class_id=each.course_id, google_id=each.course_google_id, name=each.course_name, action=each.action,
                      reason=each.reason, text=each.text) for each in card.items]
    posts = plan_by_hand(desk(), visitor().school_id, card.id)
    by_hand = [HandMadeShape(class_id=each.class_id, title=post.title, link=post.link, updated_at=post.updated_at,
                             is_hers=post.is_hers)
               for each in items for post in posts.get(each.class_id, ())]
    return PlanShape(**_summary(card).model_dump(), rule=rule, items=items, by_hand=by_hand)


def _counts(card: PlanCard) -> dict[str, int]:
    if card.state == PlanState.PLANNED:
        return {action.value: card.counts.get(action, 0) for action in Action}
    return dict(card.delivery_counts)
