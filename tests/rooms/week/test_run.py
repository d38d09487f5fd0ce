"""A round: every step once, resumed where it stopped, and never stopped by one failure."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from integration.courses.syncs import latest_sync
from integration.desk import Desk
from integration.week.run import go_on, run_now
from integration.week.shelf import week
from tests.rooms.delivery.makers import Doom, Killed, doomed_by_commits
from tests.rooms.week.makers import MONDAY, Library

STEPS = ["sync_courses", "sync_streams", "judge", "plan", "send", "reach", "brief"]


def test_a_round_does_every_step_in_order_and_counts(library: Library) -> None:
    library.clock.at = MONDAY
    library.tick(3)
    [card] = library.rounds()
    assert (card.state, [(step.step, step.state) for step in card.steps]) == ("done", [(name, "done") for name in STEPS])
    assert card.counts["classes"] == 2 and card.calls > 0 and card.seconds is not None


def test_a_round_says_how_it_differs_from_the_one_before(library: Library) -> None:
    library.clock.at = MONDAY
    library.tick(3)
    library.world.add_course(library.maya, "8th Grade Library")
    library.clock.at = MONDAY + timedelta(days=7)
    library.tick(3)
    assert library.rounds()[0].diff["classes"] == 1


def test_run_now_is_answered_with_the_round_under_way(library: Library) -> None:
    first = run_now(library.desk, library.school_id, library.account.id)
    assert run_now(library.desk, library.school_id, library.account.id) == first
    library.tick(3)
    assert run_now(library.desk, library.school_id, library.account.id) != first


def test_a_withdrawn_grant_fails_its_step_alone(library: Library) -> None:
    library.world.revoke(library.maya)
    library.clock.at = MONDAY
    library.tick(3)
    [card] = library.rounds()
    states = {step.step: step.state for step in card.steps}
    assert card.state == "partial" and states["sync_courses"] == "failed" and states["reach"] == states["brief"] == "done"
    assert card.sentences


def test_a_class_that_google_refuses_is_named_and_the_rest_goes_on(library: Library) -> None:
    library.sandbox.trouble.order("error_before", on="courses.announcements.list", course=library.hers, times=0)
    library.clock.at = MONDAY
    library.tick(5)
    [card] = library.rounds()
    assert card.state == "partial" and card.counts["unread_classes"] == 1


@pytest.mark.parametrize("steps", range(1, 40, 6))
def test_a_round_killed_anywhere_comes_to_its_end_once(library: Library, steps: int) -> None:
    library.clock.at = MONDAY
    with suppress(Killed):
        at_desk(library, doomed_by_commits(library.desk, Doom(steps))).tick(3)
    library.basket.jobs.clear()
    library.clock.forward(minutes=6)
    library.tick(4)
    [card] = library.rounds()
    assert card.state == "done" and [step.state for step in card.steps] == ["done"] * len(STEPS)
    assert latest_sync(library.desk, library.school_id) is not None


def test_two_workers_at_one_round_do_a_step_once(library: Library) -> None:
    week_id = run_now(library.desk, library.school_id, library.account.id)
    go_on(library.desk, week_id)
    before = week(library.desk, library.school_id, week_id)
    go_on(library.desk, week_id)
    assert before.steps[0].state == week(library.desk, library.school_id, week_id).steps[0].state == "running"
    assert sum(job == "sync_courses" for job, _ in library.basket.jobs) == 1


def at_desk(library: Library, desk: Desk) -> Library:
    return replace(library, desk=desk)
