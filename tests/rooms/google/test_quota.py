"""Google's limit of calls a minute, kept in the database."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from integration.desk import Desk
from integration.errors import Busy
from integration.google.quota import Limits, Quota, QuotaSlice
from tests.conftest import Clock

WINDOW = Limits(user=6, project=9, seconds=60)


def quota(desk: Desk, user: str, limits: Limits = WINDOW) -> Quota:
    return Quota(desk.transaction, desk.now, limits, user)


def spend_all(one: Quota, at_most: int = 50) -> int:
    for number in range(at_most):
        try:
            one.spend()
        except Busy:
            return number
    return at_most


def taken(desk: Desk, key: str) -> int:
    with desk.transaction() as session:
        return session.scalar(select(func.sum(QuotaSlice.used)).where(QuotaSlice.key == key)) or 0


@pytest.fixture
def slow(clock: Clock) -> Limits:
    """Slices so long that a full window means a long wait, which is said rather than slept through."""
    return Limits(user=6, project=9, seconds=60 * 60)


def test_a_user_never_gets_more_than_the_limit(desk: Desk, slow: Limits) -> None:
    spend_all(quota(desk, "a", slow))
    assert 0 < taken(desk, "user:a") <= 6


def test_the_project_s_limit_holds_for_all_users_together(desk: Desk, slow: Limits) -> None:
    for user in ("a", "b", "c"):
        spend_all(quota(desk, user, slow))
    assert 0 < taken(desk, "project") <= 9


def test_a_full_window_says_how_long_to_wait(desk: Desk, slow: Limits) -> None:
    one = quota(desk, "a", slow)
    spend_all(one)
    with pytest.raises(Busy) as stopped:
        one.spend()
    assert stopped.value.retry_after > 5
    assert stopped.value.reason == "quota"


def test_an_emptied_window_gives_again(desk: Desk, clock: Clock, slow: Limits) -> None:
    spend_all(quota(desk, "a", slow))
    before = taken(desk, "user:a")
    clock.at += timedelta(hours=2)
    quota(desk, "a", slow).spend()
    assert taken(desk, "user:a") > before
