"""The page for the principal: goals first, every figure with its list, nothing counted that did not happen."""

from datetime import date

import pytest

from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.log import HandEntry, write
from integration.reach.count import ids_behind, total
from integration.reach.tally import Fate
from integration.reports.behind import behind, behind_all, ids_of
from integration.reports.data import data_of
from integration.reports.goals import NewGoal, add_goal, remove_goal, serve
from integration.reports.one import one_figure
from integration.reports.report import report
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import Year, a_year, empty_year, sum_of


@pytest.mark.parametrize("seed", range(2))
def test_every_figure_is_what_its_list_holds(desk: Desk, world: World, seed: int) -> None:
    year = a_year(desk, world, seed)
    for said in ("2026-11", "2026", "2025"):
        assert_lists_hold(desk, year, said)


def assert_lists_hold(desk: Desk, year: Year, said: str) -> None:
    of = report(desk, year.school_id, said)
    for figure, lines in behind_all(desk, of, list(of.figures())):
        assert lines == behind(desk, of, figure)
        assert len({line.id for line in lines}) == len(lines), f"{figure.key} counts something twice"
        assert all(line.label for line in lines)
        assert figure.number == sum_of(figure, lines), figure.key
        assert list(ids_of(desk, of, figure)) == [line.id for line in lines]
        if said == "2025":
            assert one_figure(desk, year.school_id, said, figure.key).figure == figure


@pytest.mark.parametrize("seed", range(2))
def test_the_report_and_the_table_of_reach_agree(desk: Desk, world: World, seed: int) -> None:
    year = a_year(desk, world, seed)
    row, said = total(desk, year.school_id, start=date(2026, 11, 1), end=date(2026, 11, 30)), data_of(
        desk, report(desk, year.school_id, "2026-11"))["reach"]
    assert (said["classes"], said["teachers"], said["deliveries"], said["standing"], said["edited"], said["removed"]) == (
        row.classes, row.teachers, row.deliveries, row.standing, row.edited, row.removed)
    assert set(said["classes_ids"]) == set(row.class_ids)
    assert said["standing_ids"] == ids_behind(desk, year.school_id, [row])[0][Fate.STANDING]


def test_a_month_ends_at_midnight_of_the_school(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    course = make.course(desk, year.account)
    last = year.post(course, date(2026, 10, 31))
    of = report(desk, year.school_id, "2026-10")
    assert [one.id for one in behind(desk, of, of.figure("deliveries"))] == [last]  # type: ignore[arg-type]
    assert report(desk, year.school_id, "2026-11").figure("deliveries").number == 0  # type: ignore[union-attr]


def test_an_empty_goal_is_shown_empty_and_one_taken_away_is_not(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    kept, gone = (add_goal(desk, year.school_id, NewGoal(title, date(2026, 8, 1), date(2027, 6, 30))) for title in ("A", "B"))
    remove_goal(desk, year.school_id, gone)
    of = report(desk, year.school_id, "2026-11")
    assert [(line.goal.id, line.activities.number) for line in of.goals] == [(kept, 0)]


def test_an_entry_serves_the_goals_she_ticks_and_those_whose_standard_it_carries(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    rosa = make.teacher(desk, year.school_id)
    days = (date(2026, 8, 1), date(2027, 6, 30))
    by_code, ticked = (add_goal(desk, year.school_id, NewGoal(title, *days, codes=codes))
                       for title, codes in (("Credit", ["VI.B"]), ("Calm", [])))
    entry = write(desk, year.school_id, HandEntry(rosa.id, date(2026, 11, 3), "Citation workshop", codes=["VI.B.2"]))
    for code in ("VI.A.1", "VI.BB", "VI.B_2", "x VI.B.2", "[\"VI.B.2"):
        write(desk, year.school_id, HandEntry(rosa.id, date(2026, 11, 4), "Book talk", codes=["IV.A.3", code]))
    serve(desk, year.school_id, entry, [ticked])
    of = report(desk, year.school_id, "2026-11")
    assert {line.goal.id: ids_of(desk, of, line.activities) for line in of.goals} == {by_code: [entry], ticked: [entry]}


def test_a_year_ago_is_set_beside_only_where_something_was_there_and_over_as_many_days(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    course = make.course(desk, year.account)
    assert report(desk, year.school_id, "2026").before is None
    year.post(course, date(2025, 9, 3))
    year.post(course, date(2026, 3, 3))
    before = report(desk, year.school_id, "2026").before
    assert before is not None
    assert {each.key: each.number for each in before.reach}["before-deliveries"] == 1


@pytest.mark.parametrize("said", ["2026-13", "2026-00", "26", "2026-1", "", "1999", "2026-11-01", "../../etc"])
def test_a_time_there_is_not_has_no_report(desk: Desk, world: World, said: str) -> None:
    year = empty_year(desk, world)
    with pytest.raises(NotFound):
        report(desk, year.school_id, said)


def test_so_few_students_are_not_told_apart(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    year.post(make.course(desk, year.account, students=4), date(2026, 11, 3))
    of = report(desk, year.school_id, "2026-11")
    figure = of.figure("students")
    assert figure is not None and figure.shown == "< 10"
    assert [line.amount for line in behind(desk, of, figure)] == ["< 10"]
    assert data_of(desk, of)["reach"]["students"] is None
