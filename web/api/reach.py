"""Whom the library reached, with the list behind every figure."""

from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.reach.count import ReachRow, count, ids_behind
from integration.reach.tally import Fate
from integration.reach.unreached import coverage, not_yet
from web.api.room import listed, room
from web.api.shapes import Day, Query, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("reach", "Whom the library reached, counted from what really stands.")


class ReachQuery(Query):
    """Of which days, and what a row stands for."""

    start: Day | None = Field(None, alias="from", description="Without it, from the first day of the school year.")
    end: Day | None = Field(None, alias="to", description="Without it, to today. Both days are included.")
    by: Literal["partnership", "class", "grade", "teacher", "subject", "month"] = "class"


class ReachShape(BaseModel):
    """One row; every figure is the length of the list behind it, but `students`, which adds up the classes in `students_ids`."""

    key: str
    label: str
    classes: int
    classes_ids: list[str]
    grades: int
    grades_ids: list[str]
    teachers: int
    teachers_ids: list[str]
    students: int | None
    students_ids: list[str]
    deliveries: int
    deliveries_ids: list[str]
    standing: int
    standing_ids: list[str]
    edited: int
    edited_ids: list[str]
    removed: int
    removed_ids: list[str]
    uncounted_ids: list[str]


@blueprint.get("/reach", responses={200: listed(ReachShape)})
@open_to(Who.LIBRARIAN)
def index(query: ReachQuery) -> Response:
    """Count by partnership, class, grade, teacher, subject or month.

    The database counts; only the ids of posts grow with them: for very many, ask for a part of the year.
    """
    rows = count(desk(), visitor().school_id, by=query.by, start=query.start, end=query.end)
    return whole([_shape(*each) for each in zip(rows, ids_behind(desk(), visitor().school_id, rows), strict=True)])


class CellShape(BaseModel):
    """One grade's classes in one subject, this school year; a gap has classes and none reached."""

    grade: str
    subject: str
    classes: int
    classes_ids: list[str]
    reached: int
    reached_ids: list[str]
    months: list[str]
    is_gap: bool


class UnreachedShape(BaseModel):
    """A teacher whom nothing has reached yet this school year, and the gentlest next step."""

    teacher_id: str
    teacher: str
    classes_ids: list[str]
    step: str


@blueprint.get("/reach/coverage", responses={200: listed(CellShape)})
@open_to(Who.LIBRARIAN)
def show_coverage() -> Response:
    """Show the grid of this school year, grade by subject."""
    return whole([CellShape(
        grade=cell.grade, subject=cell.subject, classes=len(cell.class_ids), classes_ids=list(cell.class_ids),
        reached=len(cell.reached_ids), reached_ids=list(cell.reached_ids), months=list(cell.months), is_gap=cell.is_gap)
        for cell in coverage(desk(), visitor().school_id).cells()])


@blueprint.get("/reach/not-yet", responses={200: listed(UnreachedShape)})
@open_to(Who.LIBRARIAN)
def show_not_yet() -> Response:
    """List by name whom nothing has reached yet; at the beginning only one."""
    return whole([UnreachedShape(teacher_id=each.teacher.id, teacher=each.teacher.called,
                                 classes_ids=[card.id for card in each.classes], step=each.step)
                  for each in not_yet(desk(), visitor().school_id).teachers])


def _shape(row: ReachRow, posts: dict[Fate, list[str]]) -> ReachShape:
    sized = [id for id in row.class_ids if id not in set(row.uncounted_ids)]
    return ReachShape(
        key=row.key, label=row.label, classes=row.classes, classes_ids=list(row.class_ids), grades=row.grades,
        grades_ids=list(row.grade_ids), teachers=row.teachers, teachers_ids=list(row.teacher_ids), students=row.students,
        students_ids=sized, deliveries=row.deliveries, deliveries_ids=posts[Fate.SEEN], standing=row.standing,
        standing_ids=posts[Fate.STANDING], edited=row.edited, edited_ids=posts[Fate.EDITED], removed=row.removed,
        removed_ids=posts[Fate.REMOVED], uncounted_ids=list(row.uncounted_ids))
