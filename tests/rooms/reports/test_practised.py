"""What a class's practice page counted hangs on the partnership's entry, and small classes are never told."""

from datetime import date

import pytest

from integration.courses.models import Course
from integration.desk import Desk
from integration.partnerships.log import Happened, record_all
from integration.partnerships.shelf import entries
from integration.reports.outcomes import OutcomeCard, outcomes_of
from integration.reports.report import report
from integration.sandbox.world import World
from integration.workshops.links import practice_address
from integration.workshops.make import remove_kit
from integration.workshops.practice import bench, hand_in, questions_of
from integration.workshops.shelf import kit
from tests import make
from tests.rooms.reports.years import Year, empty_year
from tests.rooms.workshops import makers


@pytest.fixture
def year(desk: Desk, world: World) -> Year:
    return empty_year(desk, world)


@pytest.fixture
def classes(desk: Desk, year: Year) -> list[Course]:
    return [make.course(desk, year.account, name=name, grades=["7"]) for name in ("7A", "7B")]


@pytest.fixture
def kit_id(desk: Desk, year: Year, classes: list[Course]) -> str:
    """A workshop in two parts that stood in both classes."""
    id = makers.kit(desk, year.school_id, doses=["before", "after"])
    rosa = make.teacher(desk, year.school_id)
    record_all(desk, year.school_id, [
        Happened(teacher_id=rosa.id, occasion=f"collection:{part}", on=date(2026, 11, 3), activity=f"Citing: {dose}",
                 course_ids=[each.id for each in classes], codes=[])
        for dose, part in kit(desk, year.school_id, id).doses.items()])
    return id


def _hand_in(desk: Desk, kit_id: str, course: Course, many: int) -> None:
    """Nobody knows anything before; everybody knows everything after."""
    at = bench(desk, practice_address(desk.settings, kit_id, course.id).rpartition("/")[2])
    for _ in range(many):
        hand_in(desk, at, "before", {each.key: "9" for each in questions_of(at.paper, "before")})
        hand_in(desk, at, "after", {each.key: each.right for each in questions_of(at.paper, "after")})


def _told(desk: Desk, year: Year) -> list[OutcomeCard]:
    return [one for each in entries(desk, year.school_id) for one in outcomes_of(desk, year.school_id, each.id)]


def test_an_average_hangs_once_on_the_workshops_last_part(desk: Desk, year: Year, classes: list[Course], kit_id: str) -> None:
    _hand_in(desk, kit_id, classes[0], 12)
    told = _told(desk, year)
    assert [each.sentence for each in told] == ["The average rose from 0 to 4 of 4 points (n = 12 before, 12 after)."]
    assert [(each.activity, each.is_counted) for each in told] == [("Citing: after", True)]


def test_a_class_of_fewer_than_ten_cannot_be_worked_out_from_the_sum(desk: Desk, year: Year, classes: list[Course],
                                                                     kit_id: str) -> None:
    _hand_in(desk, kit_id, classes[0], 12)
    _hand_in(desk, kit_id, classes[1], 9)
    assert [each.sentence for each in _told(desk, year)] == [
        "The average rose from 0 to 4 of 4 points (n = 12 before, 12 after)."]


def test_two_classes_are_told_as_one_average(desk: Desk, year: Year, classes: list[Course], kit_id: str) -> None:
    _hand_in(desk, kit_id, classes[0], 10)
    _hand_in(desk, kit_id, classes[1], 11)
    assert "(n = 21 before, 21 after)" in _told(desk, year)[0].sentence


def test_it_stands_on_the_page_for_the_principal_and_outlives_the_kit(desk: Desk, year: Year, classes: list[Course],
                                                                      kit_id: str) -> None:
    _hand_in(desk, kit_id, classes[0], 10)
    remove_kit(desk, year.school_id, kit_id)
    assert [each.activity for each in report(desk, year.school_id, "2026-11").outcomes] == ["Citing: after"]
