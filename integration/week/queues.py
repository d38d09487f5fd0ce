"""Read the series: their queues, what went out when, and what asks her."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.curation.models import Collection
from integration.desk import Desk
from integration.week.calendar import posts_at
from integration.week.models import Occurrence, OccurrenceState, Series, SeriesItem
from integration.week.series import series_row
from integration.week.when import Place, next_round, place_of


@dataclass(frozen=True)
class ItemCard:
    """A collection in a queue. `state`: queued, planned, asks; `week` and `plan_id` once it has one."""

    id: str
    collection_id: str
    title: str
    state: str
    week: str
    plan_id: str
    occurrence_id: str


@dataclass(frozen=True)
class SeriesCard:
    """A series as shown; `next_at` is when its next post is due, None when it has stopped or has nothing left."""

    id: str
    account_id: str
    name: str
    rule: Mapping[str, Any]
    kind: str
    topic: str
    weekday: int
    stopped_at: datetime | None
    next_at: datetime | None
    items: tuple[ItemCard, ...]

    @property
    def left(self) -> int:
        """How many collections are still to go out."""
        return sum(item.state == "queued" for item in self.items)


def series(desk: Desk, school_id: str, series_id: str) -> SeriesCard:
    """One series. Raises NotFound."""
    place, week = place_of(desk, school_id), next_round(desk, school_id).week
    with desk.transaction() as session:
        return _cards(session, [series_row(session, school_id, series_id)], place, (place.week, week), desk.now())[0]


def all_series(desk: Desk, school_id: str) -> list[SeriesCard]:
    """The school's series, the newest first, stopped ones last."""
    place, week = place_of(desk, school_id), next_round(desk, school_id).week
    with desk.transaction() as session:
        rows = session.scalars(select(Series).where(Series.school_id == school_id).order_by(Series.id.desc())).all()
        found = _cards(session, rows, place, (place.week, week), desk.now())
    return sorted(found, key=lambda card: card.stopped_at is not None)


def _cards(session: Session, rows: Sequence[Series], place: Place, weeks: Sequence[str], now: datetime) -> list[SeriesCard]:
    ids = [row.id for row in rows]
    items, gone = defaultdict[str, list[tuple[SeriesItem, str]]](list), {}
    for item, title in session.execute(
            select(SeriesItem, Collection.title).join(Collection, Collection.id == SeriesItem.collection_id)
            .where(SeriesItem.series_id.in_(ids)).order_by(SeriesItem.position)):
        items[item.series_id].append((item, title))
    for each in session.scalars(select(Occurrence).where(
            Occurrence.series_id.in_(ids), Occurrence.state != OccurrenceState.SKIPPED)):
        gone[each.item_id] = each
    return [_card(row, [_item(item, title, gone.get(item.id)) for item, title in items[row.id]], place, weeks, now)
            for row in rows]


def _item(row: SeriesItem, title: str, gone: Occurrence | None) -> ItemCard:
    if gone is None:
        return ItemCard(row.id, row.collection_id, title, "queued", "", "", "")
    return ItemCard(row.id, row.collection_id, title, gone.state.value, gone.week, gone.plan_id or "", gone.id)


def _card(row: Series, items: Sequence[ItemCard], place: Place, weeks: Sequence[str], now: datetime) -> SeriesCard:
    used = {item.week for item in items}
    times = [posts_at(week, row.weekday, place.zone, place.off) for week in weeks if week not in used]
    coming = next((at for at in times if at is not None and at > now), None)
    has_more = row.stopped_at is None and any(item.state == "queued" for item in items)
    return SeriesCard(row.id, row.account_id, row.name, row.rule, row.kind, row.topic, row.weekday, row.stopped_at,
                      coming if has_more else None, tuple(items))
