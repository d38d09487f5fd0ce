"""Google's limit of calls a minute, kept in the database: never exceeded, nearly reached, given back slowly after a 429."""

import pytest
from sqlalchemy import Engine, func, select

from integration import nature
from integration.errors import Busy
from integration.google.counts import QuotaSlice
from integration.google.quota import Limits, Quota, Share
from tests.rooms.google.hours import DEFAULT, Google, Hours, Pusher, quota

SMALL = Limits(user=240, project=600, seconds=60)
"""A fifth of Google's, so that a minute costs a fifth."""
SLOW = Limits(user=6, project=9, seconds=60 * 60)
"""Slices so long that a full window means a long wait, which is said rather than slept through."""


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def google(hours: Hours) -> Google:
    return Google(hours, SMALL)


def taken(one: Quota, key: str) -> int:
    with one.transaction() as session:
        return session.scalar(select(func.sum(QuotaSlice.used)).where(QuotaSlice.key == key)) or 0


def spend_all(hours: Hours, *quotas: Quota) -> Busy:
    """Spend with a clock that stands still until the quota says no."""
    with nature.under(hours), pytest.raises(Busy) as stopped:
        for one in quotas:
            for _ in range(50):
                one.spend()
    return stopped.value


def push(hours: Hours, google: Google, quotas: list[Quota], *, threads: int = 1, calls: int = 1) -> list[Pusher]:
    pushers = [Pusher(one, google, hours, calls) for one in quotas for _ in range(threads)]
    for each in pushers:
        hours.begin(each)
    return pushers


def test_a_user_never_gets_more_than_the_limit(engine: Engine, hours: Hours) -> None:
    one = quota(engine, hours, "a", limits=SLOW)
    spend_all(hours, one)
    assert 0 < taken(one, "user:a") <= 6


def test_the_project_s_limit_holds_for_all_users_together(engine: Engine, hours: Hours) -> None:
    one = quota(engine, hours, "a", limits=SLOW)
    for user in "abcdefghijkl":
        spend_all(hours, quota(engine, hours, user, limits=SLOW))
    assert 0 < taken(one, "project") <= 9


def test_a_full_window_says_how_long_to_wait(engine: Engine, hours: Hours) -> None:
    stopped = spend_all(hours, quota(engine, hours, "a", limits=SLOW))
    assert stopped.retry_after > 5
    assert stopped.reason == "quota"


def test_an_emptied_window_gives_again(engine: Engine, hours: Hours) -> None:
    one = quota(engine, hours, "a", limits=SLOW)
    spend_all(hours, one)
    hours.pass_until(2 * 60 * 60)
    with nature.under(hours):
        one.spend()


def test_a_steady_push_of_one_user_reaches_her_limit_and_never_passes_it(engine: Engine, hours: Hours, google: Google) -> None:
    push(hours, google, [quota(engine, hours, "a", limits=SMALL)], threads=8)
    hours.pass_until(240)
    assert google.windows_above() == []
    assert google.between("a", 60, 240) >= 0.95 * 3 * SMALL.user


def test_a_steady_push_in_whole_batches_reaches_the_limit_too(engine: Engine, hours: Hours) -> None:
    google = Google(hours, DEFAULT)
    push(hours, google, [quota(engine, hours, "a")], calls=50)
    hours.pass_until(360)
    assert google.windows_above() == []
    assert google.between("a", 60, 360) >= 0.95 * 5 * DEFAULT.user


def test_several_processes_of_one_user_share_one_limit(engine: Engine, hours: Hours, google: Google) -> None:
    push(hours, google, [quota(engine, hours, "a", limits=SMALL) for _ in range(4)])
    hours.pass_until(180)
    assert google.windows_above() == []
    assert google.between("a", 60, 180) >= 0.95 * 2 * SMALL.user


def test_many_users_reach_the_project_s_limit_and_never_pass_it(engine: Engine, hours: Hours, google: Google) -> None:
    push(hours, google, [quota(engine, hours, f"u{n}", f"school {n}", limits=SMALL) for n in range(6)], threads=2)
    hours.pass_until(180)
    assert google.windows_above() == []
    assert google.between("project", 60, 180) >= 0.95 * 2 * SMALL.project


def test_batches_beside_single_calls_are_not_starved(engine: Engine, hours: Hours, google: Google) -> None:
    push(hours, google, [quota(engine, hours, "a", limits=SMALL)], threads=4)
    batches = push(hours, google, [quota(engine, hours, "a", limits=SMALL)], calls=10)
    hours.pass_until(90)
    assert google.windows_above() == []
    assert batches[0].done >= 90


def test_what_a_caller_did_not_use_of_its_block_is_given_back(engine: Engine, hours: Hours) -> None:
    one = quota(engine, hours, "a")

    def sip() -> None:
        for _ in range(60):
            one.spend()
            hours.sleep(0.3)

    hours.begin(sip)
    hours.pass_until(30)
    assert 60 <= taken(one, "user:a") <= 62


def test_a_batch_that_cannot_go_gives_back_what_it_gathered(engine: Engine, hours: Hours) -> None:
    one = quota(engine, hours, "a", limits=Limits(user=40, project=100, seconds=60))
    with nature.under(Still(hours)):
        one.spend()
        with pytest.raises(Busy):
            one.spend(40)
    assert taken(one, "user:a") <= 2


def test_a_batch_is_no_larger_than_small_limits_allow(engine: Engine, hours: Hours) -> None:
    assert quota(engine, hours, "a").most_at_once == 50
    assert quota(engine, hours, "a", limits=SMALL).most_at_once == 30
    assert quota(engine, hours, "a", limits=SLOW).most_at_once == 1


def test_after_google_asked_to_slow_down_nobody_of_that_user_calls_before_its_time(engine: Engine, hours: Hours) -> None:
    mine, other = quota(engine, hours, "a"), quota(engine, hours, "b")
    with nature.under(hours):
        mine.spend()
        mine.slow_down(30)
        with pytest.raises(Busy) as stopped:
            quota(engine, hours, "a", share=Share.INTERACTIVE).spend()
        other.spend()
    assert 29 <= stopped.value.retry_after <= 31


def test_when_google_names_the_project_everybody_waits(engine: Engine, hours: Hours) -> None:
    with nature.under(hours):
        quota(engine, hours, "a").slow_down(30, whole_project=True)
        with pytest.raises(Busy):
            quota(engine, hours, "b").spend()


def test_eight_refusals_in_one_second_halve_the_rate_once(engine: Engine, hours: Hours, google: Google) -> None:
    one = quota(engine, hours, "a", limits=SMALL)
    with nature.under(hours):
        for _ in range(8):
            one.slow_down()
    push(hours, google, [one], threads=4)
    hours.pass_until(50)
    assert google.between("a", 20, 50) >= 0.5 * 30 * SMALL.user / 60


def test_a_storm_of_429_halves_the_calls_and_two_minutes_later_nine_tenths_are_back(
        engine: Engine, hours: Hours, google: Google) -> None:
    one = quota(engine, hours, "a", limits=SMALL)
    push(hours, google, [one], threads=4)
    hours.begin(lambda: storm(hours, one, until=660), at=60)
    hours.pass_until(900)
    stormy = google.between("a", 120, 660) / 9
    assert stormy <= 0.5 * SMALL.user
    assert google.between("a", 780, 900) >= 0.9 * 2 * SMALL.user
    assert google.windows_above() == []


def storm(hours: Hours, one: Quota, *, until: float) -> None:
    while hours.at < until:
        one.slow_down(1)
        hours.sleep(4)


class Still(Hours):
    """Waiting is only noted: the database's clock stands."""

    def __init__(self, hours: Hours) -> None:
        super().__init__()
        self._hours = hours

    def sleep(self, seconds: float) -> None:
        self.at += seconds
