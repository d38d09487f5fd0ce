"""The grid of skills: what each class was taught of citing in a school year, how it got on, and what comes next for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from integration.accounts.schools import school
from integration.citations.ladder import Ladder
from integration.citations.styles import NAMES as STYLE_NAMES
from integration.courses.shelf import GRADES, CourseCard, courses, grade_name
from integration.courses.year import spell
from integration.delivery.models import Delivery, Plan
from integration.desk import Desk
from integration.reach.posts import are_seen
from integration.reach.quilt import is_used
from integration.workshops.ladders import ladder
from integration.workshops.results import Average
from integration.workshops.shelf import kits_by_part
from integration.workshops.skills import NAMES, PRACTISED, Skill, added, skills_of, tries

ENOUGH = 70
"""Per cent right from which a skill need not come again."""
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Square:
    """One skill in one class. Beyond its grade it `is_later`; else not `is_given` is a gap."""

    skill: Skill
    is_later: bool
    is_given: bool
    tried: Average

    @property
    def is_gap(self) -> bool:
        """Whether this grade learns it, and this class had no workshop of it."""
        return not self.is_later and not self.is_given

    @property
    def percent(self) -> int | None:
        """How many tries of a hundred were right; None below ten tries."""
        return None if self.tried.average is None else round(100 * self.tried.points / self.tried.done)


@dataclass(frozen=True)
class ClassSkills:
    """One class's line. `next` says in words what would come next; a kit for `next_grade` has it."""

    course: CourseCard
    grade: str
    squares: tuple[Square, ...]
    next: str
    next_grade: str


@dataclass(frozen=True)
class SkillGrid:
    """A school year's classes; `said` is the calendar year it begins in."""

    said: int
    label: str
    is_now: bool
    classes: tuple[ClassSkills, ...]

    def gaps(self) -> Iterator[tuple[ClassSkills, Square]]:
        """What a class should have learnt in its grade, and has had no workshop of."""
        return ((one, square) for one in self.classes for square in one.squares if square.is_gap)


def skill_grid(desk: Desk, school_id: str, said: int | None = None) -> SkillGrid:
    """The grid of a school year, this one when none is said; an earlier one has only the classes that were taught."""
    card, starts = school(desk, school_id), school(desk, school_id).year_starts_month
    today = card.today(desk.now())
    now = today.year if today.month >= starts else today.year - 1
    year = now if said is None else max(FIRST_YEAR, min(said, now))
    given = _given(desk, school_id, date(year, starts, 1), date.fromordinal(date(year + 1, starts, 1).toordinal() - 1))
    shown = [each for each in courses(desk, school_id) if each.grades and (each.id in given or (is_used(each) and year == now))]
    counts, steps = tries(desk, school_id), ladder(desk, school_id)
    lines = [_line(each, given.get(each.id, {}), counts, steps) for each in shown]
    lines.sort(key=lambda line: (GRADES.index(line.grade), line.course.name.casefold(), line.course.id))
    return SkillGrid(year, spell(year), year == now, tuple(lines))


def _given(desk: Desk, school_id: str, first: date, last: date) -> Mapping[str, Mapping[str, str]]:
    """By class, the kits that students saw, with the grade of each."""
    parts = kits_by_part(desk, school_id)
    held: dict[str, dict[str, str]] = defaultdict(dict)
    query = (select(Delivery.course_id, Plan.collection_id).join(Plan, Plan.id == Delivery.plan_id).distinct()
             .where(are_seen(school(desk, school_id), first, last), Plan.collection_id.in_(parts)))
    with desk.transaction() as session:
        for course_id, collection_id in session.execute(query) if parts else ():
            kit_id, grade = parts[collection_id]
            held[course_id][kit_id] = grade
    return held


def _line(course: CourseCard, given: Mapping[str, str], counts: Mapping[tuple[str, str], Mapping[Skill, Average]],
          steps: Ladder) -> ClassSkills:
    grade = max(course.grades, key=GRADES.index)
    taught = {skill for its in given.values() for skill in skills_of(its)}
    tried: dict[Skill, Average] = {}
    for kit_id in given:
        for skill, average in counts.get((kit_id, course.id), {}).items():
            tried[skill] = added(tried.get(skill), average)
    squares = tuple(Square(skill, skill not in skills_of(grade) and skill not in taught, skill in taught,
                           tried.get(skill, Average(0, 0))) for skill in Skill)
    return ClassSkills(course, grade, squares, *_next(grade, squares, steps))


def _next(grade: str, squares: Sequence[Square], steps: Ladder) -> tuple[str, str]:
    """What would come next, and the grade of a kit that has it."""
    gaps = [each for each in squares if each.is_gap]
    if gaps and not any(each.is_given for each in squares):
        return f"Begin: {_form(grade, steps)}", grade
    if gaps:
        return f"Next: {NAMES[gaps[0].skill].lower()}.", grade
    asked = [each for each in squares if each.is_given and each.skill in PRACTISED]
    if untried := next((each for each in asked if each.percent is None), None):
        return f"Let them practise: {NAMES[untried.skill].lower()}.", grade
    weakest = min(asked, key=lambda each: each.percent or 0)
    if (weakest.percent or 0) < ENOUGH:
        return f"Once more: {NAMES[weakest.skill].lower()} ({weakest.percent} % of tries were right).", grade
    above = GRADES[min(GRADES.index(grade) + 1, len(GRADES) - 1)]
    return f"Ready for the next step: {_form(above, steps)}", above


def _form(grade: str, steps: Ladder) -> str:
    step = steps.rung(grade)
    return f"{grade_name(grade)}. {step.says if step else f'A whole style, {STYLE_NAMES[steps.style_for(grade)]}.'}"
