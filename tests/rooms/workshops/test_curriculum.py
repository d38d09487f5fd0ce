"""The curriculum map: brought from a sheet, never doubled, and giving each class its windows."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from integration.accounts.models import Account
from integration.courses.shelf import course
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.spreadsheet import read_sheet
from integration.sandbox.world import World
from integration.workshops.bring_map import BroughtMap, bring_map
from integration.workshops.models import ProjectWindow
from integration.workshops.windows import remove_window, starting, windows, windows_of
from tests import make
from tests.conftest import Clock

HEAD = "Unit,Grade,Subject,Starts,Ends,Topics\n"
CIVIL_WAR = "Civil War,gr 8,Social studies,2/2/2027,2/20/2027,causes; letters; Reconstruction\n"
PLANTS = "Plants,K–2,Science,2027-03-01,2027-03-12,\n"


@pytest.fixture
def her(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("lena@juniper.example", "Lena Ortiz"))


def brought(desk: Desk, her: Account, lines: str, head: str = HEAD) -> BroughtMap:
    return bring_map(desk, her.school_id, read_sheet((head + lines).encode()))


def kept(desk: Desk, her: Account) -> list[tuple[str, date, date]]:
    return [(each.unit, each.starts_on, each.ends_on) for each in windows(desk, her.school_id)]


def test_each_line_is_a_window(desk: Desk, her: Account) -> None:
    assert brought(desk, her, CIVIL_WAR + PLANTS) == BroughtMap(2, 0, 0, ())
    war, plants = windows(desk, her.school_id)
    assert (war.grades, war.subject, war.topics) == (("8",), "social-studies", ("causes", "letters", "Reconstruction"))
    assert (war.starts_on, war.ends_on) == (date(2027, 2, 2), date(2027, 2, 20))
    assert (plants.grades, plants.topics) == (("K", "1", "2"), ())


def test_brought_again_nothing_is_doubled_whatever_the_order_of_its_columns(desk: Desk, her: Account) -> None:
    brought(desk, her, CIVIL_WAR + PLANTS)
    assert brought(desk, her, CIVIL_WAR + PLANTS) == BroughtMap(0, 0, 2, ())
    turned = brought(desk, her, "2027-02-20;8th grade;CIVIL war;2027-02-02;US History;causes|letters|Reconstruction\n",
                     "End date;Grade;Unit title;Start date;Subject;Topics\n")
    assert (turned.new, turned.bad) == (0, ()) and len(kept(desk, her)) == 2


def test_a_unit_moves_to_the_days_its_line_has_now(desk: Desk, her: Account) -> None:
    brought(desk, her, CIVIL_WAR)
    assert brought(desk, her, CIVIL_WAR.replace("2/2/", "2/9/")) == BroughtMap(0, 1, 0, ())
    assert kept(desk, her) == [("Civil War", date(2027, 2, 9), date(2027, 2, 20))]


def test_a_unit_taught_twice_a_year_is_kept_twice_and_next_year_anew(desk: Desk, her: Account) -> None:
    twice = CIVIL_WAR + CIVIL_WAR.replace("2/2/", "5/3/").replace("2/20/", "5/21/")
    assert brought(desk, her, twice).new == 2
    assert brought(desk, her, twice) == BroughtMap(0, 0, 2, ())
    assert brought(desk, her, CIVIL_WAR.replace("2027", "2028")) == BroughtMap(1, 0, 0, ())
    assert len(kept(desk, her)) == 3


@pytest.mark.parametrize(("line", "said"), [
    (",8,Science,2027-02-02,2027-02-20,", "no unit"), ("X,eight-ish,Science,2027-02-02,2027-02-20,", "no grade"),
    ("X,8,Juggling,2027-02-02,2027-02-20,", "no subject"), ("X,8,Science,soon,2027-02-20,", "not a day"),
    ("X,8,Science,2027-02-02,,", "no day"), ("X,8,Science,2027-02-20,2027-02-02,", "before it starts"),
    ("X,8,Science,2027-02-02,2029-02-02,", "more than a year"), (f"{'x' * 201},8,,2027-02-02,2027-02-20,", "characters"),
    ("X\u202ey,8,,2027-02-02,2027-02-20,", "direction"), (CIVIL_WAR.strip(), "A line above"),
])
def test_a_bad_line_is_named_by_its_number_and_the_others_come(desk: Desk, her: Account, line: str, said: str) -> None:
    found = brought(desk, her, f"{CIVIL_WAR}\n{line}\n{PLANTS}")
    assert [each.number for each in found.bad] == [4] and said in found.bad[0].sentence
    assert [unit for unit, _, _ in kept(desk, her)] == ["Civil War", "Plants"]


def test_a_sheet_without_a_needed_column_brings_nothing(desk: Desk, her: Account) -> None:
    with pytest.raises(Invalid, match="no column grade, ends"):
        brought(desk, her, "Civil War,2027-02-02\n", "Unit,Starts\n")
    assert kept(desk, her) == []


def test_a_class_has_the_windows_of_its_grade_and_subject_that_have_not_ended(desk: Desk, her: Account) -> None:
    brought(desk, her, CIVIL_WAR + PLANTS + "Research,6-8,,2027-01-11,2027-01-29,\nDone,8,,2026-09-01,2026-09-18,\n")
    history = make.course(desk, her, grades=["8"], subject="social-studies")
    science = make.course(desk, her, grades=["8"], subject="science")
    cards = [course(desk, her.school_id, one.id) for one in (history, science)]
    found = [[each.unit for each in windows_of(desk, her.school_id, card)] for card in cards]
    assert found == [["Research", "Civil War"], ["Research"]]


def test_a_unit_is_proposed_on_the_monday_three_weeks_ahead_and_once_more(desk: Desk, her: Account, clock: Clock) -> None:
    clock.at = datetime(2026, 1, 2, 12, tzinfo=UTC)
    brought(desk, her, "Civil War,8,Social studies,2026-02-02,2026-02-20,\n")
    found = [bool(starting(desk, her.school_id, day)) for day in
             (date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 26))]
    assert found == [False, True, True, False]


def test_a_map_is_of_one_school_and_a_unit_is_taken_off(desk: Desk, world: World, her: Account) -> None:
    brought(desk, her, CIVIL_WAR)
    other = make.account(desk, world, world.add_person("omar@other.example", "Omar"))
    [window] = windows(desk, her.school_id)
    assert windows(desk, other.school_id) == []
    with pytest.raises(NotFound):
        remove_window(desk, other.school_id, window.id)
    remove_window(desk, her.school_id, window.id)
    with desk.transaction() as session:
        assert session.scalars(select(ProjectWindow)).all() == []
