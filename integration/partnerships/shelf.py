"""Read the log: the partnerships, and what was done in each."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from integration.courses.models import Course, CourseTeacher, Teacher
from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.models import Entry, EntryCourse, Partnership, Source

PAGE = 100
"""How many a page holds when nobody says."""


@dataclass(frozen=True)
class PartnershipCard:
    """The librarian and one teacher, with what there is behind it."""

    id: str
    teacher_id: str
    teacher: str
    """What to call her: her name, or “the teacher of <class>”."""
    began_on: date
    entries: int
    classes: int
    minutes: int
    last_on: date | None


@dataclass(frozen=True)
class ClassName:
    """A class by id and name."""

    id: str
    name: str


@dataclass(frozen=True)
class EntryCard:
    """One thing done together."""

    id: str
    partnership_id: str
    teacher_id: str
    teacher: str
    occasion: str
    on: date
    activity: str
    minutes: int | None
    level: str
    scheme: str
    codes: tuple[str, ...]
    evidence: tuple[Mapping[str, str], ...]
    classes: tuple[ClassName, ...]
    source: Source
    written_at: datetime


class EntryLine(NamedTuple):
    """An entry in a list."""

    id: str
    partnership_id: str
    teacher: str
    on: date
    activity: str
    minutes: int | None


_COLUMNS = (Entry.id, Entry.partnership_id, Entry.occasion, Entry.on, Entry.activity, Entry.minutes, Entry.level, Entry.scheme,
            cast(Entry.codes, Text), cast(Entry.evidence, Text), Entry.source, Entry.written_at)
"""What a card is made of. A year's entries are read without objects of their own; their lists, mostly alike, as text."""


def partnerships(desk: Desk, school_id: str, *chosen: ColumnElement[bool], after: str | None = None, at_most: int | None = None
                 ) -> list[PartnershipCard]:
    """The partnerships that fit, in the order they began; `after` is the id of the last one of the page before."""
    query = select(Partnership).where(Partnership.school_id == school_id, *chosen)
    with desk.transaction() as session:
        if after is not None:
            last = _partnership(session, school_id, after)
            query = query.where(or_(Partnership.began_on > last.began_on,
                                    and_(Partnership.began_on == last.began_on, Partnership.id > last.id)))
        rows = session.scalars(query.order_by(Partnership.began_on, Partnership.id).limit(at_most)).all()
        return _partnership_cards(session, school_id, rows)


def partnership(desk: Desk, school_id: str, partnership_id: str) -> PartnershipCard:
    """One partnership. Raises NotFound."""
    with desk.transaction() as session:
        return _partnership_cards(session, school_id, [_partnership(session, school_id, partnership_id)])[0]


def entries(desk: Desk, school_id: str, partnership_id: str | None = None, *, after: str | None = None,
            at_most: int = PAGE) -> list[EntryCard]:
    """A page of the log, newest first; `after` is the id of the last entry of the page before."""
    query = select(*_COLUMNS).where(Entry.school_id == school_id)
    if partnership_id is not None:
        query = query.where(Entry.partnership_id == partnership_id)
    with desk.transaction() as session:
        if after is not None:
            last = _entry(session, school_id, after)
            query = query.where(or_(Entry.on < last.on, and_(Entry.on == last.on, Entry.id < last.id)))
        rows = session.execute(query.order_by(Entry.on.desc(), Entry.id.desc()).limit(at_most)).all()
        return _entry_cards(session, school_id, rows)


def entries_between(desk: Desk, school_id: str, first: date, last: date) -> list[EntryCard]:
    """Every entry from `first` to `last`, both included, oldest first."""
    return entries_where(desk, school_id, Entry.on >= first, Entry.on <= last)


def entries_where(desk: Desk, school_id: str, *chosen: ColumnElement[bool]) -> list[EntryCard]:
    """The entries that fit, oldest first."""
    ids = select(Entry.id).where(Entry.school_id == school_id, *chosen)
    with desk.transaction() as session:
        rows = session.execute(select(*_COLUMNS).where(Entry.school_id == school_id, *chosen).order_by(Entry.on, Entry.id)).all()
        return _entry_cards(session, school_id, rows, ids)


def entry_lines(desk: Desk, school_id: str, *chosen: ColumnElement[bool], after: str = "", at_most: int | None = None
                ) -> list[EntryLine]:
    """The entries that fit, oldest first, as lines of a list; `after` is the id of the last one of the page before."""
    query = (select(Entry.id, Entry.partnership_id, Partnership.teacher_id, Entry.on, Entry.activity, Entry.minutes)
             .join(Partnership, Partnership.id == Entry.partnership_id)
             .where(Entry.school_id == school_id, *chosen).order_by(Entry.on, Entry.id).limit(at_most))
    with desk.transaction() as session:
        if after:
            query = query.where(tuple_(Entry.on, Entry.id) > tuple_(literal(_entry(session, school_id, after).on), literal(after)))
        rows = session.execute(query).all()
        names = _names(session, school_id, [row.teacher_id for row in rows])
        return [EntryLine(id, partner, names[teacher], on, activity, minutes)
                for id, partner, teacher, on, activity, minutes in rows]


def carries(code: str) -> ColumnElement[bool]:
    """That an entry carries a standard, in any case, or a part of one: `VI.A.1` is of `VI.A`."""
    kept, wanted = func.lower(cast(Entry.codes, Text)), json.dumps(code)[1:-1].lower()
    return or_(*(kept.contains(f'{before}"{wanted}{behind}', autoescape=True) for before in "[ " for behind in '".'))


def entry(desk: Desk, school_id: str, entry_id: str) -> EntryCard:
    """One entry. Raises NotFound."""
    with desk.transaction() as session:
        return _entry_cards(session, school_id, [_entry(session, school_id, entry_id)])[0]


def teachers_between(desk: Desk, school_id: str, first: date, last: date) -> set[str]:
    """With whom something from `first` to `last`, both included, is in the log."""
    with desk.transaction() as session:
        return set(session.scalars(select(Partnership.teacher_id).join(Entry, Entry.partnership_id == Partnership.id).distinct()
                                   .where(Entry.school_id == school_id, Entry.on >= first, Entry.on <= last)))


def scheme_in_use(desk: Desk, school_id: str) -> str:
    """The scheme of the newest entry that has a level; empty before the first."""
    with desk.transaction() as session:
        return session.scalar(select(Entry.scheme).where(Entry.school_id == school_id, Entry.scheme != "")
                              .order_by(Entry.on.desc(), Entry.id.desc()).limit(1)) or ""


def _partnership(session: Session, school_id: str, partnership_id: str) -> Partnership:
    row = session.scalar(select(Partnership).where(Partnership.school_id == school_id, Partnership.id == partnership_id))
    if row is None:
        raise NotFound("There is no such partnership. It may belong to another school.")
    return row


def _entry(session: Session, school_id: str, entry_id: str) -> Any:
    row = session.execute(select(*_COLUMNS).where(Entry.school_id == school_id, Entry.id == entry_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such entry in the log. It may belong to another school.")
    return row


def _partnership_cards(session: Session, school_id: str, rows: Sequence[Partnership]) -> list[PartnershipCard]:
    done = {id: (entries, minutes, last_on) for id, entries, minutes, last_on in session.execute(_sums(school_id))}
    classes = dict(session.execute(_class_counts(school_id)).all())
    names = _names(session, school_id, [row.teacher_id for row in rows])
    cards = []
    for row in rows:
        entries, minutes, last_on = done.get(row.id, (0, 0, None))
        cards.append(PartnershipCard(row.id, row.teacher_id, names[row.teacher_id], row.began_on, entries,
                                     classes.get(row.id, 0), minutes or 0, last_on))
    return cards


def _sums(school_id: str) -> Select[str, int, int | None, date]:
    return (select(Entry.partnership_id, func.count(), func.sum(Entry.minutes), func.max(Entry.on))
            .where(Entry.school_id == school_id).group_by(Entry.partnership_id))


def _class_counts(school_id: str) -> Select[str, int]:
    return (select(Entry.partnership_id, func.count(EntryCourse.course_id.distinct()))
            .join(EntryCourse, EntryCourse.entry_id == Entry.id)
            .where(Entry.school_id == school_id).group_by(Entry.partnership_id))


def _entry_cards(session: Session, school_id: str, rows: Sequence[Any], ids: Select[str] | None = None) -> list[EntryCard]:
    """Cards of entries; with many of them, `ids` asks for the same ones, to stay below the limit of values."""
    teachers = dict(session.execute(
        select(Partnership.id, Partnership.teacher_id).where(Partnership.school_id == school_id)).all())
    names = _names(session, school_id, [teachers[row.partnership_id] for row in rows])
    classes = _classes(session, [row.id for row in rows] if ids is None else ids)
    return [EntryCard(id, partner, teachers[partner], names[teachers[partner]], occasion, on, activity, minutes, level, scheme,
                      _listed(codes), _listed(evidence), tuple(classes[id]), source, written_at)
            for id, partner, occasion, on, activity, minutes, level, scheme, codes, evidence, source, written_at in rows]


@lru_cache(maxsize=10_000)
def _listed(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


def _classes(session: Session, entry_ids: list[str] | Select[str]) -> Mapping[str, list[ClassName]]:
    held: dict[str, list[ClassName]] = defaultdict(list)
    named = cache(ClassName)
    query = (select(EntryCourse.entry_id, Course.id, Course.name).join(Course, Course.id == EntryCourse.course_id)
             .where(EntryCourse.entry_id.in_(entry_ids)).order_by(Course.name, Course.id))
    for entry_id, course_id, name in session.execute(query):
        held[entry_id].append(named(course_id, name))
    return held


def _names(session: Session, school_id: str, teacher_ids: Sequence[str]) -> Mapping[str, str]:
    """What to call each teacher; a nameless one after her first class."""
    known = dict(session.execute(select(Teacher.id, Teacher.name).where(Teacher.school_id == school_id)).all())
    nameless = {id for id in teacher_ids if not known[id]}
    after_class = _first_classes(session, school_id) if nameless else {}
    return {id: known[id] or f"the teacher of {after_class.get(id, 'a class that is gone')}" for id in teacher_ids}


def _first_classes(session: Session, school_id: str) -> Mapping[str, str]:
    return dict(session.execute(
        select(CourseTeacher.teacher_id, func.min(Course.name)).join(Course, Course.id == CourseTeacher.course_id)
        .where(CourseTeacher.school_id == school_id).group_by(CourseTeacher.teacher_id)).all())
