"""The topic of a class under which the library's materials stand: found, made when missing, known again when renamed."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import delete, select, text

from integration.courses.models import Course
from integration.delivery.accept import accept
from integration.delivery.ledger import deliveries
from integration.delivery.models import UsedTopic
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.send import send_due
from integration.sandbox.app import Sandbox
from integration.schema import alembic_settings
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


def sends(library: Library, topic: str = "Library") -> None:
    title = f"Volcanoes, part {len(deliveries(library.desk, library.school_id))}"
    new = NewPlan(library.collection(title=title), Rule(grades=["6"]), topic=topic)
    accept(library.desk, library.school_id, plan(library.desk, library.school_id, library.account.id, new), library.account.id)
    send_due(library.desk, library.school_id)


def topics_of_posts(library: Library, course: Course) -> list[str]:
    """The ids of the topics under which the posts stand, the oldest post first."""
    posts = sorted(library.posts(course, "PUBLISHED"), key=lambda post: str(post["creationTime"]))
    return [str(post.get("topicId", "")) for post in posts]


@pytest.fixture
def course(library: Library) -> Course:
    return library.own_class()


@pytest.mark.parametrize("is_read_before", [True, False])
def test_a_topic_the_teacher_made_and_renamed_after_it_was_used_is_used_again(library: Library, course: Course, clock: Clock,
                                                                             is_read_before: bool) -> None:
    hers = library.world.add_topic(course.google_id, "Library")
    sends(library)
    library.world.rename_topic(course.google_id, hers, "Reading corner")
    clock.forward(minutes=1)
    if is_read_before:
        library.look()
    sends(library)
    assert library.world.topics(course.google_id) == {hers: "Reading corner"}
    assert topics_of_posts(library, course) == [hers, hers]


def test_a_topic_with_the_very_name_comes_before_one_that_was_renamed(library: Library, course: Course, clock: Clock) -> None:
    sends(library)
    [ours] = library.world.topics(course.google_id)
    library.world.rename_topic(course.google_id, ours, "Unit 2")
    new = library.world.add_topic(course.google_id, "Library")
    library.look()
    clock.forward(minutes=1)
    sends(library)
    assert topics_of_posts(library, course) == [ours, new]


def test_a_topic_that_was_deleted_is_made_anew_and_remembered(library: Library, course: Course, clock: Clock) -> None:
    sends(library)
    library.look()
    [first] = library.world.topics(course.google_id)
    library.world.remove_topic(course.google_id, first)
    clock.forward(minutes=1)
    sends(library)
    [second] = library.world.topics(course.google_id)
    library.world.rename_topic(course.google_id, second, "Reading")
    clock.forward(minutes=1)
    sends(library)
    assert library.world.topics(course.google_id) == {second: "Reading"}
    assert topics_of_posts(library, course)[1:] == [second, second]


def test_two_wished_names_are_two_topics_also_once_both_were_renamed(library: Library, course: Course, clock: Clock) -> None:
    for topic in ("Library", "Makerspace"):
        sends(library, topic)
        clock.forward(minutes=1)
    by_name = {name: id for id, name in library.world.topics(course.google_id).items()}
    for name, id in by_name.items():
        library.world.rename_topic(course.google_id, id, f"{name}, Room 12")
    sends(library, "Makerspace")
    assert topics_of_posts(library, course) == [by_name["Library"], by_name["Makerspace"], by_name["Makerspace"]]


def test_names_differ_by_case_but_not_by_white_space(library: Library, course: Course, clock: Clock) -> None:
    library.world.add_topic(course.google_id, "library corner")
    sends(library, "  Library   corner ")
    clock.forward(minutes=1)
    sends(library, "Library  corner")
    assert sorted(library.world.topics(course.google_id).values()) == ["Library corner", "library corner"]
    assert len(set(topics_of_posts(library, course))) == 1 and len(topics_of_posts(library, course)) == 2


def test_another_class_remembers_nothing_of_this_one(library: Library, course: Course, clock: Clock) -> None:
    sends(library)
    other = library.own_class("6B")
    clock.forward(minutes=1)
    sends(library)
    assert list(library.world.topics(other.google_id).values()) == ["Library"] and len(topics_of_posts(library, other)) == 1


def test_what_was_made_before_topics_were_remembered_is_taken_over(library: Library, course: Course) -> None:
    sends(library)
    migration = ScriptDirectory.from_config(alembic_settings()).get_revision("0015").module
    with library.desk.transaction() as session:
        [before] = session.execute(select(UsedTopic.course_id, UsedTopic.name, UsedTopic.google_id)).all()
        session.execute(delete(UsedTopic))
        session.execute(text(migration.OF_BEFORE))
        assert session.execute(select(UsedTopic.course_id, UsedTopic.name, UsedTopic.google_id)).all() == [before]
    assert before == (course.id, "Library", next(iter(library.world.topics(course.google_id))))


def test_topics_are_only_ever_listed_and_made(library: Library, course: Course, sandbox: Sandbox, clock: Clock) -> None:
    sends(library)
    [topic_id] = library.world.topics(course.google_id)
    library.world.rename_topic(course.google_id, topic_id, "Reading")
    library.look()
    clock.forward(minutes=1)
    sends(library)
    asked = {call.name for call in sandbox.journal if ".topics." in call.name}
    assert asked == {"courses.topics.list", "courses.topics.create"}
