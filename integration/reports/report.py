"""The page for the principal, as facts: the school's goals first, then whom it reached, how closely, what came of it, one ask."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from integration.accounts.schools import SchoolCard, school
from integration.courses.shelf import GRADES, courses
from integration.desk import Desk
from integration.learning.sessions import SessionCard, held_between
from integration.partnerships.co_plans import CoPlanCard, co_plans_between
from integration.partnerships.shelf import EntryCard, entries_between
from integration.reach.coverage import Coverage, cover
from integration.reach.posts import partners
from integration.reach.quilt import is_used
from integration.reach.tally import Fate, Posts, Tally, tallies
from integration.reports import figures, notes, outcomes
from integration.reports.figures import Figure, Of, of_ids, of_posts
from integration.reports.goals import GoalCard, goals_of
from integration.reports.level_mix import LevelMix, level_mixes
from integration.reports.period import Period, a_year_before, period

KEYS = {Fate.SEEN: "deliveries", Fate.STANDING: "standing", Fate.EDITED: "edited", Fate.REMOVED: "removed"}
LABELS = {Fate.SEEN: "posts students saw", Fate.STANDING: "posts standing now", Fate.EDITED: "edited by the teacher",
          Fate.REMOVED: "removed by the teacher"}


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


@dataclass(frozen=True)
class Before:
    """The same time a year ago; it is there only when something was written down then."""

    label: str
    named: str
    reach: tuple[Figure, ...]


@dataclass(frozen=True)
class Report:
    """Everything on the page. Every number is a Figure, and so has its list."""

    school: SchoolCard
    period: Period
    goals: tuple[GoalLine, ...]
    reach: tuple[Figure, ...]
    log: tuple[Figure, ...]
    pd: tuple[Figure, ...]
    """What the staff were taught; it is no reach, and nobody of it is in `reach`."""
    months: tuple[Figure, ...]
    """Classes reached in each month of `period.months` that has begun."""
    levels: tuple[LevelMix, ...]
    coverage: Coverage
    outcomes: tuple[outcomes.OutcomeCard, ...]
    ask: str
    before: Before | None
    classes_there_are: int

    def figures(self) -> Iterator[Figure]:
        """Every figure on the page."""
        lines = chain.from_iterable(line.figures for line in self.goals)
        mixes = chain.from_iterable(mix.figures for mix in self.levels)
        cells = (of_ids(cell.key, f"classes in {cell.label}", Of.CLASSES, cell.reached_ids) for cell in self.coverage.cells())
        return chain(lines, self.reach, self.log, self.pd, self.months, mixes, cells, self.before.reach if self.before else ())

    def figure(self, key: str) -> Figure | None:
        """The figure of this key."""
        return next((each for each in self.figures() if each.key == key), None)


def report(desk: Desk, school_id: str, said: str) -> Report:
    """The report of `2026-11` or `2026`. Raises NotFound."""
    card = school(desk, school_id)
    of = period(said, card.year_starts_month)
    found = courses(desk, school_id)
    then = a_year_before(of, card.year_starts_month, card.today(desk.now()))
    before, drawn = tallies(desk, card, found, (then.start, then.end), (of.first_drawn, of.end))
    entries = entries_between(desk, school_id, of.start, of.end)
    within = [each for each in drawn if each.month >= f"{of.start:%Y-%m}"]
    return Report(
        school=card, period=of, goals=_goal_lines(desk, school_id, of, entries), reach=_reach(within, of),
        log=_log(entries, co_plans_between(desk, school_id, of.start, of.end)),
        pd=_pd(held_between(desk, school_id, of.start, of.end)),
        months=_months(of, drawn, card.today(desk.now())), levels=level_mixes(entries),
        coverage=cover(found, within), outcomes=outcomes.for_page(desk, school_id, entries),
        ask=notes.ask(desk, school_id, of.said),
        before=Before(then.label, then.named, _reach(before, then, "before-")) if before else None,
        classes_there_are=sum(is_used(each) for each in found))


def _reach(counted: Sequence[Tally], of: Period, prefix: str = "") -> tuple[Figure, ...]:
    """Whom these posts reached, which are all that were first shown in the period."""
    cards = {each.course.id: each.course for each in counted}
    grades = {grade for card in cards.values() for grade in card.grades}
    teachers = (one.id for card in cards.values() for one in partners(card))
    posts = [(fate, sum(getattr(each, fate) for each in counted)) for fate in Fate]
    return (of_ids(f"{prefix}classes", "classes reached", Of.CLASSES, cards),
            of_ids(f"{prefix}teachers", "partner teachers", Of.TEACHERS, teachers),
            of_ids(f"{prefix}grades", "grades", Of.GRADES, sorted(grades, key=GRADES.index)),
            *(of_posts(prefix + KEYS[fate], LABELS[fate], Posts(of.start, of.end, fate), many) for fate, many in posts),
            figures.students(f"{prefix}students", cards, cards))


def _log(entries: Sequence[EntryCard], planned: Sequence[CoPlanCard], prefix: str = "log-") -> tuple[Figure, ...]:
    return (of_ids(f"{prefix}entries", "entries in the log", Of.ENTRIES, (each.id for each in entries)),
            of_ids(f"{prefix}partnerships", "partnerships at work", Of.PARTNERSHIPS, (each.partnership_id for each in entries)),
            of_ids(f"{prefix}classes", "classes worked in", Of.CLASSES, (one.id for each in entries for one in each.classes)),
            figures.minutes(f"{prefix}minutes", entries),
            of_ids(f"{prefix}co_plans", "units planned together", Of.CO_PLANS, (each.id for each in planned)))


def _pd(held: Sequence[SessionCard]) -> tuple[Figure, ...]:
    """Sessions for the staff. Who comes twice is two, because nobody who came is known."""
    ids = tuple(each.id for each in held)
    return (of_ids("pd-sessions", "sessions held for the staff", Of.SESSIONS, ids),
            Figure("pd-minutes", "minutes of sessions", Of.SESSIONS, ids, tuple(each.minutes for each in held)),
            Figure("pd-staff", "seats taken by staff, added up over sessions", Of.SESSIONS, ids,
                   tuple(each.attendance or 0 for each in held)))


def _goal_lines(desk: Desk, school_id: str, of: Period, entries: Sequence[EntryCard]) -> tuple[GoalLine, ...]:
    return tuple(_goal_line(goal, serving) for goal, serving in goals_of(desk, school_id, of, entries))


def _goal_line(goal: GoalCard, entries: Sequence[EntryCard]) -> GoalLine:
    key = f"goal-{goal.id}"
    return GoalLine(
        goal, of_ids(f"{key}-activities", "activities", Of.ENTRIES, (each.id for each in entries)),
        of_ids(f"{key}-teachers", "teachers", Of.PARTNERSHIPS, (each.partnership_id for each in entries)),
        of_ids(f"{key}-classes", "classes", Of.CLASSES, (one.id for each in entries for one in each.classes)))


def _months(of: Period, drawn: Sequence[Tally], today: date) -> tuple[Figure, ...]:
    """The classes reached in each month; a month report draws the school year up to it, and none that is to come."""
    held = defaultdict[str, dict[str, None]](dict)
    for each in drawn:
        held[each.month][each.course.id] = None
    return tuple(of_ids(f"month-{month}", f"classes reached in {date.fromisoformat(f'{month}-01'):%B %Y}", Of.CLASSES, held[month])
                 for month in of.months if month <= f"{today:%Y-%m}")
