"""Plan what is due of each series, once a week, by an ordinary plan and with every teacher's consent."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.courses.shelf import courses
from integration.delivery.accept import accept
from integration.delivery.plan import NewPlan, Rule, plan
from integration.desk import Desk
from integration.errors import AlreadyDone, NotFound, ThroughlineError
from integration.records import audit
from integration.records.base import new_id
from integration.records.upsert import insert_missing
from integration.week.calendar import LATE, posts_at
from integration.week.models import Occurrence, OccurrenceState, Series, SeriesItem
from integration.week.series import taken
from integration.week.turn import Outcome, Turn
from integration.week.when import Place, place_of


@dataclass(frozen=True)
class Due:
    """A series' post of one week, as its queue stands."""

    series: Series
    item: SeriesItem | None
    """None when the queue has come to its end."""
    week: str
    at: datetime


def plan_due(desk: Desk, turn: Turn) -> Outcome:
    """Plan and accept what is due this week; what is late already asks her, and a failing series stops no other."""
    counts, said = Counter[str](planned=0, asked=0, empty=0), []
    for due in due_in(desk, turn.school_id, turn.account_id, turn.week):
        if due.item is None:
            counts["empty"] += 1
            said.append(f"“{due.series.name}” has no collection left to post. Put one into its queue.")
            continue
        try:
            counts[_occur(desk, due, due.item)] += 1
        except ThroughlineError as error:
            said.append(f"“{due.series.name}” was not planned this week. {error}")
    return Outcome(dict(counts), tuple(said))


def due_in(desk: Desk, school_id: str, account_id: str, week: str) -> list[Due]:
    """What her series have for a week and is not planned, asked or skipped yet; and what was cut short on its way, of any week."""
    place = place_of(desk, school_id)
    hers = (Series.school_id == school_id, Series.account_id == account_id, Series.stopped_at.is_(None))
    with desk.transaction() as session:
        cut_short = session.execute(select(Occurrence, Series, SeriesItem).join(Series, Series.id == Occurrence.series_id)
                                    .join(SeriesItem, SeriesItem.id == Occurrence.item_id).where(
            *hers, Occurrence.state == OccurrenceState.PLANNED, Occurrence.plan_id.is_(None)).order_by(Occurrence.id)).all()
        fresh = [_due(session, row, week, place) for row in session.scalars(select(Series).where(*hers).order_by(Series.id))]
        return [Due(series, item, row.week, row.due_at) for row, series, item in cut_short] + [due for due in fresh if due]


def post_it(desk: Desk, school_id: str, occurrence_id: str, *, account_id: str) -> str:
    """Post after all what asked her, now; gives its plan's id. Raises NotFound, AlreadyDone, and as `plan` does."""
    with desk.transaction() as session:
        row = _asking(session, school_id, occurrence_id)
        row.state, row.due_at = OccurrenceState.PLANNED, desk.now()
        due = Due(session.get_one(Series, row.series_id), session.get_one(SeriesItem, row.item_id), row.week, row.due_at)
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="post late",
                   object=f"series:{row.series_id}", result=row.week)
    return _carry_out(desk, due)


def let_it_go(desk: Desk, school_id: str, occurrence_id: str) -> None:
    """Do not post what asked her; its collection waits for the next week. Raises NotFound, AlreadyDone."""
    with desk.transaction() as session:
        _asking(session, school_id, occurrence_id).state = OccurrenceState.SKIPPED


def _due(session: Session, row: Series, week: str, place: Place) -> Due | None:
    at = posts_at(week, row.weekday, place.zone, place.off)
    is_known = session.scalar(select(Occurrence.id).where(Occurrence.series_id == row.id, Occurrence.week == week)) is not None
    return None if is_known or at is None or at <= row.created_at else Due(row, _next_item(session, row.id), week, at)


def _next_item(session: Session, series_id: str) -> SeriesItem | None:
    gone = taken(session, series_id)
    rows = session.scalars(select(SeriesItem).where(SeriesItem.series_id == series_id).order_by(SeriesItem.position))
    return next((row for row in rows if row.id not in gone), None)


def _occur(desk: Desk, due: Due, item: SeriesItem) -> str:
    """Write the occurrence down, then carry it out unless it is late; what it counts as."""
    is_late = desk.now() - due.at > LATE
    with desk.transaction() as session:
        insert_missing(session, Occurrence, [{
            "id": new_id(), "school_id": due.series.school_id, "series_id": due.series.id, "week": due.week, "item_id": item.id,
            "state": OccurrenceState.PLANNED, "due_at": due.at, "made_at": desk.now()}], key=("series_id", "week"))
        if is_late:
            _row(session, due).state = OccurrenceState.ASKS
    if is_late:
        return "asked"
    _carry_out(desk, due)
    return "planned"


def _row(session: Session, due: Due) -> Occurrence:
    return session.scalars(select(Occurrence).where(
        Occurrence.series_id == due.series.id, Occurrence.week == due.week).with_for_update()).one()


def _carry_out(desk: Desk, due: Due) -> str:
    """Plan and accept; done twice it finds the plan there is."""
    series, item = due.series, due.item
    assert item is not None
    plan_id = plan(desk, series.school_id, series.account_id, new_plan(desk, due, item))
    accept(desk, series.school_id, plan_id, series.account_id)
    with desk.transaction() as session:
        _row(session, due).plan_id = plan_id
    return plan_id


def new_plan(desk: Desk, due: Due, item: SeriesItem) -> NewPlan:
    """The plan of an occurrence. A class whose grade is a guess is left out, because nobody looks before it is posted."""
    series, rule = due.series, Rule(**due.series.rule)
    guessed = [card.id for card in courses(desk, series.school_id) if card.is_doubtful and card.id not in rule.class_ids]
    return NewPlan(collection_id=item.collection_id, rule=replace(rule, except_ids=[*rule.except_ids, *guessed]), kind=series.kind,
                   topic=series.topic, publish_at=due.at, series_id=series.id, occurrence=due.week)


def _asking(session: Session, school_id: str, occurrence_id: str) -> Occurrence:
    row = session.scalar(select(Occurrence).where(
        Occurrence.school_id == school_id, Occurrence.id == occurrence_id).with_for_update())
    if row is None:
        raise NotFound("There is no such week of a series. It may belong to another school.")
    if row.state is not OccurrenceState.ASKS:
        raise AlreadyDone("You have answered this one already. Nothing was changed.")
    return row
