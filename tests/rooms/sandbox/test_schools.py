"""The demo school and the districts by seed."""

from datetime import UTC, datetime
from time import perf_counter

from integration.sandbox.demo_classes import SchoolYear, class_lines
from integration.sandbox.names import CANARY
from integration.sandbox.schools import DEMO_TRUTH, MAYA, demo_school, district
from integration.sandbox.world import World
from tests.conftest import Clock

NOVEMBER = SchoolYear(2026)


def shared(world: World, email: str) -> list[str]:
    """The classes somebody teaches."""
    person = world.people_by_email[email]
    return [course for course in world.courses if person.google_id in world.teachers(course)]


def test_maya_teaches_about_sixty_classes(school_world: World) -> None:
    assert 55 <= len(shared(school_world, MAYA)) <= 66


def test_theo_teaches_two_and_nora_none(school_world: World) -> None:
    assert len(shared(school_world, "theo.lindqvist@juniper.example")) == 2
    assert shared(school_world, "nora.empty@juniper.example") == []


def test_grade_six_is_plain_in_six_classes_of_four_teachers(school_world: World) -> None:
    plain = [line for line in class_lines(NOVEMBER) if line.grades == ("6",) and line.state == "ACTIVE"]
    assert len([line for line in plain if line.teacher != "okafor"]) == 6
    assert len({line.teacher for line in plain} - {"okafor"}) == 4
    assert any(line.teacher == "okafor" for line in plain)


def test_the_truth_speaks_of_classes_that_exist(school_world: World) -> None:
    assert set(DEMO_TRUTH) <= set(school_world.courses)
    assert len(DEMO_TRUTH) > 50


def test_one_name_is_three_hundred_characters_and_one_holds_markup(school_world: World) -> None:
    names = [school_world.course(course)["name"] for course in shared(school_world, MAYA)]
    assert any(len(name) == 300 for name in names)
    assert any("<b>" in name for name in names)


def test_rosters_hold_twelve_to_thirty_children(school_world: World) -> None:
    sizes = {len(school_world.students(course)) for course in shared(school_world, MAYA)
             if school_world.course(course)["courseState"] != "PROVISIONED"}
    assert min(sizes) >= 12
    assert max(sizes) <= 30


def test_every_child_carries_the_canary_in_name_and_address(school_world: World) -> None:
    children = [person for person in school_world.people.values() if person.kind == "student"]
    assert len(children) > 300
    assert all(CANARY in child.name and CANARY.lower() in child.email for child in children)


def test_what_students_wrote_carries_the_canary(school_world: World) -> None:
    by_students = [post for course in school_world.courses for post in school_world.posts(course)
                   if school_world.people[post["creatorUserId"]].kind == "student"]
    assert len(by_students) >= 4
    assert all(CANARY in post["text"] for post in by_students)


def test_the_same_school_opens_each_time(clock: Clock) -> None:
    first, second = demo_school(clock), demo_school(clock)
    assert [first.course(course) for course in first.courses] == [second.course(course) for course in second.courses]


def test_names_follow_the_school_year() -> None:
    later = {line.name for line in class_lines(SchoolYear.of(datetime(2028, 2, 1, tzinfo=UTC)))}
    assert "6th Grade Science – P3 (Gomez) 27-28" in later
    assert "Class of 2031 (SY 2027-28)" in later


def test_nothing_in_the_school_lies_in_the_future(school_world: World, clock: Clock) -> None:
    moments = [post["updateTime"] for course in school_world.courses for post in school_world.posts(course)]
    assert max(moments) <= clock().isoformat()


def test_a_district_shares_its_classes_out_evenly(clock: Clock) -> None:
    world = district(3, clock, courses=200, librarians=4)
    librarians = list(world.people_by_email)[:4]
    assert [len(shared(world, librarian)) for librarian in librarians] == [50, 50, 50, 50]


def test_one_librarian_can_be_in_every_class(clock: Clock) -> None:
    world = district(3, clock, courses=100, librarians=4, one_librarian_in_all=True)
    assert len(shared(world, next(iter(world.people_by_email)))) == 100


def test_the_same_seed_makes_the_same_district(clock: Clock) -> None:
    first, second = (district(7, clock, courses=50, librarians=2) for _ in range(2))
    assert [first.course(course)["name"] for course in first.courses] == [
        second.course(course)["name"] for course in second.courses]


def test_a_whole_district_is_made_in_seconds(clock: Clock) -> None:
    before = perf_counter()
    district(1, clock)
    assert perf_counter() - before < 10
