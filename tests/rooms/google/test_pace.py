"""The arithmetic of a moving window, without a database."""

import pytest

from integration.google.pace import LOWEST, SLICES, SPAN, Window, halved, recovered


def spent_greedily(limit: int, slices: int, used: dict[int, int]) -> dict[int, int]:
    """Take whatever may be taken, slice after slice."""
    for current in range(slices):
        counted = {slice: calls for slice, calls in used.items() if slice > current - SPAN}
        used[current] = used.get(current, 0) + max(0, Window(limit, counted).room(current))
    return used


def most_in_a_row(used: dict[int, int]) -> int:
    return max(sum(used.get(slice, 0) for slice in range(begin, begin + SPAN)) for begin in range(max(used)))


@pytest.mark.parametrize("limit", [1, 6, 100, 1200, 3000])
def test_no_row_of_slices_holds_more_than_the_limit(limit: int) -> None:
    assert most_in_a_row(spent_greedily(limit, 4 * SPAN, {})) == limit


@pytest.mark.parametrize("before", [{0: 1200}, {0: 1, 100: 900}, {60: 300, 61: 300}, {}])
def test_after_any_past_the_whole_limit_is_reached_again(before: dict[int, int]) -> None:
    used = spent_greedily(1200, 5 * SPAN, dict(before))
    assert sum(used[slice] for slice in range(3 * SPAN, 4 * SPAN)) == 1200


def test_a_burst_leaves_calls_for_every_slice_that_comes() -> None:
    used = spent_greedily(1200, 3 * SPAN, {})
    assert used[0] > 1200 / 5
    assert min(used[slice] for slice in range(2 * SPAN)) >= 4


def test_a_burst_after_a_pause_leaves_calls_for_every_slice_too() -> None:
    used = spent_greedily(1200, 3 * SPAN, {0: 1, **dict.fromkeys(range(1, 100), 0)})
    assert min(used[slice] for slice in range(3 * SPAN)) >= 4


def test_the_slack_costs_less_than_three_of_a_hundred() -> None:
    assert SLICES / SPAN > 0.97


def test_half_a_rate_lets_half_of_the_calls_through() -> None:
    used: dict[int, int] = {}
    for current in range(3 * SPAN):
        used[current] = max(0, Window(1200, {s: n for s, n in used.items() if s > current - SPAN}, share=0.5).room(current))
    assert sum(used[slice] for slice in range(2 * SPAN, 3 * SPAN)) == pytest.approx(600, rel=0.05)


def test_a_rate_halves_down_to_a_floor_from_which_it_is_back_at_ninety_percent_within_two_minutes() -> None:
    share = 1.0
    for _ in range(20):
        share = halved(share)
    assert share == LOWEST
    assert recovered(share, 120) >= 0.9
    assert recovered(share, 3600) == 1.0
