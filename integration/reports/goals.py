"""The goals of the school's improvement plan, and which entries of the log serve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from integration.curation.codes import known_code
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.shelf import entry
from integration.records import plain
from integration.records.base import new_id
from integration.records.upsert import insert_missing
from integration.reports.models import Goal, GoalEntry
from integration.reports.period import Period

LONGEST_TITLE = 300
LONGEST_MEASURE = 500


@dataclass(frozen=True)
class NewGoal:
    """A goal in the school's own words; `codes` are standards it rests on."""

    title: str
    begins_on: date
    ends_on: date
    measure: str = ""
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class GoalCard:
    """A goal as shown."""

    id: str
    title: str
    measure: str
    codes: tuple[str, ...]
    begins_on: date
    ends_on: date


def add_goal(desk: Desk, school_id: str, goal: NewGoal) -> str:
    """Write a goal down and answer its id. Raises Invalid."""
    values, id = _checked(goal), new_id()
    with desk.transaction() as session:
        session.add(Goal(id=id, school_id=school_id, created_at=desk.now(), **values))
    return id


def change_goal(desk: Desk, school_id: str, goal_id: str, goal: NewGoal) -> None:
    """Put a goal in other words. Raises Invalid, NotFound."""
    values = _checked(goal)
    with desk.transaction() as session:
        row = session.scalar(select(Goal).where(Goal.school_id == school_id, Goal.id == goal_id, Goal.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such goal. It may have been taken away.")
        for name, value in values.items():
            setattr(row, name, value)


def remove_goal(desk: Desk, school_id: str, goal_id: str) -> None:
    """Take a goal off every page. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Goal).where(Goal.school_id == school_id, Goal.id == goal_id, Goal.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such goal. It may have been taken away.")
        row.removed_at = desk.now()


def goals(desk: Desk, school_id: str) -> list[GoalCard]:
    """The school's goals, oldest first."""
    with desk.transaction() as session:
        rows = session.scalars(select(Goal).where(Goal.school_id == school_id, Goal.removed_at.is_(None)).order_by(Goal.id))
        return [GoalCard(row.id, row.title, row.measure, tuple(row.codes), row.begins_on, row.ends_on) for row in rows]


def serve(desk: Desk, school_id: str, entry_id: str, goal_ids: Sequence[str]) -> None:
    """Say which goals an entry serves, beside those whose standards it carries. Raises NotFound."""
    entry(desk, school_id, entry_id)
    if not set(goal_ids) <= {goal.id for goal in goals(desk, school_id)}:
        raise NotFound("There is no such goal. It may have been taken away.")
    with desk.transaction() as session:
        session.execute(delete(GoalEntry).where(GoalEntry.school_id == school_id, GoalEntry.entry_id == entry_id))
        insert_missing(session, GoalEntry, [{"id": new_id(), "school_id": school_id, "goal_id": goal, "entry_id": entry_id}
                                            for goal in dict.fromkeys(goal_ids)], key=("goal_id", "entry_id"))


def served(desk: Desk, school_id: str, entry_id: str) -> list[str]:
    """The goals she said an entry serves."""
    with desk.transaction() as session:
        return list(session.scalars(select(GoalEntry.goal_id).where(
            GoalEntry.school_id == school_id, GoalEntry.entry_id == entry_id)))


def goals_of(desk: Desk, school_id: str, of: Period) -> list[GoalCard]:
    """The goals in force in a period."""
    return [goal for goal in goals(desk, school_id) if goal.begins_on <= of.end and goal.ends_on >= of.start]


def _checked(goal: NewGoal) -> dict[str, object]:
    title, measure = plain.line(goal.title), plain.line(goal.measure)
    faults = {"title": _words(title, LONGEST_TITLE) if title else "Write the goal as the school’s plan has it.",
              "measure": _words(measure, LONGEST_MEASURE),
              "codes": next((f"“{code[:40]}” is no standard we know." for code in goal.codes if not known_code(code)), ""),
              "ends_on": "A goal ends after it begins." if goal.ends_on < goal.begins_on else ""}
    if any(faults.values()):
        raise Invalid(fields={field: sentence for field, sentence in faults.items() if sentence})
    return {"title": title, "measure": measure, "codes": list(dict.fromkeys(map(known_code, goal.codes))),
            "begins_on": goal.begins_on, "ends_on": goal.ends_on}


def _words(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"This has {len(text):,} characters; at most {longest:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(text)) else ""
