"""An answer to publishing was lost: whatever Google refuses afterwards, nothing is said before the post itself was looked at."""

from datetime import date

import pytest

from integration.courses.models import Course
from integration.delivery.agree import agree_in_person
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.sandbox.app import Sandbox
from integration.sandbox.manners import Manners
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.weather import card_of, finish, is_told, told

PATCH = "courses.announcements.patch"
MANNERS = [Manners(), Manners(refuses_archived_with_403=True)]


def perhaps_shown(library: Library, sandbox: Sandbox, clock: Clock, kind: str = "cut_after") -> Course:
    """A class whose post was published with a lost answer; only with `cut_after` do students see it."""
    course = library.own_class()
    library.accepted(kind="announcement")
    sandbox.trouble.order(kind, on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    assert told(library, course).state == "checking"
    return course


@pytest.mark.parametrize("manners", MANNERS)
def test_what_students_see_in_a_class_archived_since_counts_as_published(library: Library, sandbox: Sandbox, clock: Clock,
                                                                         manners: Manners) -> None:
    library.world.manners = manners
    course = perhaps_shown(library, sandbox, clock)
    library.world.archive(course.google_id)
    finish(library, clock)
    is_told(library, course, "published", "although its answer was lost", shown=1)


def test_the_same_when_google_was_busy_in_between(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = perhaps_shown(library, sandbox, clock)
    sandbox.trouble.order("busy", on=PATCH, times=1)
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    assert "slow down" in told(library, course).sentence
    library.world.archive(course.google_id)
    finish(library, clock)
    is_told(library, course, "published", "although its answer was lost", shown=1)


@pytest.mark.parametrize("manners", MANNERS)
def test_what_nobody_saw_in_a_class_archived_since_is_skipped(library: Library, sandbox: Sandbox, clock: Clock,
                                                              manners: Manners) -> None:
    library.world.manners = manners
    course = perhaps_shown(library, sandbox, clock, "cut_before")
    library.world.archive(course.google_id)
    finish(library, clock)
    is_told(library, course, "skipped", "The class is archived", "retry", drafts=1)


def test_a_refusal_ends_nothing_while_an_earlier_call_may_yet_be_done(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted(kind="announcement")
    sandbox.trouble.order("late", on=PATCH, times=1, seconds=100)
    send_due(library.desk, library.school_id)
    library.world.archive(course.google_id)
    clock.forward(minutes=1)
    send_due(library.desk, library.school_id)
    is_told(library, course, "checking", "may yet be done", drafts=1)
    library.world.change_course(course.google_id, courseState="ACTIVE")
    finish(library, clock)
    is_told(library, course, "published", "", shown=1)


@pytest.mark.parametrize("at_once", [False, True])
def test_what_was_removed_since_stays_removed(library: Library, sandbox: Sandbox, clock: Clock, at_once: bool) -> None:
    course = perhaps_shown(library, sandbox, clock)
    library.world.delete_post(course.google_id, library.posts(course)[0]["id"], at_once=at_once)
    finish(library, clock)
    is_told(library, course, "removed", "It stays removed")


def test_what_was_removed_without_a_trace_from_a_class_archived_since_is_asked_about(library: Library, sandbox: Sandbox,
                                                                                     clock: Clock) -> None:
    course = perhaps_shown(library, sandbox, clock)
    library.world.delete_post(course.google_id, library.posts(course)[0]["id"], at_once=True)
    library.world.archive(course.google_id)
    finish(library, clock)
    is_told(library, course, "parked", "Students may see it", "retry")


def test_what_cannot_be_looked_at_any_more_is_asked_about(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.teachers_class()
    library.accepted(kind="announcement")
    agree_in_person(library.desk, library.school_id, card_of(library, course).id, by="Rosa Gomez", on=date(2026, 11, 23),
                    account_id=library.account.id)
    sandbox.trouble.order("cut_after", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    library.world.remove_teacher(course.google_id, library.person)
    finish(library, clock)
    is_told(library, course, "parked", "Students may see it", "retry", shown=1)


def test_taking_back_looks_at_a_class_once(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted(kind="announcement")
    sandbox.trouble.order("cut_after", on="courses.announcements.create", times=1)
    send_due(library.desk, library.school_id)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    sandbox.journal.clear()
    clock.forward(minutes=3)
    send_due(library.desk, library.school_id)
    assert len(sandbox.journal.named("courses.announcements.list")) == 1
    is_told(library, course, "cancelled", "taken back before students saw it")
