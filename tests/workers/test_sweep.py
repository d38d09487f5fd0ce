"""The sweep: what waits too long is done without Redis and without Celery."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine

from config.settings import Settings
from integration.accounts.schools import school_ids
from integration.courses.sync import request_sync
from integration.courses.syncs import sync_report
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.later import Job
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from integration.week.run import run_now
from integration.week.shelf import weeks
from integration.week.strike import strike
from tests import make
from tests.conftest import Clock
from workers.sweep import Basket, empty, sweep


def sweeping(settings: Settings, engine: Engine, sandbox: Sandbox, clock: Clock) -> tuple[Desk, Basket]:
    basket = Basket()
    return open_desk(settings, ring=basket, wire=WsgiWire(sandbox), engine=engine, now=clock), basket


def connected(desk: Desk, world: World, domain: str = "juniper.example") -> tuple[str, str]:
    maya = world.add_person(f"maya@{domain}", "Maya Okafor", domain=domain)
    world.add_course(maya, "6th Grade Library", students=())
    row = make.account(desk, world, maya)
    return row.school_id, row.id


def hears(heard: list[str]) -> Callable[[Job, Mapping[str, str]], bool]:
    """The bell of workers who hear, and have not done anything yet."""
    def ring(_job: Job, ids: Mapping[str, str]) -> bool:
        heard.extend(ids.values())
        return True
    return ring


def test_a_forgotten_sync_is_done_by_the_sweep(settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock
                                               ) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, account_id = connected(desk, world)
    sync_id = request_sync(desk, school_id, account_id)
    basket.jobs.clear()
    clock.forward(minutes=2)
    sweep(desk, basket, patience=60.0)
    assert sync_report(desk, school_id, sync_id).state.value == "done"


def test_a_sync_that_was_just_asked_for_is_left_to_the_workers(settings: Settings, engine: Engine, sandbox: Sandbox, world: World,
                                                               clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, account_id = connected(desk, world)
    sync_id = request_sync(desk, school_id, account_id)
    basket.jobs.clear()
    sweep(desk, basket, patience=60.0)
    assert sync_report(desk, school_id, sync_id).state.value == "queued"


def test_what_was_forgotten_is_rung_for_anew_in_every_school_and_left_to_the_workers(
        settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    syncs = [request_sync(desk, *connected(desk, world, f"{name}.example")) for name in ("juniper", "alder")]
    basket.jobs.clear()
    clock.forward(minutes=2)
    heard: list[str] = []
    assert sweep(desk, basket, patience=60.0, ring=hears(heard)) == 0
    assert sorted(heard) == sorted(syncs) and len(sandbox.journal) == 0


def test_what_they_were_rung_for_and_still_waits_at_the_next_sweep_is_done_by_it(
        settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, account_id = connected(desk, world)
    sync_id = request_sync(desk, school_id, account_id)
    clock.forward(minutes=2)
    heard: list[str] = []
    for _ in range(2):
        assert sync_report(desk, school_id, sync_id).state.value == "queued"
        sweep(desk, basket, patience=60.0, ring=hears(heard))
    assert heard == [sync_id] and sync_report(desk, school_id, sync_id).state.value == "done"


def test_what_is_found_again_after_it_was_done_is_rung_for_again() -> None:
    basket, heard = Basket(), list[str]()
    for found in (True, False, True):
        if found:
            basket(Job.SYNC_COURSES, {"sync_id": "a"})
        basket.leave_to(hears(heard))
    assert heard == ["a", "a"] and not basket.jobs


def test_a_sweep_ends_in_time_and_the_next_finds_what_is_new_and_goes_on_in_turn(
        settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    large, small = (request_sync(desk, *connected(desk, world, f"{name}.example")) for name in ("juniper", "alder"))
    schools = dict(zip((large, small), school_ids(desk), strict=True))
    assert sweep(desk, basket, patience=60.0, seconds=0.0) == 1
    # What the one sync rang for waits until the other school had its turn.
    assert basket.jobs and [sync_report(desk, schools[id], id).state.value for id in (large, small)] == ["running", "queued"]
    assert sweep(desk, basket, patience=60.0, seconds=0.0) == 1
    assert sync_report(desk, schools[small], small).state.value == "running"


def test_the_same_job_rung_twice_is_done_once() -> None:
    basket = Basket()
    basket(Job.SYNC_COURSES, {"sync_id": "a"})
    basket(Job.SYNC_COURSES, {"sync_id": "a"})
    assert len(basket.jobs) == 1


def test_on_monday_at_six_the_clock_runs_a_whole_round_without_redis(settings: Settings, engine: Engine, sandbox: Sandbox,
                                                                     world: World, clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, _ = connected(desk, world)
    clock.at = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
    assert strike(desk) == 1
    empty(desk, basket)
    clock.forward(seconds=10)
    sweep(desk, basket, patience=60.0)
    clock.forward(seconds=10)
    sweep(desk, basket, patience=60.0)
    assert [card.state for card in weeks(desk, school_id)] == ["done"]


def test_a_round_whose_bell_was_lost_is_found_by_the_sweep(settings: Settings, engine: Engine, sandbox: Sandbox, world: World,
                                                           clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, account_id = connected(desk, world)
    run_now(desk, school_id, account_id)
    basket.jobs.clear()
    for _ in range(3):
        clock.forward(minutes=2)
        sweep(desk, basket, patience=60.0)
    assert [card.state for card in weeks(desk, school_id)] == ["done"]
