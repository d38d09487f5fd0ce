"""A sync of the classes, told by what she then sees."""

from dataclasses import replace

import pytest

from integration.accounts.models import Health
from integration.accounts.schools import account
from integration.courses.correct import set_excluded, set_grades
from integration.courses.models import Confidence, CourseState, Mode, SyncState
from integration.courses.shelf import CourseCard, changes, courses
from integration.courses.sync import request_sync, sync_courses
from integration.courses.syncs import latest_sync, quiet_syncs
from integration.errors import Invalid
from integration.later import Job
from integration.sandbox.schools import DEMO_TRUTH
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import Bell, Clock
from tests.rooms.courses.looking import Look


def sentences(look: Look, google_id: str) -> list[str]:
    return [change.sentence for change in changes(look.desk, look.school_id, look.card(google_id).id)]


def test_her_own_and_co_taught_classes_come_with_grade_owner_and_section(
        small: Look, world: World, librarian: Person, gomez: Person) -> None:
    own = world.add_course(librarian, "4th Grade Library")
    hers = world.add_course(gomez, "6th Grade Science", section="P3", teachers=(librarian,))
    small.sync()
    cards = small.cards()
    assert {id: (card.mode, card.grades) for id, card in cards.items()} == {
        own: (Mode.OWN, ("4",)), hers: (Mode.CO_TAUGHT, ("6",))}
    assert cards[hers].section == "P3"
    assert [teacher.called for teacher in cards[hers].teachers] == ["Rosa Gomez", "Maya Okafor"]
    assert [teacher.is_librarian for teacher in cards[hers].teachers] == [False, True]


def test_the_demo_school_is_nine_tenths_right(demo: Look) -> None:
    report = demo.sync()
    assert report.state is SyncState.DONE
    cards = demo.cards()
    judged = {id: DEMO_TRUTH[id] == cards[id].grades for id in DEMO_TRUTH if id in cards}
    assert len(judged) > 40
    assert sum(judged.values()) / len(judged) >= 0.9
    assert [cards[id].name for id, right in judged.items() if not right and cards[id].confidence is Confidence.SURE] == []


def test_a_second_sync_changes_nothing(small: Look, world: World, librarian: Person) -> None:
    world.add_course(librarian, "4th Grade Library", section="Wednesdays")
    small.sync()
    before = small.cards()
    small.sync()
    assert small.cards() == before
    assert sentences(small, next(iter(before))) == []


def test_what_she_set_survives_every_sync(small: Look, world: World, gomez: Person, librarian: Person) -> None:
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,))
    small.sync()
    id = small.card(google_id).id
    set_grades(small.desk, small.school_id, id, ["6", "5", "K"])
    set_excluded(small.desk, small.school_id, id, True)
    world.change_course(google_id, name="7th Grade Math")
    small.sync()
    card = small.card(google_id)
    assert (card.grades, card.confidence, card.excluded, card.is_corrected) == (("K", "5", "6"), Confidence.SET, True, True)
    assert card.evidence[0] == "You set the grades yourself; syncs leave them alone."
    assert set_grades(small.desk, small.school_id, id, None).grades == ("7",)


def test_a_grade_that_is_none_is_refused(small: Look, world: World, librarian: Person) -> None:
    google_id = world.add_course(librarian, "4th Grade Library")
    small.sync()
    with pytest.raises(Invalid, match="“13” is no grade"):
        set_grades(small.desk, small.school_id, small.card(google_id).id, ["13"])


def test_a_renamed_and_archived_class_says_so(small: Look, world: World, gomez: Person, librarian: Person) -> None:
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,))
    small.sync()
    world.change_course(google_id, name="Fifth Grade Maths")
    world.archive(google_id)
    small.sync()
    assert small.card(google_id).state is CourseState.ARCHIVED
    assert sentences(small, google_id) == [
        "Renamed from “5th Grade Math” to “Fifth Grade Maths”.",
        "The class was archived in Classroom; nothing can be posted there."]


def test_a_class_she_was_taken_off_is_gone_but_kept_and_comes_back(
        small: Look, world: World, gomez: Person, librarian: Person) -> None:
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,))
    small.sync()
    id = small.card(google_id).id
    world.remove_teacher(google_id, librarian)
    small.sync()
    assert (small.card(google_id).id, small.card(google_id).state) == (id, CourseState.GONE)
    assert sentences(small, google_id)[0].startswith("You are no longer a teacher of this class.")
    world.add_teacher(google_id, librarian)
    small.sync()
    assert small.card(google_id).state is CourseState.ACTIVE
    assert sentences(small, google_id)[0] == "The class is in view again."


def test_another_owner_is_said(small: Look, world: World, gomez: Person, librarian: Person) -> None:
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,))
    small.sync()
    world.change_course(google_id, ownerId=librarian.google_id)
    small.sync()
    assert sentences(small, google_id) == ["The class has another owner now."]
    assert small.card(google_id).mode is Mode.OWN
    assert [teacher.called for teacher in small.card(google_id).teachers if teacher.is_owner] == ["Maya Okafor"]


def test_without_the_roster_permission_only_the_owners_id_is_kept(
        without_rosters: Look, world: World, gomez: Person, librarian: Person) -> None:
    kid = world.add_person("kid@juniper.example", "Canary Kid", domain="juniper.example", kind="student")
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,), students=(kid,))
    assert without_rosters.sync().state is SyncState.DONE
    card = without_rosters.card(google_id)
    assert card.students is None
    assert [(each.google_id, each.name, each.is_owner) for each in card.teachers] == [(gomez.google_id, "", True)]
    assert without_rosters.sandbox.journal.named("courses.students.list") == []
    assert without_rosters.sandbox.journal.named("courses.teachers.list") == []


def test_with_the_roster_permission_students_are_only_counted(
        small: Look, world: World, gomez: Person, librarian: Person) -> None:
    kids = tuple(world.add_person(f"kid{n}@juniper.example", f"Canary {n}", domain="juniper.example", kind="student")
                 for n in range(12))
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian,), students=kids)
    small.sync()
    assert small.card(google_id).students == 12


def test_a_sync_under_way_is_not_asked_for_twice(small: Look, bell: Bell) -> None:
    first = request_sync(small.desk, small.school_id, small.account.id)
    assert request_sync(small.desk, small.school_id, small.account.id) == first
    assert (Job.SYNC_COURSES, {"sync_id": first}) in bell.rung


def test_a_sync_rings_for_the_streams_and_at_its_end_for_the_reach(
        small: Look, world: World, librarian: Person, bell: Bell) -> None:
    world.add_course(librarian, "4th Grade Library")
    report = small.sync()
    assert [job for job, _ in bell.rung] == [Job.SYNC_COURSES, Job.SYNC_STREAMS, Job.RECORD_REACH]
    assert bell.rung[-1][1] == {"school_id": small.school_id}
    assert (report.classes_seen, report.classes_left, report.errors) == (1, 0, ())


def test_a_librarian_without_classes_is_done_at_once(small: Look) -> None:
    report = small.sync()
    assert (report.state, report.classes_seen) == (SyncState.DONE, 0)


def test_a_sync_that_has_gone_quiet_is_found(small: Look, clock: Clock) -> None:
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    assert quiet_syncs(small.desk, 60) == []
    clock.forward(seconds=61)
    assert quiet_syncs(small.desk, 60) == [sync_id]


def test_a_revoked_grant_fails_the_sync_and_says_to_connect_again(small: Look, world: World, librarian: Person) -> None:
    world.revoke(librarian)
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    sync_courses(small.desk, sync_id)
    report = small.report(sync_id)
    assert report.state is SyncState.FAILED
    assert "onnect" in report.errors[0]["sentence"]
    assert account(small.desk, small.account.id).health is Health.REVOKED


def test_classes_can_be_read_page_by_page(small: Look, world: World, librarian: Person) -> None:
    for name in ("Art", "Band", "Art", "Chess Club", "6th Grade ELA"):
        world.add_course(librarian, name)
    small.sync()
    whole, after = courses(small.desk, small.school_id), None
    paged: list[CourseCard] = []
    while page := courses(small.desk, small.school_id, after=after, at_most=2):
        paged, after = paged + page, page[-1].id
    assert paged == whole


def test_two_librarians_of_a_school_share_a_class_and_one_leaving_does_not_lose_it(
        small: Look, world: World, gomez: Person, librarian: Person) -> None:
    theo = world.add_person("theo@juniper.example", "Theo Lindqvist", domain="juniper.example")
    google_id = world.add_course(gomez, "5th Grade Math", teachers=(librarian, theo))
    other = replace(small, account=make.account(small.desk, world, theo, school_id=small.school_id))
    small.sync()
    other.sync()
    assert small.card(google_id).account_id == small.account.id
    world.remove_teacher(google_id, librarian)
    small.sync()
    other.sync()
    assert (small.card(google_id).account_id, small.card(google_id).state) == (other.account.id, CourseState.ACTIVE)


def test_the_latest_sync_is_the_one_asked_for_last(small: Look, clock: Clock) -> None:
    small.sync()
    clock.forward(minutes=1)
    last = small.sync()
    assert latest_sync(small.desk, small.school_id) == last
