"""The janitor: what a lost answer left behind goes, and nothing else does."""

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from integration.courses.models import Course
from integration.delivery.janitor import clean
from integration.delivery.ledger import deliveries
from integration.delivery.models import Attempt
from integration.delivery.plan import Rule
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.update import update
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

CREATE = "courses.courseWorkMaterials.create"
PATCH = "courses.courseWorkMaterials.patch"
DELETE = "courses.courseWorkMaterials.delete"


def left_behind(library: Library, sandbox: Sandbox, clock: Clock, *, with_link: bool) -> Course:
    """A class with its post, and beside it a draft whose request came late."""
    course = library.own_class()
    library.accepted(with_link=with_link)
    sandbox.trouble.order("late", on=CREATE, times=1, seconds=60)
    send_due(library.desk, library.school_id)
    clock.forward(seconds=10)
    send_due(library.desk, library.school_id)
    clock.forward(seconds=60)
    assert sorted(post["state"] for post in library.posts(course)) == ["DRAFT", "PUBLISHED"]
    return course


def open_attempts(library: Library) -> list[str]:
    with library.desk.transaction() as session:
        return list(session.scalars(select(Attempt.kind).where(Attempt.finished_at.is_(None))))


@pytest.mark.parametrize("with_link", [True, False])
def test_a_draft_without_an_owner_goes_marked_or_not(library: Library, sandbox: Sandbox, clock: Clock, with_link: bool) -> None:
    course = left_behind(library, sandbox, clock, with_link=with_link)
    assert clean(library.desk) == 0
    clock.forward(minutes=11)
    assert clean(library.desk) == 1
    assert library.posts(course, "DRAFT") == [] and len(library.posts(course, "PUBLISHED")) == 1
    assert open_attempts(library) == []


def test_a_class_that_is_closed_to_her_keeps_no_other_waiting_and_is_given_up_after_a_day(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    courses = [library.own_class(name) for name in ("Grade 6 Library", "Grade 6 Makers")]
    for course in courses:
        library.accepted(rule=Rule(class_ids=[course.id]))
        sandbox.trouble.order("late", on=CREATE, times=1, seconds=60)
        send_due(library.desk, library.school_id)
        clock.forward(seconds=10)
        send_due(library.desk, library.school_id)
    clock.forward(seconds=60)
    assert [sorted(post["state"] for post in library.posts(course)) for course in courses] == [["DRAFT", "PUBLISHED"]] * 2
    library.world.remove_teacher(courses[0].google_id, library.person)
    clock.forward(minutes=11)
    assert clean(library.desk) == 1 and library.posts(courses[1], "DRAFT") == []
    assert open_attempts(library) == ["create"]
    clock.forward(days=1)
    clean(library.desk)
    assert open_attempts(library) == []


@pytest.mark.parametrize("with_link", [True, False])
def test_a_deletion_without_an_answer_is_looked_at_again(library: Library, sandbox: Sandbox, clock: Clock, with_link: bool) -> None:
    course = left_behind(library, sandbox, clock, with_link=with_link)
    clock.forward(minutes=11)
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    clean(library.desk)
    assert len(library.posts(course, "DRAFT")) == 1
    clean(library.desk)
    assert library.posts(course, "DRAFT") == []


def test_a_draft_she_made_by_hand_is_not_ours_to_delete(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = left_behind(library, sandbox, clock, with_link=False)
    [ours] = library.posts(course, "DRAFT")
    hers = library.world.add_post(course.google_id, "material", library.person, title=ours["title"], text=ours["description"],
                                  state="DRAFT")
    clock.forward(minutes=11)
    with capture_logs() as lines:
        clean(library.desk)
    assert [post["id"] for post in library.posts(course, "DRAFT")] == [hers]
    assert [line["event"] for line in lines] == ["a forgotten draft was left where it is"]


def test_what_another_delivery_may_be_about_to_find_is_left_to_it(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = left_behind(library, sandbox, clock, with_link=False)
    clock.forward(minutes=11)
    library.accepted(with_link=False)
    assert clean(library.desk) == 0 and len(library.posts(course, "DRAFT")) == 1


def test_an_account_that_is_refused_is_named_in_the_log(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = left_behind(library, sandbox, clock, with_link=True)
    clock.forward(minutes=11)
    sandbox.trouble.order("error_before", on="courses.courseWorkMaterials.list", times=4)
    with capture_logs() as lines:
        clean(library.desk)
    assert [(line["event"], line["account"], line["error"]) for line in lines] == [
        ("forgotten drafts could not be looked for now", library.account.id, "Busy")]
    clean(library.desk)
    assert library.posts(course, "DRAFT") == []


def test_attempts_without_an_answer_end_with_their_delivery(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    library.own_class()
    plan_id = library.accepted()
    for on in (PATCH, DELETE):
        sandbox.trouble.order("cut_after", on=on, times=1)
    send_due(library.desk, library.school_id)
    clock.forward(seconds=10)
    send_due(library.desk, library.school_id)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    clock.forward(seconds=10)
    send_due(library.desk, library.school_id)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["retracted"]
    assert sorted(open_attempts(library)) == ["delete", "publish"]
    clock.forward(minutes=11)
    clean(library.desk)
    assert open_attempts(library) == []


@pytest.mark.parametrize("then", ["goes on", "is taken back"])
def test_a_late_successor_of_a_post_goes_too(library: Library, sandbox: Sandbox, clock: Clock, then: str) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    library.change(plan_id, url="https://volcano.example/another")
    sandbox.trouble.order("late", on=CREATE, times=1, seconds=300)
    update(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    if then == "is taken back":
        retract(library.desk, library.school_id, plan_id, library.account.id)
    for _ in range(4):
        clock.forward(seconds=60)
        send_due(library.desk, library.school_id)
    clock.forward(seconds=120)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == ("retracted" if then == "is taken back" else "published") and len(library.posts(course, "DRAFT")) == 1
    clock.forward(minutes=11)
    clean(library.desk)
    assert library.posts(course, "DRAFT") == [] and len(library.posts(course, "PUBLISHED")) == (then == "goes on")


def test_a_deletion_without_an_answer_is_done_again_while_a_post_is_taken_back(library: Library, sandbox: Sandbox, clock: Clock
                                                                               ) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    sandbox.trouble.order("cut_after", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    for _ in range(2):
        send_due(library.desk, library.school_id)
        clock.forward(seconds=10)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["cancelled"]
    assert library.posts(course, "DRAFT") == []
