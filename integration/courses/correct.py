"""Correct what was detected; a correction survives every sync."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard, school
from integration.courses.grades import Words
from integration.courses.models import Course
from integration.courses.shelf import GRADES, CourseCard, course
from integration.courses.verdict import Correction, verdict
from integration.desk import Desk
from integration.errors import Invalid, NotFound


def set_grades(desk: Desk, school_id: str, course_id: str, grades: Sequence[str] | None) -> CourseCard:
    """Set a class's grades for good; none of them is a grade too, and None lets the evidence decide again.

    Raises Invalid for a code that is no grade, and NotFound.
    """
    if wrong := [code for code in grades or () if code not in GRADES]:
        raise Invalid(fields={"grades": f"“{wrong[0]}” is no grade. Use PK, TK, K or a number from 1 to 12."})
    hers = None if grades is None else [code for code in GRADES if code in grades]
    place = school(desk, school_id)
    with desk.transaction() as session:
        row = _row(session, school_id, course_id)
        row.set_grades = hers
        _decide(desk, place, row)
    return course(desk, school_id, course_id)


def set_excluded(desk: Desk, school_id: str, course_id: str, excluded: bool | None) -> CourseCard:
    """Leave a class out of plans or take it in, for good; None lets the evidence decide again. Raises NotFound."""
    place = school(desk, school_id)
    with desk.transaction() as session:
        row = _row(session, school_id, course_id)
        row.set_excluded = excluded
        _decide(desk, place, row)
    return course(desk, school_id, course_id)


def _row(session: Session, school_id: str, course_id: str) -> Course:
    row = session.scalar(select(Course).where(Course.school_id == school_id, Course.id == course_id).with_for_update())
    if row is None:
        raise NotFound("There is no such class. It may belong to another school.")
    return row


def _decide(desk: Desk, place: SchoolCard, row: Course) -> None:
    decided = verdict(Words(row.name, row.section, row.heading, row.levels), row.google_subject,
                      Correction(row.set_grades, row.set_excluded), today=place.today(desk.now()),
                      year_starts_month=place.year_starts_month)
    if not decided["school_year"]:
        decided.pop("school_year")
    for name, value in decided.items():
        setattr(row, name, value)
