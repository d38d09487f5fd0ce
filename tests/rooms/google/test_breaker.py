"""The breaker: opens when Google stumbles at every other call, asks one call at a time, and closes by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from integration.desk import Desk
from integration.errors import Busy
from integration.google.breaker import PROBE, Breaker, outage
from tests.conftest import Clock


def call(breaker: Breaker, *, stumbles: bool = False) -> None:
    breaker.admit()
    breaker.note(stumbles)


def broken(desk: Desk) -> Breaker:
    breaker = Breaker(desk.transaction)
    for _ in range(20):
        call(breaker, stumbles=True)
    return breaker


def is_open(desk: Desk) -> bool:
    with desk.transaction() as session:
        return outage(session) is not None


def test_twenty_stumbles_stop_everybody(desk: Desk, clock: Clock) -> None:
    broken(desk)
    with pytest.raises(Busy) as caught:
        Breaker(desk.transaction).admit()
    assert caught.value.reason == "breaker" and caught.value.retry_after == PROBE.total_seconds()
    assert "Delayed by Google" in str(caught.value)


def test_nineteen_stumbles_say_nothing_yet(desk: Desk) -> None:
    breaker = Breaker(desk.transaction)
    for _ in range(19):
        call(breaker, stumbles=True)
    assert not is_open(desk)


def test_one_stumble_in_a_hundred_never_stops_anybody(desk: Desk) -> None:
    breaker = Breaker(desk.transaction)
    for number in range(500):
        call(breaker, stumbles=number % 100 == 0)
    assert not is_open(desk)


def test_a_good_hour_does_not_hide_that_google_is_gone_now(desk: Desk, clock: Clock) -> None:
    breaker = Breaker(desk.transaction)
    for _ in range(500):
        call(breaker)
    for _ in range(40):
        call(breaker, stumbles=True)
        if is_open(desk):
            return
    pytest.fail("Forty stumbles in a row did not open it.")


def test_stumbles_an_hour_apart_are_forgotten(desk: Desk, clock: Clock) -> None:
    breaker = Breaker(desk.transaction)
    for _ in range(40):
        call(breaker, stumbles=True)
        clock.forward(hours=1)
    assert not is_open(desk)


def test_one_call_every_half_minute_asks_whether_google_is_well(desk: Desk, clock: Clock) -> None:
    broken(desk)
    clock.at += PROBE
    first, second = Breaker(desk.transaction), Breaker(desk.transaction)
    first.admit()
    with pytest.raises(Busy):
        second.admit()
    first.note(True)
    clock.at += PROBE - timedelta(seconds=1)
    with pytest.raises(Busy):
        second.admit()


def test_a_good_probe_lets_everybody_go_on(desk: Desk, clock: Clock) -> None:
    waiting = broken(desk)
    clock.at += PROBE
    call(Breaker(desk.transaction))
    call(waiting)
    assert not is_open(desk)


def test_a_late_good_answer_to_a_call_made_before_does_not_close_it(desk: Desk) -> None:
    slow = Breaker(desk.transaction)
    slow.admit()
    broken(desk)
    slow.note(False)
    assert is_open(desk)


def test_good_calls_cost_no_statement_each(desk: Desk, engine: Engine) -> None:
    breaker, statements = Breaker(desk.transaction), []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for _ in range(100):
        call(breaker)
    assert len(statements) < 15
