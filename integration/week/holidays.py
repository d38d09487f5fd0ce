"""Write down the days without school; a round falls on the first day of its week with school, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from integration.desk import Desk
from integration.errors import Invalid
from integration.records import plain
from integration.records.base import new_id
from integration.week.models import Holiday

LONGEST_NAME = 100
LONGEST_DAYS = 120
MOST = 100


@dataclass(frozen=True)
class HolidayCard:
    """Days without school, both included."""

    id: str
    name: str
    first: date
    last: date


def add_holiday(desk: Desk, school_id: str, name: str, first: date, last: date) -> str:
    """Write days without school down; gives their id. Raises Invalid."""
    kept = plain.line(name)
    wrong = {
        "name": "" if kept and len(kept) <= LONGEST_NAME and not plain.fault(kept) else
                f"Give it a name of at most {LONGEST_NAME} characters, such as Winter break.",
        "last": "Its last day is before its first." if last < first else
                f"More than {LONGEST_DAYS} days? Look at the years again." if (last - first).days > LONGEST_DAYS else "",
    }
    if any(wrong.values()):
        raise Invalid(fields={field: sentence for field, sentence in wrong.items() if sentence})
    with desk.transaction() as session:
        if len(session.scalars(select(Holiday.id).where(Holiday.school_id == school_id)).all()) >= MOST:
            raise Invalid(f"There are {MOST} holidays already. Remove some that are over. Nothing was saved.")
        row = Holiday(id=new_id(), school_id=school_id, name=kept, first=first, last=last)
        session.add(row)
        return row.id


def remove_holiday(desk: Desk, school_id: str, holiday_id: str) -> None:
    """Take days without school away again; again changes nothing."""
    with desk.transaction() as session:
        session.execute(delete(Holiday).where(Holiday.school_id == school_id, Holiday.id == holiday_id))


def all_holidays(desk: Desk, school_id: str) -> list[HolidayCard]:
    """A school's days without school, by their first."""
    with desk.transaction() as session:
        rows = session.scalars(select(Holiday).where(Holiday.school_id == school_id).order_by(Holiday.first, Holiday.id))
        return [HolidayCard(row.id, row.name, row.first, row.last) for row in rows]


def days_off(desk: Desk, school_id: str) -> Callable[[date], bool]:
    """Whether a day is without school there, as written down."""
    off = all_holidays(desk, school_id)
    return lambda day: any(each.first <= day <= each.last for each in off)
