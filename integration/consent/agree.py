"""Write down that a teacher agreed in person."""

from datetime import date

from integration.desk import Desk
from integration.errors import NotFound


def agree(desk: Desk, school_id: str, course_id: str, *, occasion: str, by: str, on: date, account_id: str) -> None:
    """Write down that the teacher `by` agreed to `occasion` in this class on day `on`; kept for good.

    The same again does nothing. Raises NotFound for a class of another school, Invalid for an empty name or a day to
    come, AlreadyDone when another agreement to the same thing is written down.
    """
    raise NotFound
