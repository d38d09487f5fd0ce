"""The grid of skills shows what a class was taught of citing, what is missing, and what comes next; small numbers stay unsaid."""

from datetime import date

import pytest

from integration.courses.models import Course
from integration.delivery.models import Delivery, Plan
from integration.desk import Desk
from integration.reach.skills import ClassSkills, skill_grid
from integration.sandbox.world import World
from integration.workshops.links import practice_address
from integration.workshops.practice import answer, bench
from integration.workshops.shelf import kit
from integration.workshops.skills import Skill
from tests import make
from tests.rooms.reports.years import Year, empty_year
from tests.rooms.workshops import makers


@pytest.fixture
def year(desk: Desk, world: World) -> Year:
    return empty_year(desk, world)


@pytest.fixture
def course(desk: Desk, year: Year) -> Course:
    return make.course(desk, year.account, name="7B", grades=["7"])


def _given(desk: Desk, year: Year, course: Course, on: date, grade: str = "7") -> str:
    """A workshop that students of the class saw; answers the kit's id."""
    id = makers.kit(desk, year.school_id, grade=grade)
    delivery_id, part = year.post(course, on), next(iter(kit(desk, year.school_id, id).doses.values()))
    with desk.transaction() as session:
        session.get_one(Plan, session.get_one(Delivery, delivery_id).plan_id).collection_id = part
    return id


def _line(desk: Desk, year: Year, said: int | None = None) -> ClassSkills:
    return skill_grid(desk, year.school_id, said).classes[0]


def _try(desk: Desk, kit_id: str, course: Course, skill: Skill, many: int, *, is_right: bool) -> None:
    at = bench(desk, practice_address(desk.settings, kit_id, course.id).rpartition("/")[2])
    question = next(each for each in at.paper.practice if each.key.startswith(skill))
    for _ in range(many):
        answer(desk, at, question.key, question.right if is_right else "9")


def _state(line: ClassSkills, skill: Skill) -> tuple[bool, bool, int | None]:
    square = next(each for each in line.squares if each.skill is skill)
    return square.is_gap, square.is_given, square.percent


def test_a_class_without_a_workshop_is_all_gaps_and_begins_with_its_own_grade(desk: Desk, year: Year, course: Course) -> None:
    line = _line(desk, year)
    assert [square.is_gap for square in line.squares] == [True] * len(Skill)
    assert (line.next, line.next_grade) == ("Begin: Grade 7. A whole style, MLA.", "7")


def test_a_workshop_students_saw_fills_its_grades_skills(desk: Desk, year: Year, course: Course) -> None:
    _given(desk, year, course, date(2026, 10, 5))
    assert list(skill_grid(desk, year.school_id).gaps()) == []
    assert _line(desk, year).next == "Let them practise: name the parts."


def test_a_younger_grades_workshop_leaves_gaps(desk: Desk, year: Year, course: Course) -> None:
    _given(desk, year, course, date(2026, 10, 5), grade="4")
    assert [square.skill for _, square in skill_grid(desk, year.school_id).gaps()] == [Skill.WEIGH, Skill.AI]
    assert _line(desk, year).next == "Next: weigh a source."


def test_fewer_than_ten_tries_are_not_told(desk: Desk, year: Year, course: Course) -> None:
    kit_id = _given(desk, year, course, date(2026, 10, 5))
    _try(desk, kit_id, course, Skill.FAULT, 9, is_right=True)
    assert _state(_line(desk, year), Skill.FAULT) == (False, True, None)


def test_the_weakest_skill_comes_once_more_and_then_the_next_grade(desk: Desk, year: Year, course: Course) -> None:
    kit_id = _given(desk, year, course, date(2026, 10, 5))
    for skill in (Skill.PART, Skill.FAULT, Skill.RIGHT, Skill.GAP, Skill.WRITE):
        _try(desk, kit_id, course, skill, 10, is_right=skill is not Skill.GAP)
    assert _line(desk, year).next == "Once more: fill the gap (0 % of tries were right)."
    _try(desk, kit_id, course, Skill.GAP, 30, is_right=True)
    assert _line(desk, year).next == "Ready for the next step: Grade 8. A whole style, MLA."


def test_another_year_has_only_what_was_taught_then(desk: Desk, year: Year, course: Course) -> None:
    make.course(desk, year.account, name="7C", grades=["7"])
    _given(desk, year, course, date(2025, 10, 5))
    assert [each.course.name for each in skill_grid(desk, year.school_id, 2025).classes] == ["7B"]
    assert [_state(each, Skill.PART)[0] for each in skill_grid(desk, year.school_id).classes] == [True, True]
