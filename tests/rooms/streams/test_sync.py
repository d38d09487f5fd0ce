"""A sync of the streams, told by what stands on the shelf afterwards and by what Google was asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from integration.courses import progress
from integration.courses.models import SyncState
from integration.courses.sync import request_sync, sync_courses
from integration.errors import Busy
from integration.records.base import Base
from integration.sandbox.names import CANARY
from integration.sandbox.world import Person, World
from integration.streams.models import PostState
from integration.streams.shelf import PostCard, standing, stream, topics
from integration.streams.sync import sync_streams
from tests.conftest import Clock
from tests.rooms.courses.looking import Look

LISTS = ("courses.announcements.list", "courses.courseWorkMaterials.list")


@pytest.fixture
def science(world: World, gomez: Person, librarian: Person, clock: Clock) -> str:
    """A class with a note, a reading under a topic, and a draft."""
    google_id = world.add_course(gomez, "6th Grade Science", teachers=(librarian,))
    topic = world.add_topic(google_id, "Unit 1: Ecosystems")
    world.add_post(google_id, "announcement", gomez, text="Lab on Monday.", at=clock() - timedelta(days=3))
    world.add_post(google_id, "material", gomez, title="Food webs", text="Read it.", topic=topic,
                   materials=({"link": {"url": "https://nature.example/webs"}},), at=clock() - timedelta(days=2))
    world.add_post(google_id, "announcement", gomez, text="Not finished.", state="DRAFT", at=clock() - timedelta(days=1))
    return google_id


def posts(look: Look, google_id: str) -> list[PostCard]:
    return stream(look.desk, look.school_id, look.card(google_id).id)


def texts(look: Look, google_id: str) -> list[str]:
    return [post.title or post.text for post in posts(look, google_id)]


def lists_asked(look: Look) -> int:
    return sum(len(look.sandbox.journal.named(name)) for name in LISTS)


def test_announcements_materials_and_topics_come_last_changed_first(small: Look, science: str) -> None:
    report = small.sync()
    assert (report.state, report.posts_seen) == (SyncState.DONE, 3)
    assert texts(small, science) == ["Not finished.", "Food webs", "Lab on Monday."]
    assert posts(small, science)[1].links == ("https://nature.example/webs",)
    assert [topic.name for topic in topics(small.desk, small.school_id, small.card(science).id)] == ["Unit 1: Ecosystems"]


def test_only_what_students_see_is_standing(small: Look, science: str) -> None:
    small.sync()
    id = small.card(science).id
    assert [post.title or post.text for post in standing(small.desk, small.school_id, [id])[id]] == [
        "Lab on Monday.", "Food webs"]


def test_an_unchanged_class_costs_two_calls(small: Look, science: str, clock: Clock) -> None:
    small.sync()
    before = posts(small, science)
    small.sandbox.journal.clear()
    clock.forward(hours=1)
    small.sync()
    assert (lists_asked(small), len(small.sandbox.journal.named("courses.topics.list"))) == (2, 0)
    assert posts(small, science) == before


def test_what_a_teacher_edited_published_or_deleted_is_seen(small: Look, science: str, world: World, clock: Clock) -> None:
    small.sync()
    lab, webs, draft = (post["id"] for post in world.posts(science))
    clock.forward(days=1)
    world.edit_post(science, lab, text="Lab on Tuesday.")
    clock.forward(minutes=1)
    world.publish_post(science, draft)
    clock.forward(minutes=1)
    world.delete_post(science, webs)
    small.sync()
    assert [(post.title or post.text, post.state) for post in posts(small, science)] == [
        ("Food webs", PostState.DELETED), ("Not finished.", PostState.PUBLISHED), ("Lab on Tuesday.", PostState.PUBLISHED)]


def test_a_post_is_not_gone_because_an_earlier_list_is_written_down_later(small: Look, science: str, world: World, gomez: Person,
                                                                          clock: Clock) -> None:
    small.sync()
    world.add_post(science, "announcement", gomez, text="Bring a coat.")
    clock.forward(minutes=1)
    small.sync()
    for name in LISTS:
        small.sandbox.trouble.order("stale", on=name, times=1, seconds=120)
    clock.forward(seconds=10)
    small.sync()
    assert next(post for post in posts(small, science) if post.text == "Bring a coat.").state is PostState.PUBLISHED


def test_a_post_google_shows_no_more_is_gone_but_kept(small: Look, science: str, world: World) -> None:
    small.sync()
    world.delete_post(science, world.posts(science)[0]["id"], at_once=True)
    small.sync()
    assert {post.text: post.state for post in posts(small, science)}["Lab on Monday."] is PostState.GONE


def test_a_changed_material_brings_the_topics_anew(small: Look, science: str, world: World, gomez: Person, clock: Clock) -> None:
    small.sync()
    clock.forward(days=1)
    topic = world.add_topic(science, "Unit 2: Matter")
    world.add_post(science, "material", gomez, title="Atoms", topic=topic)
    small.sync()
    assert [each.name for each in topics(small.desk, small.school_id, small.card(science).id)] == [
        "Unit 1: Ecosystems", "Unit 2: Matter"]


def test_a_long_stream_is_read_only_as_far_as_the_mark(small: Look, science: str, world: World, gomez: Person, clock: Clock
                                                       ) -> None:
    for number in range(250):
        world.add_post(science, "announcement", gomez, text=f"Note {number}", at=clock() - timedelta(days=5, minutes=number))
    small.sync()
    assert len(posts(small, science)) == 253
    clock.forward(days=1)
    world.add_post(science, "announcement", gomez, text="The newest")
    small.sandbox.journal.clear()
    small.sync()
    assert (lists_asked(small), texts(small, science)[0]) == (2, "The newest")
    small.sandbox.journal.clear()
    small.sync(full=True)
    assert lists_asked(small) == 4


def test_what_a_student_wrote_is_never_kept(small: Look, science: str, world: World) -> None:
    kid = world.add_person("kid@juniper.example", "Canary Kid", domain="juniper.example", kind="student")
    world.add_post(science, "announcement", kid, text="Canary asks for homework")
    small.sync()
    assert not [text for text in texts(small, science) if "Canary" in text]


def test_after_a_full_sync_of_the_demo_school_no_student_is_in_the_database(demo: Look) -> None:
    assert demo.sync(full=True).state is SyncState.DONE
    assert any(card.students for card in demo.cards().values())
    cells = list(every_cell(demo))
    assert len(cells) > 5000
    assert [cell for cell in cells if CANARY.casefold() in cell.casefold()] == []
    students = {google_id for course in demo.world.courses for google_id in demo.world.students(course)}
    assert students and not students & set(cells)


def every_cell(look: Look) -> Iterator[str]:
    with look.desk.transaction() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                yield from map(str, row)


def test_a_sync_writes_nothing_to_classroom(demo: Look) -> None:
    demo.sync()
    assert demo.sandbox.journal.writes() == []
    assert demo.sandbox.journal.wrong() == []


def test_a_class_that_google_refuses_fails_alone(small: Look, science: str, world: World, gomez: Person, librarian: Person
                                                 ) -> None:
    other = world.add_course(gomez, "7th Grade Science", teachers=(librarian,))
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    sync_courses(small.desk, sync_id)
    world.remove_teacher(other, librarian)
    sync_streams(small.desk, sync_id)
    report = small.report(sync_id)
    assert (report.state, report.classes_left) == (SyncState.PARTIAL, 0)
    assert [error["class_id"] for error in report.errors] == [small.card(other).id]
    assert "Ask the teacher" in report.errors[0]["sentence"]
    assert len(posts(small, science)) == 3


def test_a_killed_workers_class_is_taken_up_when_its_lease_runs_out(small: Look, science: str, clock: Clock) -> None:
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    sync_courses(small.desk, sync_id)
    assert len(progress.lease(small.desk, sync_id, 1)) == 1
    sync_streams(small.desk, sync_id)
    assert small.report(sync_id).state is SyncState.RUNNING
    clock.forward(seconds=progress.LEASE.total_seconds())
    sync_courses(small.desk, sync_id)
    sync_streams(small.desk, sync_id)
    assert (small.report(sync_id).state, len(posts(small, science))) == (SyncState.DONE, 3)


def test_a_grant_lost_halfway_fails_the_sync_and_keeps_what_was_read(
        small: Look, science: str, world: World, librarian: Person) -> None:
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    sync_courses(small.desk, sync_id)
    world.revoke(librarian)
    sync_streams(small.desk, sync_id)
    report = small.report(sync_id)
    assert report.state is SyncState.FAILED
    assert "onnect" in report.errors[-1]["sentence"]
    assert small.card(science).name == "6th Grade Science"


def test_a_sync_that_is_over_is_not_read_again(small: Look, science: str) -> None:
    report = small.sync()
    small.sandbox.journal.clear()
    sync_courses(small.desk, report.id)
    sync_streams(small.desk, report.id)
    assert len(small.sandbox.journal) == 0


def test_the_stream_can_be_read_page_by_page(small: Look, science: str) -> None:
    small.sync()
    id, whole = small.card(science).id, posts(small, science)
    first = stream(small.desk, small.school_id, id, at_most=2)
    assert first + stream(small.desk, small.school_id, id, at_most=2, after=first[-1].id) == whole


def test_a_busy_class_is_read_after_a_pause(small: Look, science: str) -> None:
    small.sandbox.trouble.order("busy", on="courses.announcements.list", times=2, seconds=0.01)
    report = small.sync()
    assert (report.state, len(posts(small, science))) == (SyncState.DONE, 3)


def test_a_google_that_is_not_there_ends_no_sync_and_the_next_try_goes_on(small: Look, science: str) -> None:
    sync_id = request_sync(small.desk, small.school_id, small.account.id)
    small.sandbox.trouble.order("busy", on="courses.list", times=0)
    with pytest.raises(Busy):
        sync_courses(small.desk, sync_id)
    assert small.report(sync_id).state is SyncState.RUNNING
    small.sandbox.trouble.clear()
    sync_courses(small.desk, sync_id)
    sync_streams(small.desk, sync_id)
    assert small.report(sync_id).state is SyncState.DONE


def test_a_class_google_always_stumbles_over_is_reported_and_the_others_are_read(
        small: Look, science: str, world: World, gomez: Person, librarian: Person) -> None:
    other = world.add_course(gomez, "7th Grade Science", teachers=(librarian,))
    small.sandbox.trouble.order("error_before", on="courses.announcements.list", course=other, times=0, status=500)
    report = small.sync()
    assert (report.state, report.classes_left, len(posts(small, science))) == (SyncState.PARTIAL, 0, 3)
    assert "several times" in report.errors[0]["sentence"]


def test_a_roster_google_stumbles_over_does_not_keep_the_class_away(small: Look, science: str) -> None:
    small.sandbox.trouble.order("error_before", on="courses.students.list", times=0, status=500)
    report = small.sync()
    assert report.state is SyncState.PARTIAL
    assert (small.card(science).students, len(posts(small, science))) == (None, 3)
