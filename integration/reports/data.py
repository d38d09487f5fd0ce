"""The report as JSON: every figure with the ids it counts, under names that stay.

Where there are more things in a list than `LISTED`, their ids are null; the list at `…_list` has them a page at a time.
"""

import json
from typing import Any
from urllib.parse import quote

from integration.desk import Desk
from integration.reports.behind import ids_of
from integration.reports.figures import LISTED, Figure
from integration.reports.outcomes import OutcomeCard
from integration.reports.report import Report
from integration.reports.together import GoalLine
from integration.reports.told import counted


def json_of(desk: Desk, of: Report) -> str:
    """The report as one JSON object."""
    return json.dumps(data_of(desk, of), ensure_ascii=False, indent=1)


def data_of(desk: Desk, of: Report) -> dict[str, Any]:
    """The report as one object: `classes` and `classes_ids` side by side, as in /reach."""
    return {
        "period": of.period.said, "label": of.period.label, "from": f"{of.period.start}", "to": f"{of.period.end}",
        "school": of.school.name, "classes_there_are": of.classes_there_are, "goals": [_goal(desk, of, line) for line in of.goals],
        "reach": _side_by_side(desk, of, of.reach), "log": _side_by_side(desk, of, of.log, "log-"),
        "pd": _side_by_side(desk, of, of.pd, "pd-"),
        "months": [{"month": each.key.removeprefix("month-"), **_named(desk, of, "classes", each)} for each in of.months],
        "levels": [{"scheme": mix.scheme, "level": each.key.removeprefix(f"level-{mix.scheme}-"), "name": each.label,
                    **_named(desk, of, "entries", each)} for mix in of.levels for each in mix.figures],
        "coverage": [{"grade": cell.grade, "subject": cell.subject, "classes": len(cell.class_ids), "classes_ids": cell.class_ids,
                      "reached": len(cell.reached_ids), "reached_ids": cell.reached_ids, "months": cell.months}
                     for cell in of.coverage.cells()],
        "outcomes": [_outcome(each) for each in of.outcomes],
        "benefits": [{"benefit": each.benefit, "name": each.label, "outcomes": [_outcome(one) for one in each.outcomes]}
                     for each in of.stories],
        "ask": of.ask, "before": _before(desk, of),
        "counted": counted(of)}


def _before(desk: Desk, of: Report) -> dict[str, Any] | None:
    return {"label": of.before.label, **_side_by_side(desk, of, of.before.reach, "before-")} if of.before else None


def _outcome(one: OutcomeCard) -> dict[str, Any]:
    return {"id": one.id, "entry_id": one.entry_id, "kind": one.kind, "sentence": one.sentence, "helps": one.helps, "url": one.url}


def _goal(desk: Desk, of: Report, line: GoalLine) -> dict[str, Any]:
    said = {"id": line.goal.id, "title": line.goal.title, "measure": line.goal.measure, "codes": line.goal.codes}
    return said | _side_by_side(desk, of, line.figures, f"goal-{line.goal.id}-")


def _side_by_side(desk: Desk, of: Report, figures: tuple[Figure, ...], prefix: str = "") -> dict[str, Any]:
    named = ((each.key.removeprefix(prefix), each) for each in figures)
    return {key: value for name, each in named for key, value in _named(desk, of, name, each).items()}


def _named(desk: Desk, of: Report, name: str, figure: Figure) -> dict[str, Any]:
    """A figure, its ids and its list; so few students that they are not told apart are None, and none where no size is known."""
    is_hidden = figure.shown != f"{figure.number:,}" or (name == "students" and not figure.ids)
    ids = ids_of(desk, of, figure) if figure.things <= LISTED else None
    there = f"{desk.settings.origin}/api/v1/reports/{of.period.said}/lists/{quote(figure.key)}"
    said = {name: None if is_hidden else figure.number, f"{name}_ids": ids}
    return said | {f"{name}_list": there} if figure.is_counted else said
