"""Series: a queue of collections, one of which goes out each week."""

from datetime import datetime
from typing import Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.delivery.plan import Rule
from integration.week import series as use
from integration.week.occurrences import let_it_go, post_it
from integration.week.queues import ItemCard, SeriesCard, all_series
from integration.week.queues import series as read_series
from web.api.plans import RuleBody
from web.api.room import listed, room
from web.api.shapes import Body, ById, Text, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("series", "A queue of collections, one of which goes out each week.")


class SeriesBody(Body):
    """A series; `weekday` 0 is Monday."""

    name: Text
    rule: RuleBody
    collection_ids: list[Text] = Field(default_factory=list)
    kind: Literal["material", "announcement"] = Field("material", alias="as")
    topic: Text = "Library"
    weekday: int = Field(0, ge=0, le=4)


class QueueBody(Body):
    """Collections for the end of the queue."""

    collection_ids: list[Text]


class ItemShape(ById):
    """A collection in the queue; `state` is queued, planned or asks."""

    collection_id: str
    title: str
    state: str
    week: str
    plan_id: str
    occurrence_id: str


class SeriesShape(ById):
    """A series with its queue."""

    account_id: str
    name: str
    rule: dict[str, Any]
    kind: str = Field(serialization_alias="as")
    topic: str
    weekday: int
    stopped_at: datetime | None
    next_at: datetime | None
    items: list[ItemShape]


class ByOccurrence(BaseModel):
    """One week of a series."""

    id: Text
    occurrence_id: Text


class ByItem(BaseModel):
    """One collection in a queue."""

    id: Text
    item_id: Text


@blueprint.get("/series", responses={200: listed(SeriesShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the series."""
    return whole([_shape(card) for card in all_series(desk(), visitor().school_id)])


@blueprint.post("/series", responses={201: SeriesShape})
@open_to(Who.LIBRARIAN)
def begin(body: SeriesBody) -> Response:
    """Begin a series; its first post is the next that falls due."""
    known = visitor()
    new = use.NewSeries(body.name, Rule(**body.rule.model_dump()), body.collection_ids, body.kind, body.topic, body.weekday)
    return _answer(use.begin_series(desk(), known.school_id, known.account_id, new), 201)


@blueprint.get("/series/<id>", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one series."""
    return _answer(path.id)


@blueprint.post("/series/<id>/queue", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def queue(path: ById, body: QueueBody) -> Response:
    """Put collections at the end of the queue."""
    use.add_to_series(desk(), visitor().school_id, path.id, body.collection_ids)
    return _answer(path.id)


@blueprint.delete("/series/<id>/queue/<item_id>", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def take(path: ByItem) -> Response:
    """Take a collection out of the queue."""
    use.take_from_series(desk(), visitor().school_id, path.id, path.item_id)
    return _answer(path.id)


@blueprint.post("/series/<id>/stop", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def stop(path: ById) -> Response:
    """Let nothing more of it go out."""
    known = visitor()
    use.stop_series(desk(), known.school_id, path.id, account_id=known.account_id)
    return _answer(path.id)


@blueprint.post("/series/<id>/occurrences/<occurrence_id>/post", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def post(path: ByOccurrence) -> Response:
    """Post after all what asked."""
    known = visitor()
    post_it(desk(), known.school_id, path.occurrence_id, account_id=known.account_id)
    return _answer(path.id)


@blueprint.post("/series/<id>/occurrences/<occurrence_id>/skip", responses={200: SeriesShape})
@open_to(Who.LIBRARIAN)
def skip(path: ByOccurrence) -> Response:
    """Do not post what asked; its collection waits for the next week."""
    let_it_go(desk(), visitor().school_id, path.occurrence_id)
    return _answer(path.id)


def _answer(series_id: str, status: int = 200) -> Response:
    return one(_shape(read_series(desk(), visitor().school_id, series_id)), status, path=f"/series/{series_id}")


def _shape(card: SeriesCard) -> SeriesShape:
    return SeriesShape(id=card.id, account_id=card.account_id, name=card.name, rule=dict(card.rule), kind=card.kind,
                       topic=card.topic, weekday=card.weekday, stopped_at=card.stopped_at, next_at=card.next_at,
                       items=[_item(each) for each in card.items])


def _item(card: ItemCard) -> ItemShape:
    return ItemShape(id=card.id, collection_id=card.collection_id, title=card.title, state=card.state, week=card.week,
                     plan_id=card.plan_id, occurrence_id=card.occurrence_id)
