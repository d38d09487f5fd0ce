"""What was accepted stands in each class once, whatever goes wrong on the way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.ledger import deliveries
from integration.delivery.plan import Rule
from integration.delivery.plans import plan_card
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.errors import AlreadyDone
from integration.google.wire import OnlyReading
from integration.later import Job
from integration.sandbox.app import Sandbox
from tests.conftest import Bell, Clock
from tests.rooms.delivery.makers import Doom, Killed, Library, doomed_by_calls, doomed_by_commits
from tests.strides import stride

CREATE = "courses.courseWorkMaterials.create"
PATCH = "courses.courseWorkMaterials.patch"


def finish(library: Library, clock: Clock, rounds: int = 6) -> None:
    """Let workers and the sweep go on until nothing is left to do."""
    for _ in range(rounds):
        clock.forward(minutes=3)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id)
    clock.forward(minutes=11)
    sweep(library.desk, patience=0)


def states(library: Library) -> list[str]:
    return sorted(card.state for card in deliveries(library.desk, library.school_id))


def visible(library: Library, *courses: object) -> list[int]:
    return [len(library.posts(course, "PUBLISHED")) for course in courses]  # type: ignore[arg-type]


def test_an_own_class_gets_its_post_at_once_under_the_library_topic(library: Library, bell: Bell) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    assert (Job.SEND_DELIVERIES, {"school_id": library.school_id}) in bell.rung
    assert send_due(library.desk, library.school_id) == 1
    [post] = library.posts(course)
    assert post["state"] == "PUBLISHED" and library.world.topics(course.google_id)[post["topicId"]] == "Library"
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, card.google_id, card.link) == ("published", post["id"], post["alternateLink"])
    assert [step.state for step in card.history] == ["ready", "sending", "sending", "sending", "published"]
    assert plan_card(library.desk, library.school_id, plan_id).state == "done"
    assert (Job.RECORD_REACH, {"school_id": library.school_id}) in bell.rung


def test_an_announcement_begins_with_its_title(library: Library) -> None:
    course = library.own_class()
    library.accepted(kind="announcement")
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    assert post["text"].startswith("Volcanoes\n\nFrom the library.")


def test_accepting_twice_and_in_two_tabs_at_once_makes_one_delivery(library: Library) -> None:
    library.own_class()
    plan_id = library.plan()
    with ThreadPoolExecutor(4) as pool:
        cards = list(pool.map(lambda _: accept(library.desk, library.school_id, plan_id, library.account.id), range(4)))
    assert [sum(card.delivery_counts.values()) for card in cards] == [1] * 4
    assert states(library) == ["ready"]


def test_a_second_plan_of_what_stands_is_not_sent_twice_by_two_workers(library: Library) -> None:
    courses = [library.own_class(f"Grade 6 Library {number}") for number in range(6)]
    library.accepted()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: send_due(library.desk, library.school_id), range(2)))
    assert visible(library, *courses) == [1] * 6 and [len(library.posts(course)) for course in courses] == [1] * 6


def test_a_teachers_class_waits_until_she_agreed(library: Library) -> None:
    course = library.teachers_class()
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "waiting" and library.posts(course) == []
    for _ in range(2):
        agree_in_person(library.desk, library.school_id, card.id, by="Rosa Gomez", on=date(2026, 11, 23),
                        account_id=library.account.id)
    send_due(library.desk, library.school_id)
    assert visible(library, course) == [1]
    assert plan_card(library.desk, library.school_id, plan_id).state == "done"


@pytest.mark.parametrize("with_link", [True, False])
@pytest.mark.parametrize("on", [CREATE, PATCH])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before", "error_after"])
def test_a_lost_answer_leaves_one_post(library: Library, sandbox: Sandbox, clock: Clock, kind: str, on: str,
                                       with_link: bool) -> None:
    course = library.own_class()
    library.accepted(with_link=with_link)
    sandbox.trouble.order(kind, on=on, times=1)
    send_due(library.desk, library.school_id)
    assert states(library) == ["checking"]
    finish(library, clock)
    assert states(library) == ["published"] and [post["state"] for post in library.posts(course)] == ["PUBLISHED"]


def test_a_request_that_comes_late_is_removed_by_the_janitor(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("late", on=CREATE, times=1, seconds=60)
    send_due(library.desk, library.school_id)
    clock.forward(seconds=10)
    send_due(library.desk, library.school_id)
    assert visible(library, course) == [1]
    clock.forward(seconds=60)
    assert len(library.posts(course)) == 2
    finish(library, clock)
    assert visible(library, course) == [1] and library.posts(course, "DRAFT") == []


def test_being_asked_to_slow_down_counts_no_try(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("busy", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    assert states(library) == ["ready"]
    finish(library, clock)
    assert visible(library, course) == [1]


def test_an_archived_class_is_skipped_with_a_reason_and_can_be_tried_again(library: Library) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    library.world.archive(course.google_id)
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "skipped" and "archived" in card.reason
    assert plan_card(library.desk, library.school_id, plan_id).state == "partial"
    library.world.change_course(course.google_id, courseState="ACTIVE")
    retry(library.desk, library.school_id, card.id)
    send_due(library.desk, library.school_id)
    assert visible(library, course) == [1]


def test_a_withdrawn_permission_parks_everything_of_the_account(library: Library, sandbox: Sandbox) -> None:
    for number in range(3):
        library.own_class(f"Grade 6 Library {number}")
    library.accepted()
    library.world.revoke(library.person)
    send_due(library.desk, library.school_id)
    assert states(library) == ["parked"] * 3
    before = len(sandbox.journal)
    send_due(library.desk, library.school_id)
    assert len(sandbox.journal) == before


def test_a_draft_the_teacher_deletes_stays_removed(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.delete_post(course.google_id, post["id"])
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "removed" and visible(library, course) == [0]
    with pytest.raises(AlreadyDone):
        retry(library.desk, library.school_id, card.id)


def test_what_is_planned_for_later_waits_for_its_hour(library: Library, clock: Clock) -> None:
    course = library.own_class()
    library.accepted(publish_at=clock() + timedelta(days=2))
    assert send_due(library.desk, library.school_id) == 0
    clock.forward(days=2, minutes=1)
    send_due(library.desk, library.school_id)
    assert visible(library, course) == [1]


def test_what_comes_too_late_is_not_posted(library: Library, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    clock.forward(days=8)
    send_due(library.desk, library.school_id)
    assert states(library) == ["expired"] and library.posts(course) == []


def test_taking_a_plan_back_deletes_what_stands_and_says_so(library: Library, clock: Clock) -> None:
    course, teachers = library.own_class(), library.teachers_class()
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    for _ in range(2):
        retract(library.desk, library.school_id, plan_id, library.account.id)
        send_due(library.desk, library.school_id)
    assert states(library) == ["cancelled", "retracted"] and visible(library, course, teachers) == [0, 0]
    finish(library, clock)
    assert states(library) == ["cancelled", "retracted"]


def test_taking_back_leaves_what_a_teacher_changed(library: Library) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], text="Mine now.")
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert states(library) == ["published"] and visible(library, course) == [1]


@pytest.mark.parametrize("how", ["commits", "before", "after"])
def test_a_worker_killed_between_any_two_steps_leaves_one_post(library: Library, clock: Clock, how: str) -> None:
    for steps in range(0, 60, stride(3) if how == "commits" else 1):
        course = library.own_class(f"Grade 6 Library {steps}", grades=["6"], subject=f"s{steps}")
        library.accepted(rule=Rule(class_ids=[course.id]))
        doom = Doom(steps)
        doomed = (doomed_by_commits(library.desk, doom) if how == "commits"
                  else doomed_by_calls(library.desk, doom, is_after=how == "after"))
        with suppress(Killed):
            send_due(doomed, library.school_id)
        finish(library, clock, rounds=3)
        assert [post["state"] for post in library.posts(course)].count("PUBLISHED") == 1, steps
        assert library.posts(course, "DRAFT") == [], steps
        if not doom.is_done:
            assert steps > 1
            return
    pytest.fail("The worker never came to an end.")


def test_with_writes_switched_off_everything_stays_ready(library: Library, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    silent = replace(library.desk, wire=lambda: OnlyReading(library.desk.wire()))
    send_due(silent, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "ready" and "switched off" in card.reason and library.posts(course) == []
    finish(library, clock)
    assert visible(library, course) == [1]


def test_two_posts_that_look_alike_need_a_person(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted(with_link=False)
    sandbox.trouble.order("cut_after", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.add_post(course.google_id, "material", library.person, title=post["title"], text=post["description"])
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "parked" and "More than one" in card.reason and len(library.posts(course)) == 2
