"""Bring a log she kept in a spreadsheet; what was brought before is known again, and a bad line is named by its number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.courses.colleagues import add_colleague
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships import columns as sheet_columns
from integration.partnerships import typed
from integration.partnerships.line import Known, Said, known_here, mark_of, read_line
from integration.partnerships.log import join_classes, partners_with
from integration.partnerships.models import Entry, Source
from integration.partnerships.spreadsheet import Sheet
from integration.records.base import new_id
from integration.records.upsert import insert_missing

Row = tuple[Said, dict[str, Any], str]
"""What a line says, an entry's columns, and its occasion."""


@dataclass(frozen=True)
class BadLine:
    """A line that was not brought, and why."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Brought:
    """What became of the lines: new in the log, known from before, or left out with a reason."""

    new: int
    known: int
    bad: tuple[BadLine, ...]


def bring(desk: Desk, school_id: str, sheet: Sheet, columns: Mapping[str, int], *, with_newcomers: bool = False,
          dry_run: bool = False) -> Brought:
    """Bring every line that can be read. `with_newcomers` takes names we do not know for colleagues. Raises Invalid.

    The same line brought again changes nothing, also when she has corrected the entry meanwhile.
    """
    sheet_columns.must_be_enough(columns)
    rows, bad = _read(desk, school_id, sheet, columns, known_here(desk, school_id), with_newcomers=with_newcomers)
    occasions = [occasion for _, _, occasion in rows]
    with desk.transaction() as session:
        there = len(_there(session, school_id, occasions))
    if not dry_run:
        sheet_columns.remember(desk, school_id, sheet.headings, columns)
        _write(desk, school_id, [(_met(desk, school_id, said), values, occasion) for said, values, occasion in rows])
    return Brought(len(rows) - there, there, tuple(bad))


def _read(desk: Desk, school_id: str, sheet: Sheet, columns: Mapping[str, int], known: Known, *, with_newcomers: bool
          ) -> tuple[list[Row], list[BadLine]]:
    """The lines that can be brought, and those that cannot. Twins within one sheet are numbered, so that both are kept."""
    card, now, twins = school(desk, school_id), desk.now(), Counter[str]()
    rows, bad = list[Row](), list[BadLine]()
    for line in sheet.lines:
        try:
            said = read_line(line, columns, known, with_newcomers=with_newcomers)
            values = typed.checked(said, is_to_come=card.is_to_come(said.on, now))
        except Invalid as error:
            bad.append(BadLine(line.number, str(error)))
            continue
        mark = mark_of(said)
        twins[mark] += 1
        rows.append((said, values, f"sheet:{mark}:{twins[mark]}"))
    return rows, bad


def _met(desk: Desk, school_id: str, said: Said) -> Said:
    return said if said.teacher_id else replace(said, teacher_id=add_colleague(desk, school_id, said.teacher))


def _write(desk: Desk, school_id: str, rows: Sequence[Row]) -> None:
    with desk.transaction() as session:
        days = {said.teacher_id: said.on for said, _, _ in sorted(rows, key=lambda row: row[0].on, reverse=True)}
        partners = partners_with(session, school_id, days) if days else {}
        there = _there(session, school_id, [occasion for _, _, occasion in rows])
        new = [(new_id(), said, values, occasion) for said, values, occasion in rows if occasion not in there]
        insert_missing(session, Entry, [{
            **values, "id": id, "school_id": school_id, "partnership_id": partners[said.teacher_id], "occasion": occasion,
            "source": Source.HAND, "written_at": desk.now()} for id, said, values, occasion in new],
            key=("partnership_id", "occasion"))
        join_classes(session, school_id, [(id, course) for id, said, _, _ in new for course in said.class_ids])


def _there(session: Session, school_id: str, occasions: Sequence[str]) -> set[str]:
    """Those of the occasions that are in the log."""
    return set(occasions) & set(session.scalars(select(Entry.occasion).where(
        Entry.school_id == school_id, Entry.occasion.startswith("sheet:"))))
