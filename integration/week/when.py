"""Where a school is in its week, and when its next round comes."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from integration.accounts.schools import school
from integration.consent.weeks import week_of
from integration.desk import Desk
from integration.week.calendar import Off, Slot, next_slot
from integration.week.strike import holidays


@dataclass(frozen=True)
class Place:
    """A school's own calendar: its time zone, the week it is in, and its days off."""

    zone: ZoneInfo
    week: str
    off: tuple[Off, ...]


def place_of(desk: Desk, school_id: str) -> Place:
    """Where a school is in its week. Raises NotFound."""
    card = school(desk, school_id)
    with desk.transaction() as session:
        off = holidays(session)[school_id]
    return Place(ZoneInfo(card.timezone), week_of(card.today(desk.now())), tuple(off))


def next_round(desk: Desk, school_id: str) -> Slot:
    """When the next round of a school's librarians comes. Raises NotFound."""
    place = place_of(desk, school_id)
    return next_slot(desk.now(), place.zone, place.off)
