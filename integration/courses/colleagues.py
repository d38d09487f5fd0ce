"""Colleagues without a class in Classroom, such as a counselor: the library works with them too."""

from sqlalchemy import select

from integration.courses.models import Teacher
from integration.courses.shelf import COLLEAGUE
from integration.desk import Desk
from integration.errors import Invalid
from integration.records import plain
from integration.records.base import new_id

LONGEST_NAME = 300


def add_colleague(desk: Desk, school_id: str, name: str) -> str:
    """Know a colleague by name and answer her id, the old one if she is known. Raises Invalid."""
    called = plain.line(name)
    if not called or len(called) > LONGEST_NAME or plain.fault(called):
        raise Invalid(fields={"name": "Write the colleague’s name in plain letters."})
    with desk.transaction() as session:
        known = session.scalar(select(Teacher.id).where(Teacher.school_id == school_id, Teacher.name == called,
                                                        Teacher.google_id.startswith(COLLEAGUE)))
        if known:
            return known
        row = Teacher(id=new_id(), school_id=school_id, google_id=f"{COLLEAGUE}{new_id()}", name=called)
        session.add(row)
        return row.id
