"""All that failed is tried again with one press, and nothing else is touched."""

from collections import Counter

import pytest

from integration.consent.choose import NewChoice
from integration.courses.models import Course
from integration.courses.shelf import course as course_card
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.choose import choose
from integration.delivery.ledger import deliveries
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retry import failed, retry_failed
from integration.delivery.send import send_due
from integration.errors import NotFound
from integration.later import Job
from tests.conftest import Bell
from tests.rooms.delivery.makers import Library

SECRET_FILE = "1secretfile1secretfile1"


@pytest.fixture
def courses(library: Library) -> list[Course]:
    """Four classes of her own, two of which are archived by the time of sending, and one of a teacher who is asked."""
    return [*(library.own_class(f"6{letter}") for letter in "ABCD"), library.teachers_class("6E")]


def sent(library: Library, courses: list[Course]) -> str:
    plan_id = library.accepted()
    for course in courses[:2]:
        library.world.archive(course.google_id)
    send_due(library.desk, library.school_id)
    return plan_id


def states(library: Library) -> Counter[str]:
    return Counter(card.state for card in deliveries(library.desk, library.school_id))


def test_those_that_google_refused_are_counted_and_no_other(library: Library, courses: list[Course]) -> None:
    plan_id = sent(library, courses)
    assert states(library) == {"published": 2, "skipped": 2, "waiting": 1}
    assert len(failed(library.desk, library.school_id, plan_id)) == 2


def test_one_press_tries_them_all_and_posts_nothing_twice(library: Library, courses: list[Course], bell: Bell) -> None:
    plan_id = sent(library, courses)
    for course in courses[:2]:
        library.world.change_course(course.google_id, courseState="ACTIVE")
    bell.rung.clear()
    assert retry_failed(library.desk, library.school_id, plan_id) == 2
    assert [job for job, _ in bell.rung] == [Job.SEND_DELIVERIES], "the bell is rung once for all of them"
    send_due(library.desk, library.school_id)
    assert states(library) == {"published": 4, "waiting": 1}
    assert [len(library.posts(course, "PUBLISHED")) for course in courses] == [1, 1, 1, 1, 0]
    assert retry_failed(library.desk, library.school_id, plan_id) == 0


def test_what_failed_for_its_content_goes_once_that_is_put_right(library: Library) -> None:
    first, second = library.own_class("6A"), library.own_class("6B")
    library.world.unseen_files.add(SECRET_FILE)
    file = add_resource(library.desk, library.school_id, NewResource(kind="drive", title="A map", drive_id=SECRET_FILE))
    gathered = collect(library.desk, library.school_id, NewCollection(title="Maps", resource_ids=[file]))
    plan_id = plan(library.desk, library.school_id, library.account.id, NewPlan(gathered, Rule(grades=["6"])))
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert states(library) == {"failed": 2}
    library.world.unseen_files.clear()
    assert retry_failed(library.desk, library.school_id, plan_id) == 2
    send_due(library.desk, library.school_id)
    assert [len(library.posts(each, "PUBLISHED")) for each in (first, second)] == [1, 1]


def test_what_is_refused_again_says_so_again(library: Library, courses: list[Course]) -> None:
    plan_id = sent(library, courses)
    retry_failed(library.desk, library.school_id, plan_id)
    send_due(library.desk, library.school_id)
    assert states(library) == {"published": 2, "skipped": 2, "waiting": 1}
    assert all("archived" in card.reason for card in deliveries(library.desk, library.school_id, state="skipped"))


def test_what_a_teacher_does_not_want_is_no_failure(library: Library, courses: list[Course]) -> None:
    rosa = course_card(library.desk, library.school_id, courses[-1].id).teachers[0]
    plan_id = library.plan()
    choose(library.desk, library.school_id, rosa.id, NewChoice("never"), by=f"account:{library.account.id}")
    assert failed(library.desk, library.school_id, plan_id) == []


def test_a_teacher_who_said_no_meanwhile_is_not_overruled(library: Library) -> None:
    hers = library.teachers_class("6E")
    rosa = course_card(library.desk, library.school_id, hers.id).teachers[0]
    choose(library.desk, library.school_id, rosa.id, NewChoice("always"), by=f"account:{library.account.id}")
    plan_id = sent(library, [hers])
    choose(library.desk, library.school_id, rosa.id, NewChoice("never"), by=f"account:{library.account.id}")
    library.world.change_course(hers.google_id, courseState="ACTIVE")
    assert retry_failed(library.desk, library.school_id, plan_id) == 0
    send_due(library.desk, library.school_id)
    assert library.posts(hers, "PUBLISHED") == []


def test_another_schools_plan_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound):
        retry_failed(library.desk, library.school_id, "elsewhere")
