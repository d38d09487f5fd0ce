"""The list behind a figure, in words: what each id of it is, and where it can be seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import literal, select, tuple_

from integration.accounts.schools import SchoolCard
from integration.courses.models import Course
from integration.courses.shelf import grade_name, teachers
from integration.desk import Desk
from integration.learning.sessions import held_between
from integration.partnerships.co_plans import co_plans_between
from integration.partnerships.shelf import entry_lines, partnerships
from integration.reach.classes import reach_classes
from integration.reach.tally import listed
from integration.reports.figures import Figure, Of
from integration.reports.log import Entries, are_in, are_of, class_ids, entry_ids, partnership_ids
from integration.reports.period import Period

NO_NAME = "a class that is gone"
IDS = {Of.ENTRIES: entry_ids, Of.PARTNERSHIPS: partnership_ids, Of.CLASSES: class_ids}


class About(Protocol):
    """A report, or what of it one figure needs."""

    @property
    def school(self) -> SchoolCard: ...
    @property
    def period(self) -> Period: ...


@dataclass(frozen=True)
class Behind:
    """One thing a figure counts; `amount` is what it adds to a sum, fit to show."""

    id: str
    label: str
    note: str
    path: str
    """Its page for somebody who is signed in; empty when it has none."""
    amount: str = ""


Words = Mapping[str, tuple[str, str, str]]


def behind(desk: Desk, of: About, figure: Figure, *, after: str = "", at_most: int | None = None) -> list[Behind]:
    """What the figure counts, in its order: all of it, or a page that follows the thing whose id is `after`."""
    return _page(desk, of, figure, {} if figure.is_counted else _WAYS[figure.of](desk, of, figure.ids), after, at_most)


def ids_of(desk: Desk, of: About, figure: Figure) -> Sequence[str]:
    """The ids of what a figure counts, in the order of its list."""
    if figure.posts:
        return [one.id for one in listed(desk, of.school, figure.posts)]
    if figure.entries is None:
        return figure.ids
    with desk.transaction() as session:
        return session.scalars(IDS[figure.of](of.school.id, figure.entries)).all()


def behind_all(desk: Desk, of: About, wanted: Sequence[Figure], at_most: int | None = None
               ) -> Iterator[tuple[Figure, list[Behind]]]:
    """The lists behind several figures one after the other, each kind of thing read once; of each, `at_most` so many."""
    ids = {kind: [id for each in wanted if each.of is kind for id in each.ids] for kind in _WAYS}
    words = {kind: way(desk, of, ids[kind]) for kind, way in _WAYS.items() if ids[kind]}
    return ((figure, _page(desk, of, figure, words.get(figure.of, {}), "", at_most)) for figure in wanted)


def _page(desk: Desk, of: About, figure: Figure, words: Words, after: str, at_most: int | None) -> list[Behind]:
    if figure.posts:
        return [Behind(one.id, one.title, one.course, f"/deliveries/{one.id}")
                for one in listed(desk, of.school, figure.posts, after=after, at_most=at_most)]
    if figure.entries:
        return _OF_THE_LOG[figure.of](desk, of, figure, figure.entries, after, at_most)
    start = figure.ids.index(after) + 1 if after in figure.ids else 0
    end = None if at_most is None else start + at_most
    amounts = [""] * len(figure.ids) if figure.amounts is None else [figure.fit_to_show(each) for each in figure.amounts]
    return [Behind(id, *words.get(id, (NO_NAME, "", "")), amount)
            for id, amount in zip(figure.ids[start:end], amounts[start:end], strict=True)]


def _classes(desk: Desk, of: About, _ids: Sequence[str]) -> Words:
    return {card.id: _class(card.id, card.name, card.grades) for card in reach_classes(desk, of.school.id)}


def _class(id: str, name: str, grades: Sequence[str]) -> tuple[str, str, str]:
    return name, ", ".join(map(grade_name, grades)), f"/classes/{id}"


def _teachers(desk: Desk, of: About, _ids: Sequence[str]) -> Words:
    return {card.id: (card.called, "", f"/teachers/{card.id}") for card in teachers(desk, of.school.id)}


def _grades(_desk: Desk, _of: About, ids: Sequence[str]) -> Words:
    return {code: (grade_name(code), "", f"/classes?grade={code}") for code in ids}


def _co_plans(desk: Desk, of: About, _ids: Sequence[str]) -> Words:
    return {card.id: (card.unit, f"{card.teacher}, {_in_full(card.planned_on)}{f': {card.goals}' if card.goals else ''}",
                      f"/partnerships/{card.partnership_id}/co-plans/{card.id}")
            for card in co_plans_between(desk, of.school.id, of.period.start, of.period.end)}


def _sessions(desk: Desk, of: About, _ids: Sequence[str]) -> Words:
    return {card.id: (card.topic, ", ".join(filter(None, (card.series, _in_full(card.on), card.audience))),
                      f"/pd/{card.series_id}/sessions/{card.id}")
            for card in held_between(desk, of.school.id, of.period.start, of.period.end)}


def _in_full(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


_WAYS: dict[Of, Callable[[Desk, About, Sequence[str]], Words]] = {
    Of.CLASSES: _classes, Of.TEACHERS: _teachers, Of.GRADES: _grades, Of.CO_PLANS: _co_plans, Of.SESSIONS: _sessions,
}


def _entries(desk: Desk, of: About, figure: Figure, entries: Entries, after: str, at_most: int | None) -> list[Behind]:
    return [Behind(card.id, card.activity, f"{card.teacher}, {_in_full(card.on)}",
                   f"/partnerships/{card.partnership_id}/entries/{card.id}",
                   figure.fit_to_show(card.minutes or 0) if entries.with_minutes else "")
            for card in entry_lines(desk, of.school.id, entries.are_meant, after=after, at_most=at_most)]


def _partnerships(desk: Desk, of: About, _figure: Figure, entries: Entries, after: str, at_most: int | None) -> list[Behind]:
    found = partnerships(desk, of.school.id, are_of(of.school.id, entries), after=after or None, at_most=at_most)
    return [Behind(card.id, card.teacher, "", f"/partnerships/{card.id}") for card in found]


def _worked_in(desk: Desk, of: About, _figure: Figure, entries: Entries, after: str, at_most: int | None) -> list[Behind]:
    with desk.transaction() as session:
        query = select(Course.id, Course.name, Course.grades).where(are_in(of.school.id, entries)).order_by(Course.name, Course.id)
        if after:
            name = session.scalar(select(Course.name).where(Course.school_id == of.school.id, Course.id == after))
            query = query.where(tuple_(Course.name, Course.id) > tuple_(literal(name or ""), literal(after)))
        return [Behind(id, *_class(id, name, grades)) for id, name, grades in session.execute(query.limit(at_most))]


_OF_THE_LOG: dict[Of, Callable[[Desk, About, Figure, Entries, str, int | None], list[Behind]]] = {
    Of.ENTRIES: _entries, Of.PARTNERSHIPS: _partnerships, Of.CLASSES: _worked_in,
}
