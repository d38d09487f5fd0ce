"""The classes an account saw before and sees no more, each with the reason in words."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from integration.courses.models import Course, CourseState
from integration.desk import Desk
from integration.errors import Refused
from integration.google.classroom import Classroom
from integration.google.seen import CourseSeen

DELETED = "The class was deleted in Classroom. What the library did there stays in the record."
NOT_HERS = "You are no longer a teacher of this class. What the library did there stays in the record."


def vanished(desk: Desk, classroom: Classroom, school_id: str, account_id: str, seen: Iterable[CourseSeen]) -> Mapping[str, str]:
    """Google's id of each class no longer shown → why, asked of Google class by class."""
    shown = {course.google_id for course in seen}
    with desk.transaction() as session:
        known = session.scalars(select(Course.google_id).where(
            Course.school_id == school_id, Course.account_id == account_id, Course.state != CourseState.GONE)).all()
    return {google_id: _why(classroom, google_id) for google_id in known if google_id not in shown}


def _why(classroom: Classroom, google_id: str) -> str:
    """Ask for the class itself: whether it was deleted, or she was taken off it."""
    try:
        classroom.get_course(google_id)
    except Refused as error:
        if error.status == 404:
            return DELETED
    return NOT_HERS
