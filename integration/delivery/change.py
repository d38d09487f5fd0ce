"""Bring an update under way into a class."""

from integration.delivery.lease import Held
from integration.desk import Desk
from integration.google.classroom import Classroom


def change(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from UPDATING or REPLACING back to PUBLISHED. Raises GoogleError, NotAllowed, Lost."""
    raise NotImplementedError(held.state)
