"""The list behind a figure, in words: what each id of it is, and where it can be seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from integration.courses.shelf import courses, grade_name, teachers
from integration.desk import Desk
from integration.learning.sessions import held_between
from integration.partnerships.co_plans import co_plans_between
from integration.partnerships.shelf import entries_between, partnerships
from integration.reach.tally import listed
from integration.reports.figures import Figure, Of
from integration.reports.report import Report

NO_NAME = "a class that is gone"


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


def behind(desk: Desk, of: Report, figure: Figure, *, after: str = "", at_most: int | None = None) -> list[Behind]:
    """What the figure counts, in its order: all of it, or a page that follows the thing whose id is `after`."""
    return _page(desk, of, figure, {} if figure.posts else _WAYS[figure.of](desk, of, figure.ids), after, at_most)


def behind_all(desk: Desk, of: Report, wanted: Sequence[Figure], at_most: int | None = None
               ) -> Iterator[tuple[Figure, list[Behind]]]:
    """The lists behind several figures one after the other, each kind of thing read once; of each, `at_most` so many."""
    words = {kind: way(desk, of, [id for each in wanted if each.of is kind for id in each.ids])
             for kind, way in _WAYS.items()}
    return ((figure, _page(desk, of, figure, words.get(figure.of, {}), "", at_most)) for figure in wanted)


def _page(desk: Desk, of: Report, figure: Figure, words: Words, after: str, at_most: int | None) -> list[Behind]:
    if figure.posts:
        return [Behind(one.id, one.title, one.course, f"/deliveries/{one.id}")
                for one in listed(desk, of.school, figure.posts, after=after, at_most=at_most)]
    start = figure.ids.index(after) + 1 if after in figure.ids else 0
    end = None if at_most is None else start + at_most
    amounts = [""] * len(figure.ids) if figure.amounts is None else [figure.fit_to_show(each) for each in figure.amounts]
    return [Behind(id, *words.get(id, (NO_NAME, "", "")), amount)
            for id, amount in zip(figure.ids[start:end], amounts[start:end], strict=True)]


def _classes(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.name, ", ".join(map(grade_name, card.grades)), f"/classes/{card.id}")
            for card in courses(desk, of.school.id)}


def _teachers(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.called, "", f"/teachers/{card.id}") for card in teachers(desk, of.school.id)}


def _grades(_desk: Desk, _of: Report, ids: Sequence[str]) -> Words:
    return {code: (grade_name(code), "", f"/classes?grade={code}") for code in ids}


def _entries(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.activity, f"{card.teacher}, {_in_full(card.on)}",
                      f"/partnerships/{card.partnership_id}/entries/{card.id}")
            for card in entries_between(desk, of.school.id, of.period.start, of.period.end)}


def _partnerships(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.teacher, "", f"/partnerships/{card.id}") for card in partnerships(desk, of.school.id)}


def _co_plans(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.unit, f"{card.teacher}, {_in_full(card.planned_on)}{f': {card.goals}' if card.goals else ''}",
                      f"/partnerships/{card.partnership_id}/co-plans/{card.id}")
            for card in co_plans_between(desk, of.school.id, of.period.start, of.period.end)}


def _sessions(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.topic, ", ".join(filter(None, (card.series, _in_full(card.on), card.audience))),
                      f"/pd/{card.series_id}/sessions/{card.id}")
            for card in held_between(desk, of.school.id, of.period.start, of.period.end)}


def _in_full(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


_WAYS: dict[Of, Callable[[Desk, Report, Sequence[str]], Words]] = {
    Of.CLASSES: _classes, Of.TEACHERS: _teachers, Of.GRADES: _grades, Of.ENTRIES: _entries, Of.PARTNERSHIPS: _partnerships,
    Of.CO_PLANS: _co_plans, Of.SESSIONS: _sessions,
}
