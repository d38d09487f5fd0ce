"""Begin a series, put collections into its queue, and stop it: “Subject Spotlight each Monday to grade 7”."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from integration.curation.models import Collection
from integration.delivery.plan import LONGEST_TOPIC, SCOPES, Rule
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.google.seen import Kind
from integration.records import audit, plain
from integration.records.base import new_id
from integration.week.models import Occurrence, OccurrenceState, Series, SeriesItem

LONGEST_NAME = 100
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MOST = 60
TAKEN = (OccurrenceState.PLANNED, OccurrenceState.ASKS)


@dataclass(frozen=True)
class NewSeries:
    """A series as she asks for it. `weekday`: 0 is Monday; `collection_ids` in the order they are to go out."""

    name: str
    rule: Rule
    collection_ids: Sequence[str] = ()
    kind: str = "material"
    topic: str = "Library"
    weekday: int = 0


def begin_series(desk: Desk, school_id: str, account_id: str, new: NewSeries) -> str:
    """Begin a series and answer its id; its first post is the next that falls due. Raises Invalid."""
    _check(new)
    with desk.transaction() as session:
        row = Series(id=new_id(), school_id=school_id, account_id=account_id, name=plain.line(new.name), kind=new.kind,
                     rule={name: list(value) for name, value in asdict(new.rule).items()},
                     topic=plain.line(new.topic) if new.kind == Kind.MATERIAL else "", weekday=new.weekday, created_at=desk.now())
        session.add(row)
        session.flush()
        _add(session, row, new.collection_ids)
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="begin series",
                   object=f"series:{row.id}")
        return row.id


def add_to_series(desk: Desk, school_id: str, series_id: str, collection_ids: Sequence[str]) -> None:
    """Put collections at the end of the queue. Raises NotFound, Invalid."""
    with desk.transaction() as session:
        _add(session, series_row(session, school_id, series_id), collection_ids)


def take_from_series(desk: Desk, school_id: str, series_id: str, item_id: str) -> None:
    """Take a collection out of the queue; one that has gone out, or asks, stays. Raises NotFound, Invalid."""
    with desk.transaction() as session:
        series_row(session, school_id, series_id)
        item = session.scalar(select(SeriesItem).where(SeriesItem.series_id == series_id, SeriesItem.id == item_id))
        if item is None:
            raise NotFound("It is not in this queue any more. Nothing was changed.")
        if item_id in taken(session, series_id):
            raise Invalid("It has gone out, or asks you, so it stays in the series’ record. Nothing was changed.")
        session.delete(item)


def stop_series(desk: Desk, school_id: str, series_id: str, *, account_id: str) -> None:
    """Let nothing more of a series go out; what stands stays. Again changes nothing. Raises NotFound."""
    with desk.transaction() as session:
        row = series_row(session, school_id, series_id)
        if row.stopped_at is None:
            row.stopped_at = desk.now()
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="stop series",
                       object=f"series:{series_id}")


def series_row(session: Session, school_id: str, series_id: str) -> Series:
    """The row of a series of this school. Raises NotFound."""
    row = session.scalar(select(Series).where(Series.school_id == school_id, Series.id == series_id))
    if row is None:
        raise NotFound("There is no such series. It may belong to another school.")
    return row


def taken(session: Session, series_id: str) -> frozenset[str]:
    """The items of a series that went out or ask her."""
    return frozenset(session.scalars(select(Occurrence.item_id).where(
        Occurrence.series_id == series_id, Occurrence.state.in_(TAKEN))))


def _add(session: Session, row: Series, collection_ids: Sequence[str]) -> None:
    known = set(session.scalars(select(Collection.id).where(
        Collection.school_id == row.school_id, Collection.removed_at.is_(None), Collection.id.in_(list(collection_ids)))))
    if unknown := [each for each in collection_ids if each not in known]:
        raise Invalid(fields={"collection_ids": f"There is no collection “{unknown[0][:40]}” here. Nothing was saved."})
    last = session.scalar(select(func.max(SeriesItem.position)).where(SeriesItem.series_id == row.id))
    begin = 0 if last is None else last + 1
    if begin + len(collection_ids) > MOST:
        raise Invalid(fields={"collection_ids": f"A series has at most {MOST} collections. Nothing was saved."})
    session.add_all(SeriesItem(id=new_id(), school_id=row.school_id, series_id=row.id, collection_id=each, position=begin + number)
                    for number, each in enumerate(collection_ids))


def _check(new: NewSeries) -> None:
    name, rule = plain.line(new.name), new.rule
    wrong = {
        "name": "" if name and len(name) <= LONGEST_NAME and not plain.fault(name) else
                f"Give it a name of at most {LONGEST_NAME} characters, such as Subject Spotlight.",
        "as": "" if new.kind in SCOPES else "A post is either a material or an announcement.",
        "topic": "" if len(new.topic) <= LONGEST_TOPIC else f"A topic has at most {LONGEST_TOPIC} characters.",
        "weekday": "" if new.weekday in range(len(WEEKDAYS)) else "Choose a day from Monday to Friday.",
        "rule": "" if rule.grades or rule.subjects or rule.teachers or rule.class_ids else
                "Choose at least one grade, subject, teacher or class.",
    }
    if any(wrong.values()):
        raise Invalid(fields={field: sentence for field, sentence in wrong.items() if sentence})
