"""What is being taken back goes on being taken back, whatever comes between, and ends as what it was taken back for."""

import pytest

from integration.courses.models import Course
from integration.delivery.expire import TOO_LATE
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.errors import AlreadyDone
from integration.reach.posts import seen_posts
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

CREATE, PATCH, DELETE = (f"courses.courseWorkMaterials.{verb}" for verb in ("create", "patch", "delete"))


def ledger(library: Library) -> DeliveryCard:
    [card] = deliveries(library.desk, library.school_id)
    return card


@pytest.fixture
def posted(library: Library) -> tuple[Course, str]:
    """A class with a post, and its plan."""
    course = library.own_class()
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    return course, plan_id


@pytest.fixture
def drafted(library: Library, sandbox: Sandbox) -> Course:
    """A class with a draft that could not be published."""
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("busy", on=PATCH, times=0)
    send_due(library.desk, library.school_id)
    sandbox.trouble.clear()
    assert [post["state"] for post in library.posts(course)] == ["DRAFT"]
    return course


def take_back_without_a_connection(library: Library, plan_id: str, clock: Clock) -> None:
    library.world.revoke(library.person)
    clock.forward(minutes=61)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    for _ in range(2):
        send_due(library.desk, library.school_id)


def test_without_a_connection_she_is_told_to_connect_again(library: Library, posted: tuple[Course, str], clock: Clock) -> None:
    course, plan_id = posted
    take_back_without_a_connection(library, plan_id, clock)
    card = ledger(library)
    assert card.state == "parked" and "onnect" in card.reason
    with pytest.raises(AlreadyDone, match="Connect again"):
        retry(library.desk, library.school_id, card.id)
    assert len(library.posts(course, "PUBLISHED")) == 1 and seen_posts(library.desk, library.school_id)[0].stands


def test_with_the_connection_it_is_taken_back_and_never_sent_again(library: Library, posted: tuple[Course, str], clock: Clock
                                                                    ) -> None:
    course, plan_id = posted
    take_back_without_a_connection(library, plan_id, clock)
    clock.forward(days=8)
    send_due(library.desk, library.school_id)
    library.connect_again()
    sweep(library.desk, patience=0)
    send_due(library.desk, library.school_id)
    assert ledger(library).state == "retracted" and library.posts(course, "PUBLISHED") == []


def test_of_two_posts_the_one_a_teacher_changed_is_left_and_the_other_is_taken_back(library: Library, sandbox: Sandbox,
                                                                                    clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    sandbox.trouble.order("cut_before", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    hers = library.another_draft(course).google_id
    library.world.edit_post(course.google_id, hers, title="Mine")
    library.world.publish_post(course.google_id, hers)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert [post["title"] for post in library.posts(course, "PUBLISHED")] == ["Mine"]
    assert (ledger(library).state, ledger(library).google_id, ledger(library).is_asked) == ("published", hers, True)


def test_of_a_draft_and_a_post_that_a_teacher_changed_the_one_that_students_see_is_recorded(library: Library, sandbox: Sandbox,
                                                                                            clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    sandbox.trouble.order("cut_before", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    clock.forward(minutes=1)
    sandbox.trouble.order("busy", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    shown = library.another_draft(course).google_id
    for post in library.posts(course, "DRAFT"):
        library.world.edit_post(course.google_id, post["id"], title="Mine")
    library.world.publish_post(course.google_id, shown)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert (ledger(library).state, ledger(library).google_id, ledger(library).is_asked) == ("published", shown, True)


def test_trying_again_to_take_back_never_publishes(library: Library, sandbox: Sandbox, drafted: Course, clock: Clock) -> None:
    sandbox.trouble.order("cut_before", on=DELETE, times=0)
    retract(library.desk, library.school_id, ledger(library).plan_id, library.account.id)
    for _ in range(12):
        clock.forward(minutes=6)
        send_due(library.desk, library.school_id)
    sandbox.trouble.clear()
    assert ledger(library).state == "parked"
    retry(library.desk, library.school_id, ledger(library).id)
    send_due(library.desk, library.school_id)
    assert ledger(library).state == "cancelled" and library.posts(drafted, "PUBLISHED") == library.posts(drafted, "DRAFT") == []


def test_a_draft_that_came_too_late_goes_and_says_so(library: Library, drafted: Course, clock: Clock) -> None:
    clock.forward(days=8)
    send_due(library.desk, library.school_id)
    card = ledger(library)
    assert (card.state, card.reason) == ("expired", TOO_LATE) and library.posts(drafted, "DRAFT") == []
    retry(library.desk, library.school_id, card.id)
    send_due(library.desk, library.school_id)
    assert ledger(library).state == "published" and len(library.posts(drafted, "PUBLISHED")) == 1


def test_the_reason_outlives_what_goes_wrong_while_the_late_draft_is_deleted(library: Library, sandbox: Sandbox, drafted: Course,
                                                                             clock: Clock) -> None:
    clock.forward(days=8)
    sandbox.trouble.order("cut_after", on=DELETE, times=1)
    send_due(library.desk, library.school_id)
    assert ledger(library).state == "checking"
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    assert ledger(library).reason.startswith("It could not be posted in time") and library.posts(drafted, "DRAFT") == []


def test_what_its_teacher_published_meanwhile_stays_however_late(library: Library, drafted: Course, clock: Clock) -> None:
    library.world.publish_post(drafted.google_id, library.posts(drafted)[0]["id"])
    clock.forward(days=8)
    send_due(library.desk, library.school_id)
    assert ledger(library).state == "published" and len(library.posts(drafted, "PUBLISHED")) == 1
