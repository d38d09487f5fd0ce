"""The school's classes as counting needs them: a district has thousands, and a report wants little of each."""

import json
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Text, cast, exists, select

from integration.accounts.models import Account
from integration.courses.models import Course, CourseState, CourseTeacher, Mode, Teacher
from integration.courses.shelf import TeacherCard
from integration.delivery.models import Delivery
from integration.desk import Desk


class ReachClass(NamedTuple):
    """A class that is or may be reached."""

    id: str
    name: str
    grades: tuple[str, ...]
    subject: str
    mode: Mode
    students: int | None
    is_used: bool
    """Whether it belongs in the picture even before anything reached it."""
    partners: tuple[TeacherCard, ...]
    """Its teachers who are not librarians of the school, the owner first."""


def reach_classes(desk: Desk, school_id: str, *, where_seen: bool = False) -> list[ReachClass]:
    """Every class of the school by name, or only those in which students ever saw a post."""
    partners = _partners(desk, school_id)
    query = select(Course.id, Course.name, cast(Course.grades, Text), Course.subject, Course.mode, Course.students, Course.state,
                   Course.excluded).where(Course.school_id == school_id).order_by(Course.name, Course.id)
    if where_seen:
        query = query.where(exists().where(Delivery.course_id == Course.id, Delivery.published_at.is_not(None)))
    with desk.transaction() as session:
        return [ReachClass(id, name, _listed(grades), subject, mode, students, state is CourseState.ACTIVE and not excluded,
                           tuple(partners.get(id, ())))
                for id, name, grades, subject, mode, students, state, excluded in session.execute(query)]


def _partners(desk: Desk, school_id: str) -> dict[str, list[TeacherCard]]:
    librarians = select(Account.google_id).where(Account.school_id == school_id)
    known = (select(Teacher.id, Teacher.google_id, Teacher.name, Teacher.email)
             .where(Teacher.school_id == school_id, Teacher.google_id.not_in(librarians)))
    teaching = (select(CourseTeacher.course_id, CourseTeacher.teacher_id).join(Teacher, Teacher.id == CourseTeacher.teacher_id)
                .where(CourseTeacher.school_id == school_id)
                .order_by(CourseTeacher.is_owner.desc(), Teacher.name, Teacher.id))
    held = defaultdict[str, list[TeacherCard]](list)
    with desk.transaction() as session:
        cards = {row[0]: TeacherCard(*row, is_owner=False) for row in session.execute(known)}
        for course_id, teacher_id in session.execute(teaching):
            if teacher_id in cards:
                held[course_id].append(cards[teacher_id])
    return held


@lru_cache(maxsize=1000)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
