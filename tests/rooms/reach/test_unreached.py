"""Whom nothing has reached yet is proposed kindly: by name, one at first, and never ranked."""

from datetime import date

from integration.desk import Desk
from integration.partnerships.log import HandEntry, write
from integration.reach.unreached import coverage, not_yet
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import empty_year


def test_at_the_beginning_there_is_one_proposal(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    for name in ("Rosa Gomez", "Ben Adeyemi"):
        make.course(desk, year.account, teachers=(make.teacher(desk, year.school_id, name=name),))
    found = not_yet(desk, year.school_id)
    assert ([each.teacher.name for each in found.teachers], found.is_beginning, found.others) == (["Ben Adeyemi"], True, 1)
    assert found.teachers[0].step == "Offer a few science sources for 6th Grade Science, as a draft that only its teachers see."


def test_later_all_stand_by_name_and_whoever_is_in_the_log_is_reached(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    teachers = [make.teacher(desk, year.school_id, name=name) for name in ("Eve", "Dan", "Cleo", "Ben", "Ana")]
    courses = [make.course(desk, year.account, teachers=(each,)) for each in teachers]
    year.post(courses[0], date(2026, 9, 3))
    year.post(courses[0], date(2026, 10, 3))
    year.post(courses[1], date(2026, 10, 3))
    write(desk, year.school_id, HandEntry(teachers[2].id, date(2026, 10, 9), "Planned together"))
    found = not_yet(desk, year.school_id)
    assert ([each.teacher.name for each in found.teachers], found.is_beginning) == (["Ana", "Ben"], False)


def test_last_years_posts_reach_nobody_this_year(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    year.post(make.course(desk, year.account, teachers=(make.teacher(desk, year.school_id),)), date(2026, 5, 3))
    assert [each.teacher.name for each in not_yet(desk, year.school_id).teachers] == ["Rosa Gomez"]


def test_the_grid_has_a_cell_where_there_is_a_class_and_a_gap_where_nothing_was(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    reached = make.course(desk, year.account, grades=["5", "6"])
    missed = make.course(desk, year.account, grades=["7"], subject="")
    year.post(reached, date(2026, 9, 30))
    year.post(reached, date(2026, 11, 2))
    grid = coverage(desk, year.school_id)
    cells = {(cell.grade, cell.subject): cell for cell in grid.cells()}
    assert set(cells) == {("5", "science"), ("6", "science"), ("7", "")}
    assert cells["6", "science"].months == ("2026-09", "2026-11") and not cells["6", "science"].is_gap
    assert (cells["7", ""].class_ids, cells["7", ""].is_gap) == ((missed.id,), True)
