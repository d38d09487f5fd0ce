"""What was done together, in figures: the log, the part of it that serves each goal, and what the staff were taught."""

from dataclasses import dataclass, replace

from integration.desk import Desk
from integration.learning.sessions import held_between
from integration.partnerships.co_plans import co_plans_between
from integration.reports.figures import Figure, Of, of_entries, of_ids
from integration.reports.goals import GoalCard, goals_of
from integration.reports.log import Counted, Entries, Serving, counted
from integration.reports.period import Period


@dataclass(frozen=True)
class GoalLine:
    """One goal and what serves it; an empty one is shown empty."""

    goal: GoalCard
    activities: Figure
    teachers: Figure
    classes: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        return self.activities, self.teachers, self.classes


def pd_figures(desk: Desk, school_id: str, of: Period) -> tuple[Figure, ...]:
    """Sessions for the staff. Who comes twice is two, because nobody who came is known."""
    held = held_between(desk, school_id, of.start, of.end)
    ids = tuple(each.id for each in held)
    return (of_ids("pd-sessions", "sessions held for the staff", Of.SESSIONS, ids),
            Figure("pd-minutes", "minutes of sessions", Of.SESSIONS, ids, tuple(each.minutes for each in held)),
            Figure("pd-staff", "seats taken by staff, added up over sessions", Of.SESSIONS, ids,
                   tuple(each.attendance or 0 for each in held)))


def log_figures(desk: Desk, school_id: str, of: Period) -> tuple[tuple[Figure, ...], tuple[GoalLine, ...]]:
    """The figures of the log, and of it those of each goal in force."""
    every, goals = Entries(of.start, of.end), goals_of(desk, school_id, of)
    wanted = [every, *(replace(every, serving=Serving(goal.id, goal.codes)) for goal in goals)]
    whole, *parts = counted(desk, school_id, wanted)
    lines = zip(goals, wanted[1:], parts, strict=True)
    planned = of_ids("log-co_plans", "units planned together", Of.CO_PLANS,
                     (each.id for each in co_plans_between(desk, school_id, of.start, of.end)))
    return (*_log(every, whole), planned), tuple(_goal_line(goal, entries, many) for goal, entries, many in lines)


def _log(entries: Entries, many: Counted) -> tuple[Figure, ...]:
    return (of_entries("log-entries", "entries in the log", Of.ENTRIES, entries, many.entries),
            of_entries("log-partnerships", "partnerships at work", Of.PARTNERSHIPS, entries, many.partnerships),
            of_entries("log-classes", "classes worked in", Of.CLASSES, entries, many.classes),
            of_entries("log-minutes", "minutes together, as written down", Of.ENTRIES, replace(entries, with_minutes=True),
                       many.minutes, many.timed))


def _goal_line(goal: GoalCard, entries: Entries, many: Counted) -> GoalLine:
    key = f"goal-{goal.id}"
    return GoalLine(goal, of_entries(f"{key}-activities", "activities", Of.ENTRIES, entries, many.entries),
                    of_entries(f"{key}-teachers", "teachers", Of.PARTNERSHIPS, entries, many.partnerships),
                    of_entries(f"{key}-classes", "classes", Of.CLASSES, entries, many.classes))
