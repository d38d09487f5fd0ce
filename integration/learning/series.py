"""Series for the staff: begun, renamed, and taken away while they are empty."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.learning.models import StaffSeries, StaffSession
from integration.records import plain
from integration.records.base import new_id

LONGEST = {"title": 200, "about": 500}


@dataclass(frozen=True)
class NewSeries:
    """A series as she writes it."""

    title: str
    about: str = ""


@dataclass(frozen=True)
class SeriesCard:
    """A series as shown; `held` of its `sessions` have an attendance."""

    id: str
    title: str
    about: str
    sessions: int
    held: int


def begin_series(desk: Desk, school_id: str, new: NewSeries) -> str:
    """Begin a series and answer its id. Raises Invalid."""
    values, id = _checked(new), new_id()
    with desk.transaction() as session:
        session.add(StaffSeries(id=id, school_id=school_id, created_at=desk.now(), **values))
    return id


def change_series(desk: Desk, school_id: str, series_id: str, new: NewSeries) -> None:
    """Call a series something else. Raises Invalid, NotFound."""
    values = _checked(new)
    with desk.transaction() as session:
        row = series_row(session, school_id, series_id)
        row.title, row.about = values["title"], values["about"]


def remove_series(desk: Desk, school_id: str, series_id: str) -> None:
    """Take an empty series away. Raises NotFound, and AlreadyDone when it holds sessions."""
    with desk.transaction() as session:
        row = series_row(session, school_id, series_id)
        if session.scalar(select(StaffSession.id).where(StaffSession.series_id == series_id).limit(1)) is not None:
            raise AlreadyDone("This series holds sessions, so it stays. Take its sessions away first.")
        session.delete(row)


def all_series(desk: Desk, school_id: str) -> list[SeriesCard]:
    """The school's series, newest first."""
    with desk.transaction() as session:
        rows = session.scalars(select(StaffSeries).where(StaffSeries.school_id == school_id).order_by(StaffSeries.id.desc())).all()
        return [_card(session, row) for row in rows]


def one_series(desk: Desk, school_id: str, series_id: str) -> SeriesCard:
    """One series. Raises NotFound."""
    with desk.transaction() as session:
        return _card(session, series_row(session, school_id, series_id))


def series_row(session: Session, school_id: str, series_id: str) -> StaffSeries:
    """The row of a series of this school. Raises NotFound."""
    row = session.scalar(select(StaffSeries).where(StaffSeries.school_id == school_id, StaffSeries.id == series_id))
    if row is None:
        raise NotFound("There is no such series. It may have been taken away, or belong to another school.")
    return row


def fault(text: str, longest: int) -> str:
    """What is wrong with a line she typed, in a sentence; empty when it can be kept."""
    if len(text) > longest:
        return f"This has {len(text):,} characters; at most {longest:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(text)) else ""


def _card(session: Session, row: StaffSeries) -> SeriesCard:
    sessions, held = session.execute(select(func.count(), func.count(StaffSession.attendance))
                                     .where(StaffSession.series_id == row.id)).one()
    return SeriesCard(row.id, row.title, row.about, sessions, held)


def _checked(new: NewSeries) -> dict[str, str]:
    said = {name: plain.line(getattr(new, name)) for name in LONGEST}
    faults = {name: fault(text, LONGEST[name]) for name, text in said.items()}
    if not said["title"]:
        faults["title"] = "Say in a few words what the series is called."
    if any(faults.values()):
        raise Invalid(fields={name: sentence for name, sentence in faults.items() if sentence})
    return said
