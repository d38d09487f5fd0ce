"""Bring the school's curriculum map: when each unit is taught. Brought again it moves units, and never doubles one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.bring import BadLine
from integration.partnerships.spreadsheet import Sheet
from integration.records.base import new_id
from integration.records.upsert import insert_missing
from integration.workshops.map_line import Unit, columns_of, read_unit
from integration.workshops.models import ProjectWindow


@dataclass(frozen=True)
class BroughtMap:
    """What became of the lines: new, moved to other days or topics, known as they are, or left out with a reason."""

    new: int
    moved: int
    known: int
    bad: tuple[BadLine, ...]


def bring_map(desk: Desk, school_id: str, sheet: Sheet) -> BroughtMap:
    """Bring every line that can be read. Raises Invalid when a column is missing.

    A unit is the same when its name, grades, subject and school year are. Taught once, it moves with its line; taught several
    times in a year, each time is known by the day it starts.
    """
    columns, starts = columns_of(sheet.headings), school(desk, school_id).year_starts_month
    read, bad = dict[tuple[str, object], Unit](), list[BadLine]()
    for line in sheet.lines:
        try:
            unit = read_unit(line, columns, starts)
        except Invalid as error:
            bad.append(BadLine(line.number, str(error)))
            continue
        if (unit.mark, unit.starts_on) in read:
            bad.append(BadLine(line.number, "A line above has the same unit, grades, subject and first day; that one counts."))
            continue
        read[unit.mark, unit.starts_on] = unit
    return _kept(desk, school_id, list(read.values()), tuple(bad))


def _kept(desk: Desk, school_id: str, units: Sequence[Unit], bad: tuple[BadLine, ...]) -> BroughtMap:
    with desk.transaction() as session:
        same = _same(session, school_id, units)
        changed = [(row, unit) for unit, row in same if row is not None and _differs(row, unit)]
        for row, unit in changed:
            session.execute(update(ProjectWindow).where(ProjectWindow.id == row.id).values(**_values(unit)))
        new = insert_missing(session, ProjectWindow, [
            {"id": new_id(), "school_id": school_id, "brought_at": desk.now(), **_values(unit)}
            for unit, row in same if row is None], key=("school_id", "mark", "starts_on"))
    return BroughtMap(new, len(changed), len(units) - new - len(changed), bad)


def _same(session: Session, school_id: str, units: Sequence[Unit]) -> list[tuple[Unit, ProjectWindow | None]]:
    """Each unit with the window it had before."""
    there, brought = defaultdict[str, list[ProjectWindow]](list), defaultdict[str, list[Unit]](list)
    for row in session.scalars(select(ProjectWindow).where(ProjectWindow.school_id == school_id)):
        there[row.mark].append(row)
    for unit in units:
        brought[unit.mark].append(unit)
    return [(unit, _window_of(unit, there[unit.mark], is_once=len(brought[unit.mark]) == 1)) for unit in units]


def _window_of(unit: Unit, there: Sequence[ProjectWindow], *, is_once: bool) -> ProjectWindow | None:
    if is_once and len(there) == 1:
        return there[0]
    return next((row for row in there if row.starts_on == unit.starts_on), None)


def _values(unit: Unit) -> dict[str, object]:
    return {**asdict(unit), "grades": list(unit.grades), "topics": list(unit.topics)}


def _differs(row: ProjectWindow, unit: Unit) -> bool:
    return any(getattr(row, name) != value for name, value in _values(unit).items())
