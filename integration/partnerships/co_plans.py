"""What the two planned together: a unit's goals, who does what, materials, and how they will know. Planning is not reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.models import CoPlan
from integration.partnerships.shelf import partnership, partnerships
from integration.records import plain
from integration.records.base import new_id

LONGEST_UNIT = 200
LONGEST = 500
FIELDS = ("goals", "roles", "materials", "assessment")


@dataclass(frozen=True)
class NewCoPlan:
    """A unit as she writes it; of the four fields at least one says something."""

    planned_on: date
    unit: str
    goals: str = ""
    roles: str = ""
    materials: str = ""
    assessment: str = ""


@dataclass(frozen=True)
class CoPlanCard:
    """A unit planned together, as shown."""

    id: str
    partnership_id: str
    teacher: str
    planned_on: date
    unit: str
    goals: str
    roles: str
    materials: str
    assessment: str


def plan_together(desk: Desk, school_id: str, partnership_id: str, new: NewCoPlan) -> str:
    """Write down what was planned and answer its id. Raises Invalid, NotFound."""
    partnership(desk, school_id, partnership_id)
    values, id = _checked(desk, school_id, new), new_id()
    with desk.transaction() as session:
        session.add(CoPlan(id=id, school_id=school_id, partnership_id=partnership_id, written_at=desk.now(), **values))
    return id


def change_co_plan(desk: Desk, school_id: str, co_plan_id: str, new: NewCoPlan) -> None:
    """Put what was planned in other words. Raises Invalid, NotFound."""
    values = _checked(desk, school_id, new)
    with desk.transaction() as session:
        row = _row(session, school_id, co_plan_id)
        for name, value in values.items():
            setattr(row, name, value)


def remove_co_plan(desk: Desk, school_id: str, co_plan_id: str) -> None:
    """Take it away for good; nothing else hangs on it. Raises NotFound."""
    with desk.transaction() as session:
        session.delete(_row(session, school_id, co_plan_id))


def co_plan(desk: Desk, school_id: str, co_plan_id: str) -> CoPlanCard:
    """One unit planned together. Raises NotFound."""
    with desk.transaction() as session:
        found = _row(session, school_id, co_plan_id)
    return _cards(desk, school_id, [found])[0]


def co_plans(desk: Desk, school_id: str, partnership_id: str) -> list[CoPlanCard]:
    """What was planned in one partnership, newest first. Raises NotFound."""
    partnership(desk, school_id, partnership_id)
    return _read(desk, school_id, CoPlan.partnership_id == partnership_id)[::-1]


def co_plans_between(desk: Desk, school_id: str, first: date, last: date) -> list[CoPlanCard]:
    """What was planned from `first` to `last`, both included, oldest first."""
    return _read(desk, school_id, CoPlan.planned_on >= first, CoPlan.planned_on <= last)


def _read(desk: Desk, school_id: str, *which: ColumnElement[bool]) -> list[CoPlanCard]:
    with desk.transaction() as session:
        rows = session.scalars(select(CoPlan).where(CoPlan.school_id == school_id, *which)
                               .order_by(CoPlan.planned_on, CoPlan.id)).all()
    return _cards(desk, school_id, rows)


def _cards(desk: Desk, school_id: str, rows: Sequence[CoPlan]) -> list[CoPlanCard]:
    called = {card.id: card.teacher for card in partnerships(desk, school_id)} if rows else {}
    return [CoPlanCard(row.id, row.partnership_id, called[row.partnership_id], row.planned_on, row.unit, row.goals, row.roles,
                       row.materials, row.assessment) for row in rows]


def _row(session: Session, school_id: str, co_plan_id: str) -> CoPlan:
    row = session.scalar(select(CoPlan).where(CoPlan.school_id == school_id, CoPlan.id == co_plan_id))
    if row is None:
        raise NotFound("There is no such co-plan. It may have been taken away.")
    return row


def _checked(desk: Desk, school_id: str, new: NewCoPlan) -> dict[str, Any]:
    said = {name: plain.line(getattr(new, name)) for name in ("unit", *FIELDS)}
    is_to_come = school(desk, school_id).is_to_come(new.planned_on, desk.now())
    faults = {"planned_on": "This day is still to come. Say on which day you planned it." if is_to_come else "",
              **{name: _fault(text, LONGEST_UNIT if name == "unit" else LONGEST) for name, text in said.items()}}
    if not said["unit"]:
        faults["unit"] = "Say in a few words which unit it is."
    if not any(said[name] for name in FIELDS):
        faults["goals"] = "Say at least one thing you planned: its goals, who does what, materials, or how you will know."
    if any(faults.values()):
        raise Invalid(fields={name: sentence for name, sentence in faults.items() if sentence})
    return {"planned_on": new.planned_on, **said}


def _fault(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"This has {len(text):,} characters; at most {longest:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(text)) else ""
