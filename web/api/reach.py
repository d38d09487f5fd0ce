"""Whom the library reached, with the list behind every figure."""

from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.reach.count import ReachRow, count
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
    """Count by partnership, class, grade, teacher, subject or month."""
    return whole([_shape(row) for row in count(desk(), visitor().school_id, by=query.by, start=query.start, end=query.end)])


def _shape(row: ReachRow) -> ReachShape:
    sized = [id for id in row.class_ids if id not in set(row.uncounted_ids)]
    return ReachShape(
        key=row.key, label=row.label, classes=row.classes, classes_ids=list(row.class_ids), grades=row.grades,
        grades_ids=list(row.grade_ids), teachers=row.teachers, teachers_ids=list(row.teacher_ids), students=row.students,
        students_ids=sized, deliveries=row.deliveries, deliveries_ids=list(row.delivery_ids), standing=row.standing,
        standing_ids=list(row.standing_ids), edited=row.edited, edited_ids=list(row.edited_ids), removed=row.removed,
        removed_ids=list(row.removed_ids), uncounted_ids=list(row.uncounted_ids))
