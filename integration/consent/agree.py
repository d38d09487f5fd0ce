"""Write down that a teacher agreed in person."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.consent.models import Agreement
from integration.courses.shelf import course
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid
from integration.records import audit, plain
from integration.records.base import new_id
from integration.records.upsert import insert_missing

LONGEST_NAME = 200


def agree(desk: Desk, school_id: str, course_id: str, *, occasion: str, by: str, on: date, account_id: str) -> None:
    """Write down that the teacher `by` agreed to `occasion` in this class on day `on`; kept for good.

    The same again does nothing. Raises NotFound for a class of another school, Invalid for an empty name or a day to
    come, AlreadyDone when another agreement to the same thing is written down.
    """
    course(desk, school_id, course_id)
    name = plain.line(by)
    _check(name, is_to_come=school(desk, school_id).is_to_come(on, desk.now()))
    row = {"id": new_id(), "school_id": school_id, "course_id": course_id, "occasion": occasion, "by": name, "on": on,
           "account_id": account_id, "written_at": desk.now()}
    with desk.transaction() as session:
        if insert_missing(session, Agreement, [row], key=("course_id", "occasion")):
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="agree", object=occasion)
        else:
            _must_be_the_same(session, course_id, occasion, name, on)


def _check(name: str, *, is_to_come: bool) -> None:
    faults = {"by": _name_fault(name), "on": "This day is still to come. Write it down when the teacher has agreed."
              if is_to_come else ""}
    if any(faults.values()):
        raise Invalid(fields={field: sentence for field, sentence in faults.items() if sentence})


def _name_fault(name: str) -> str:
    if not name:
        return "Write the name of the teacher who agreed."
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters. Shorten it."
    return f"The name has {found}. Type it anew." if (found := plain.fault(name)) else ""


def _must_be_the_same(session: Session, course_id: str, occasion: str, name: str, on: date) -> None:
    row = session.scalars(select(Agreement).where(Agreement.course_id == course_id, Agreement.occasion == occasion)).one()
    if (row.by, row.on) != (name, on):
        raise AlreadyDone(f"It is written down already that {row.by} agreed on {row.on:%B} {row.on.day}, {row.on.year}. "
                          "That stays; nothing was changed.")
