"""The page for the principal, as facts: the school's goals first, then whom it reached, how closely, what came of it, one ask."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from integration.accounts.schools import SchoolCard, school
from integration.courses.shelf import GRADES
from integration.desk import Desk
from integration.reach.classes import reach_classes
from integration.reach.coverage import Coverage, cover
from integration.reach.tally import Fate, Posts, Tally, tallies
from integration.reports import figures, notes, outcomes
from integration.reports.figures import Figure, Of, of_ids, of_posts
from integration.reports.level_mix import LevelMix, level_mixes
from integration.reports.period import Period, a_year_before, period
from integration.reports.stories import Story, stories
from integration.reports.together import GoalLine, log_figures, pd_figures

KEYS = {Fate.SEEN: "deliveries", Fate.STANDING: "standing", Fate.EDITED: "edited", Fate.REMOVED: "removed"}
LABELS = {Fate.SEEN: "posts students saw", Fate.STANDING: "posts standing now", Fate.EDITED: "edited by the teacher",
          Fate.REMOVED: "removed by the teacher"}


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
    stories: tuple[Story, ...]
    """On the report of a year, what came of it under the benefits she named; then `outcomes` has none of these."""
    ask: str
    before: Before | None
    classes_there_are: int

    def figures(self) -> Iterator[Figure]:
        """Every figure on the page."""
        lines = chain.from_iterable(line.figures for line in self.goals)
        mixes = chain.from_iterable(mix.figures for mix in self.levels)
        return chain(lines, self.reach, self.log, self.pd, self.months, mixes, cell_figures(self.coverage),
                     self.before.reach if self.before else ())

    def figure(self, key: str) -> Figure | None:
        """The figure of this key."""
        return next((each for each in self.figures() if each.key == key), None)


def report(desk: Desk, school_id: str, said: str) -> Report:
    """The report of `2026-11` or `2026`. Raises NotFound."""
    card = school(desk, school_id)
    of = period(said, card.year_starts_month)
    found = reach_classes(desk, school_id)
    then = a_year_before(of, card.year_starts_month, card.today(desk.now()))
    before, drawn = tallies(desk, card, found, (then.start, then.end), (of.first_drawn, of.end))
    log, goals = log_figures(desk, school_id, of)
    came = outcomes.fit_to_show(desk, school_id, of.start, of.end)
    within = [each for each in drawn if each.month >= f"{of.start:%Y-%m}"]
    return Report(
        school=card, period=of, goals=goals, reach=reach_figures(within, of), log=log, pd=pd_figures(desk, school_id, of),
        months=month_figures(of, drawn, card.today(desk.now())),
        levels=level_mixes(desk, school_id, of.start, of.end), coverage=cover(found, within),
        outcomes=tuple(one for one in came if not (of.is_year and one.benefit))[:outcomes.ON_THE_PAGE],
        stories=stories(came) if of.is_year else (),
        ask=notes.ask(desk, school_id, of.said),
        before=Before(then.label, then.named, reach_figures(before, then, "before-")) if before else None,
        classes_there_are=sum(each.is_used for each in found))


def reach_figures(counted: Sequence[Tally], of: Period, prefix: str = "") -> tuple[Figure, ...]:
    """Whom these posts reached, which are all that were first shown in the period."""
    cards = {each.course.id: each.course for each in counted}
    grades = {grade for card in cards.values() for grade in card.grades}
    teachers = (one.id for card in cards.values() for one in card.partners)
    posts = [(fate, sum(getattr(each, fate) for each in counted)) for fate in Fate]
    return (of_ids(f"{prefix}classes", "classes reached", Of.CLASSES, cards),
            of_ids(f"{prefix}teachers", "partner teachers", Of.TEACHERS, teachers),
            of_ids(f"{prefix}grades", "grades", Of.GRADES, sorted(grades, key=GRADES.index)),
            *(of_posts(prefix + KEYS[fate], LABELS[fate], Posts(of.start, of.end, fate), many) for fate, many in posts),
            figures.students(f"{prefix}students", cards, cards))


def cell_figures(grid: Coverage) -> Iterator[Figure]:
    """The classes reached in each cell of the grid."""
    return (of_ids(cell.key, f"classes in {cell.label}", Of.CLASSES, cell.reached_ids) for cell in grid.cells())


def month_figures(of: Period, drawn: Sequence[Tally], today: date) -> tuple[Figure, ...]:
    """The classes reached in each month; a month report draws the school year up to it, and none that is to come."""
    held = defaultdict[str, dict[str, None]](dict)
    for each in drawn:
        held[each.month][each.course.id] = None
    return tuple(of_ids(f"month-{month}", f"classes reached in {date.fromisoformat(f'{month}-01'):%B %Y}", Of.CLASSES, held[month])
                 for month in of.months if month <= f"{today:%Y-%m}")
