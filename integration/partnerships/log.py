"""Write the log: entries that make themselves from what stands in classes, and entries by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.courses.models import Course, Teacher
from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships import typed
from integration.partnerships.models import Entry, EntryCourse, Partnership, Source
from integration.records.base import new_id
from integration.records.upsert import insert_missing


@dataclass(frozen=True)
class Happened:
    """Something that happened with one teacher: `occasion` names what it was for and makes it one entry."""

    teacher_id: str
    occasion: str
    on: date
    activity: str
    course_ids: Sequence[str]
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class HandEntry:
    """An entry as she writes it. `minutes` 1 to 1,440 or None; `level` needs its `scheme`; `evidence` are links and quotes."""

    teacher_id: str
    on: date
    activity: str
    minutes: int | None = None
    class_ids: Sequence[str] = ()
    level: str = ""
    scheme: str = ""
    codes: Sequence[str] = ()
    evidence: Sequence[Mapping[str, str]] = ()


def record(desk: Desk, school_id: str, happened: Happened) -> str:
    """Write one entry for (partnership, occasion), or join its classes to the one there is; answer the entry's id."""
    return record_all(desk, school_id, [happened])[0]


def record_all(desk: Desk, school_id: str, happened: Sequence[Happened]) -> list[str]:
    """`record` for many, in a handful of statements; answer the entries' ids in the same order."""
    with desk.transaction() as session:
        _must_know(session, school_id, [each.teacher_id for each in happened],
                   [course for each in happened for course in each.course_ids])
        days = {each.teacher_id: each.on for each in sorted(happened, key=lambda each: each.on, reverse=True)}
        partners = partners_with(session, school_id, days)
        rows = [_own_row(desk, school_id, partners[each.teacher_id], each) for each in happened]
        insert_missing(session, Entry, rows, key=("partnership_id", "occasion"))
        kept = _kept(session, school_id, {each.occasion for each in happened})
        entries = [kept[partners[each.teacher_id], each.occasion] for each in happened]
        join_classes(session, school_id, [(entry.id, course) for entry, each in zip(entries, happened, strict=True)
                                   if entry.source == Source.SELF for course in each.course_ids])
        return [entry.id for entry in entries]


def begin(desk: Desk, school_id: str, teacher_id: str) -> str:
    """Begin a partnership with a teacher, today; answer its id, the old one if there is one. Raises NotFound."""
    today = school(desk, school_id).today(desk.now())
    with desk.transaction() as session:
        _must_know(session, school_id, [teacher_id], [])
        return partners_with(session, school_id, {teacher_id: today})[teacher_id]


def write(desk: Desk, school_id: str, entry: HandEntry) -> str:
    """Write an entry by hand and answer its id. Raises Invalid, NotFound."""
    values, id = typed.values(desk, school_id, entry), new_id()
    with desk.transaction() as session:
        _must_know(session, school_id, [entry.teacher_id], entry.class_ids)
        partner = partners_with(session, school_id, {entry.teacher_id: entry.on})[entry.teacher_id]
        session.add(Entry(id=id, school_id=school_id, partnership_id=partner, occasion=id, source=Source.HAND,
                          written_at=desk.now(), **values))
        session.flush()
        join_classes(session, school_id, [(id, course) for course in entry.class_ids])
    return id


def change(desk: Desk, school_id: str, entry_id: str, entry: HandEntry) -> None:
    """Correct an entry, also one that wrote itself; what she set is never overwritten. Raises Invalid, NotFound.

    An entry that wrote itself goes on gathering classes, until she takes one out of it: then it is hers.
    """
    values = typed.values(desk, school_id, entry)
    with desk.transaction() as session:
        row = session.scalar(select(Entry).where(Entry.school_id == school_id, Entry.id == entry_id).with_for_update())
        if row is None:
            raise NotFound("There is no such entry in the log. It may belong to another school.")
        _must_know(session, school_id, [entry.teacher_id], entry.class_ids)
        _set(session, row, entry, values)


def _set(session: Session, row: Entry, entry: HandEntry, values: Mapping[str, Any]) -> None:
    before = set(session.scalars(select(EntryCourse.course_id).where(EntryCourse.entry_id == row.id)))
    partner = partners_with(session, row.school_id, {entry.teacher_id: entry.on})[entry.teacher_id]
    if before - set(entry.class_ids) or partner != row.partnership_id:
        row.source = Source.HAND
    if partner != row.partnership_id:
        row.partnership_id, row.occasion = partner, row.id
    for name, value in values.items():
        setattr(row, name, value)
    session.execute(delete(EntryCourse).where(EntryCourse.entry_id == row.id))
    join_classes(session, row.school_id, [(row.id, course) for course in entry.class_ids])


def _must_know(session: Session, school_id: str, teacher_ids: Sequence[str], course_ids: Sequence[str]) -> None:
    """Raise NotFound for a teacher or a class of another school."""
    if not set(teacher_ids) <= set(session.scalars(select(Teacher.id).where(Teacher.school_id == school_id))):
        raise NotFound("There is no such teacher. Sync the classes, then choose her anew.")
    if course_ids and not set(course_ids) <= set(session.scalars(select(Course.id).where(Course.school_id == school_id))):
        raise NotFound("There is no such class. It may belong to another school.")


def partners_with(session: Session, school_id: str, days: Mapping[str, date]) -> dict[str, str]:
    """The partnership with each of these teachers; a new one began on the day given."""
    insert_missing(session, Partnership, [{"id": new_id(), "school_id": school_id, "teacher_id": teacher, "began_on": day}
                                          for teacher, day in days.items()], key=("school_id", "teacher_id"))
    found = session.execute(select(Partnership.teacher_id, Partnership.id).where(Partnership.school_id == school_id))
    return dict(found.all())


def _own_row(desk: Desk, school_id: str, partner: str, happened: Happened) -> dict[str, Any]:
    return {"id": new_id(), "school_id": school_id, "partnership_id": partner, "occasion": happened.occasion,
            "on": happened.on, "activity": happened.activity[:typed.LONGEST_ACTIVITY], "minutes": None, "level": "",
            "scheme": "", "codes": list(happened.codes), "evidence": [], "source": Source.SELF, "written_at": desk.now()}


def _kept(session: Session, school_id: str, occasions: set[str]) -> dict[tuple[str, str], Entry]:
    rows = session.scalars(select(Entry).where(Entry.school_id == school_id, Entry.occasion.in_(occasions)))
    return {(row.partnership_id, row.occasion): row for row in rows}


def join_classes(session: Session, school_id: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Say that entries took place in classes: pairs of their ids."""
    insert_missing(session, EntryCourse, [{"id": new_id(), "school_id": school_id, "entry_id": entry, "course_id": course}
                                          for entry, course in dict.fromkeys(pairs)], key=("entry_id", "course_id"))
