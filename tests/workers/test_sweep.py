"""The sweep: what waits too long is done without Redis and without Celery."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from config.settings import Settings
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


def connected(desk: Desk, world: World) -> tuple[str, str]:
    maya = world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")
    world.add_course(maya, "6th Grade Library", students=())
    row = make.account(desk, world, maya)
    return row.school_id, row.id


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
