"""After a lost answer we look: what is ours is adopted, what a person removed stays removed, what we removed is made again."""

from sqlalchemy import select

from integration.accounts.connection import open_classroom
from integration.courses.models import Course
from integration.delivery.accept import accept
from integration.delivery.gone import DELETED_LATE
from integration.delivery.lease import held_for_cleaning
from integration.delivery.look import orphans
from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.send import send_due
from integration.google.seen import PostSeen
from integration.records.base import new_id
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

CREATE = "courses.courseWorkMaterials.create"
PATCH = "courses.courseWorkMaterials.patch"


def row(library: Library) -> Delivery:
    with library.desk.transaction() as session:
        return session.scalars(select(Delivery)).one()


def lost_answer(library: Library, sandbox: Sandbox, *, with_link: bool = True) -> Course:
    """A class in which a draft stands whose answer was lost."""
    course = library.own_class()
    library.accepted(with_link=with_link)
    sandbox.trouble.order("cut_after", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    return course


def deleted_by_us(library: Library, post_id: str) -> None:
    """A delete of ours on record."""
    mine = row(library)
    with library.desk.transaction() as session:
        session.add(Attempt(id=new_id(), school_id=mine.school_id, delivery_id=mine.id, kind="delete", lease_token="janitor",
                            request_hash="", post_id=post_id, started_at=library.desk.now(), outcome="ok",
                            finished_at=library.desk.now()))


def test_of_several_drafts_the_oldest_is_adopted(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = lost_answer(library, sandbox)
    [first] = library.posts(course)
    clock.forward(minutes=1)
    library.another_draft(course)
    send_due(library.desk, library.school_id)
    assert row(library).post_id == first["id"] and [post["id"] for post in library.posts(course, "PUBLISHED")] == [first["id"]]
    assert [post.google_id for post in _orphans(library)] == [post["id"] for post in library.posts(course, "DRAFT")]


def test_of_a_draft_and_a_removed_post_the_removed_one_is_recorded(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = lost_answer(library, sandbox)
    clock.forward(minutes=1)
    second = library.another_draft(course)
    library.world.delete_post(course.google_id, _shown(library, course, second.google_id))
    send_due(library.desk, library.school_id)
    assert (row(library).state, row(library).post_id) == (S.REMOVED, second.google_id)


def test_a_post_that_we_removed_ourselves_says_nothing_about_a_person(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = lost_answer(library, sandbox)
    [first] = library.posts(course)
    library.world.delete_post(course.google_id, _shown(library, course, first["id"]))
    deleted_by_us(library, first["id"])
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    assert row(library).state is S.PUBLISHED and row(library).post_id != first["id"]


def test_a_draft_we_removed_ourselves_is_made_again_when_it_was_never_shown(library: Library, sandbox: Sandbox,
                                                                         clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("busy", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    [draft] = library.posts(course)
    library.world.delete_post(course.google_id, draft["id"])
    deleted_by_us(library, draft["id"])
    clock.forward(minutes=1)
    for _ in range(2):
        send_due(library.desk, library.school_id)
    assert row(library).state is S.PUBLISHED and len(library.posts(course, "PUBLISHED")) == 1


def test_a_draft_is_not_made_again_when_students_may_have_seen_it(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    [draft] = library.posts(course)
    library.world.delete_post(course.google_id, draft["id"])
    deleted_by_us(library, draft["id"])
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    assert (row(library).state, row(library).reason, library.posts(course, "PUBLISHED")) == (S.RETRACTED, DELETED_LATE, [])


def test_a_forgotten_draft_without_a_mark_is_known_by_who_made_it_when_and_what_it_says(library: Library, sandbox: Sandbox,
                                                                                       clock: Clock) -> None:
    course = lost_answer(library, sandbox, with_link=False)
    mine, [draft] = row(library), library.posts(course)
    assert [post.google_id for post in _orphans(library)] == [draft["id"]]
    library.world.edit_post(course.google_id, draft["id"], text="Hers now.")
    assert _orphans(library) == [] and mine.post_id is None


def test_a_draft_that_a_delivery_has_recorded_is_nobody_elses_orphan(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    lost_answer(library, sandbox, with_link=False)
    clock.forward(minutes=1)
    sandbox.trouble.order("busy", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    assert row(library).post_id and _orphans(library) == []


def test_a_topic_the_teacher_renamed_is_used_again(library: Library, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    send_due(library.desk, library.school_id)
    [topic_id] = library.world.topics(course.google_id)
    library.world.rename_topic(course.google_id, topic_id, "Reading")
    plan_id = library.plan()
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert library.world.topics(course.google_id) == {topic_id: "Reading"}
    assert {post["topicId"] for post in library.posts(course, "PUBLISHED")} == {topic_id}


def _orphans(library: Library) -> list[PostSeen]:
    with library.desk.transaction() as session:
        held = held_for_cleaning(session, session.scalars(select(Delivery.id)).one())
    return orphans(library.desk, open_classroom(library.desk, library.account.id), held)


def _shown(library: Library, course: Course, post_id: str) -> str:
    """Published by hand, so that Google keeps its trace when it is deleted."""
    library.world.publish_post(course.google_id, post_id)
    return post_id
