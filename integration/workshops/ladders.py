"""A school's citation ladder: the standard one until it has its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from integration.citations.ladder import STANDARD, Ladder, as_data, read_ladder
from integration.courses.subject import SUBJECTS
from integration.desk import Desk
from integration.workshops.models import LadderRow


def ladder(desk: Desk, school_id: str) -> Ladder:
    """The school's ladder."""
    with desk.transaction() as session:
        data = session.scalar(select(LadderRow.data).where(LadderRow.school_id == school_id))
    return STANDARD if data is None else read_ladder(data, subjects=list(SUBJECTS))


def change_ladder(desk: Desk, school_id: str, data: Mapping[str, Any]) -> None:
    """Keep the school's own ladder for the kits to come; kits that are made keep theirs. Raises Invalid, a sentence a field."""
    kept = as_data(read_ladder(data, subjects=list(SUBJECTS)))
    with desk.transaction() as session:
        session.execute(delete(LadderRow).where(LadderRow.school_id == school_id))
        session.add(LadderRow(school_id=school_id, data=kept, changed_at=desk.now()))


def take_standard_ladder(desk: Desk, school_id: str) -> None:
    """Go back to the standard ladder."""
    with desk.transaction() as session:
        session.execute(delete(LadderRow).where(LadderRow.school_id == school_id))
