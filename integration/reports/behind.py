"""The list behind a figure, in words: what each id of it is, and where it can be seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from integration.courses.shelf import courses, grade_name, teachers
from integration.delivery.ledger import titles
from integration.desk import Desk
from integration.partnerships.shelf import entries_between, partnerships
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


def behind(desk: Desk, of: Report, figure: Figure) -> list[Behind]:
    """Every thing the figure counts, in the figure's order; as many as its number, or adding up to it."""
    return _lines(_WAYS[figure.of](desk, of, figure.ids), figure)


def behind_all(desk: Desk, of: Report, wanted: Sequence[Figure]) -> list[tuple[Figure, list[Behind]]]:
    """The lists behind several figures, each kind of thing read once."""
    words = {kind: way(desk, of, [id for each in wanted if each.of is kind for id in each.ids])
             for kind, way in _WAYS.items()}
    return [(figure, _lines(words[figure.of], figure)) for figure in wanted]


def _lines(words: Words, figure: Figure) -> list[Behind]:
    amounts = [""] * len(figure.ids) if figure.amounts is None else [figure.fit_to_show(each) for each in figure.amounts]
    return [Behind(id, *words.get(id, (NO_NAME, "", "")), amount) for id, amount in zip(figure.ids, amounts, strict=True)]


def _classes(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.name, ", ".join(map(grade_name, card.grades)), f"/classes/{card.id}")
            for card in courses(desk, of.school.id)}


def _teachers(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.called, "", f"/teachers/{card.id}") for card in teachers(desk, of.school.id)}


def _grades(_desk: Desk, _of: Report, ids: Sequence[str]) -> Words:
    return {code: (grade_name(code), "", f"/classes?grade={code}") for code in ids}


def _deliveries(desk: Desk, of: Report, ids: Sequence[str]) -> Words:
    return {id: (title, course, f"/deliveries/{id}") for id, title, course in titles(desk, of.school.id, ids)}


def _entries(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.activity, f"{card.teacher}, {card.on:%B} {card.on.day}, {card.on.year}",
                      f"/partnerships/{card.partnership_id}/entries/{card.id}")
            for card in entries_between(desk, of.school.id, of.period.start, of.period.end)}


def _partnerships(desk: Desk, of: Report, _ids: Sequence[str]) -> Words:
    return {card.id: (card.teacher, "", f"/partnerships/{card.id}") for card in partnerships(desk, of.school.id)}


_WAYS: dict[Of, Callable[[Desk, Report, Sequence[str]], Words]] = {
    Of.CLASSES: _classes, Of.TEACHERS: _teachers, Of.GRADES: _grades, Of.DELIVERIES: _deliveries, Of.ENTRIES: _entries,
    Of.PARTNERSHIPS: _partnerships,
}
