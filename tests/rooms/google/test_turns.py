"""Whose turn it is when the limit is used up: persons first, then evenly between schools and between librarians."""

import pytest
from sqlalchemy import Engine

from integration.google.quota import Limits, Share
from tests.rooms.google.hours import Google, Hours, Pusher, jain, quota

SMALL = Limits(user=240, project=600, seconds=60)


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def google(hours: Hours) -> Google:
    return Google(hours, SMALL)


def pusher(engine: Engine, hours: Hours, google: Google, user: str, school: str, *, share: Share = Share.BATCH, calls: int = 1,
           in_all: float = float("inf"), at: float = 0.0) -> Pusher:
    one = Pusher(quota(engine, hours, user, school, share=share, limits=SMALL), google, hours, calls, in_all)
    hours.begin(one, at=at)
    return one


def backlog(engine: Engine, hours: Hours, google: Google) -> list[Pusher]:
    """Four schools that could each use up the project's limit, nearly."""
    return [pusher(engine, hours, google, f"big {n}", f"big {n}") for n in range(4)]


def test_schools_with_equal_backlogs_get_equal_parts(engine: Engine, hours: Hours, google: Google) -> None:
    many = [pusher(engine, hours, google, f"u{n}.{each}", f"s{n}") for n in range(4) for each in range(1 + n % 3)]
    hours.pass_until(90)
    by_school = [sum(each.done for each in many if each.quota.school == f"s{n}") for n in range(4)]
    assert jain(by_school) >= 0.95
    assert google.windows_above() == []


def test_a_school_in_batches_and_one_in_single_calls_get_equal_parts(engine: Engine, hours: Hours, google: Google) -> None:
    schools = [pusher(engine, hours, google, f"u{n}", f"s{n}", calls=(1, 20)[n % 2]) for n in range(4)]
    hours.pass_until(120)
    assert jain([each.done for each in schools]) >= 0.95


def test_librarians_of_one_school_get_equal_parts(engine: Engine, hours: Hours, google: Google) -> None:
    many = [pusher(engine, hours, google, f"u{n}", "juniper") for n in range(4) for _ in range(1 + n % 3)]
    hours.pass_until(90)
    by_user = [sum(each.done for each in many if each.quota.user == f"u{n}") for n in range(4)]
    assert jain(by_user) >= 0.95


def test_a_small_school_is_done_soon_under_the_backlog_of_big_ones(engine: Engine, hours: Hours, google: Google) -> None:
    backlog(engine, hours, google)
    small = [pusher(engine, hours, google, f"small {n}", f"small {n}", in_all=10, at=50 + 7 * n) for n in range(5)]
    hours.pass_until(100)
    assert [each for each in small if each.done < 10] == []
    assert max(each.waits[0] for each in small) <= 5


def test_a_person_s_calls_start_within_seconds_under_a_full_backlog(engine: Engine, hours: Hours, google: Google) -> None:
    backlog(engine, hours, google)
    clicks = [pusher(engine, hours, google, f"big {n % 4}", f"big {n % 4}", share=Share.INTERACTIVE, in_all=1, at=40 + n)
              for n in range(40)]
    hours.pass_until(85)
    waits = sorted(each.waits[0] for each in clicks)
    assert waits[int(len(waits) * 0.95)] <= 5
    assert google.windows_above() == []


def test_a_person_goes_before_her_own_bulk_job(engine: Engine, hours: Hours, google: Google) -> None:
    for _ in range(3):
        pusher(engine, hours, google, "maya", "juniper")
    clicks = [pusher(engine, hours, google, "maya", "juniper", share=Share.INTERACTIVE, in_all=2, at=40 + n) for n in range(20)]
    hours.pass_until(70)
    assert max(each.waits[0] for each in clicks) <= 5


def test_interactive_calls_without_end_leave_the_bulk_jobs_their_part(engine: Engine, hours: Hours, google: Google) -> None:
    bulk = [pusher(engine, hours, google, f"bulk {n}", f"bulk {n}") for n in range(4)]
    for n in range(4):
        pusher(engine, hours, google, f"click {n}", f"click {n}", share=Share.INTERACTIVE)
    hours.pass_until(100)
    assert sum(each.done for each in bulk) >= 0.35 * google.between("project", 0, 100)


def test_repair_gets_a_tenth_beside_a_full_backlog(engine: Engine, hours: Hours, google: Google) -> None:
    backlog(engine, hours, google)
    for _ in range(4):
        pusher(engine, hours, google, "big 0", "big 0")
    repair = pusher(engine, hours, google, "big 0", "big 0", share=Share.REPAIR)
    hours.pass_until(100)
    assert repair.done >= 0.09 * google.between("project", 0, 100)


def test_what_nobody_else_wants_bulk_jobs_may_have(engine: Engine, hours: Hours, google: Google) -> None:
    backlog(engine, hours, google)
    hours.pass_until(120)
    assert google.between("project", 60, 120) >= 0.95 * SMALL.project


def test_who_calls_one_after_the_other_finds_some_each_time_under_a_backlog(engine: Engine, hours: Hours) -> None:
    google = Google(hours)
    for n in range(6):
        hours.begin(Pusher(quota(engine, hours, f"big {n % 3}", "big"), google, hours, calls=50))
    steady = Pusher(quota(engine, hours, "small", "small"), google, hours, calls=2, in_all=40)
    hours.begin(steady, at=30)
    hours.pass_until(50)
    assert 0 < steady.ended_at - 30 <= 6
