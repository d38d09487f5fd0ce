"""The sweep: what waits too long is done without Redis and without Celery."""

from sqlalchemy import Engine

from config.settings import Settings
from integration.courses.sync import request_sync
from integration.courses.syncs import sync_report
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.later import Job
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import Clock
from workers.clock import ask_for_weekly_syncs
from workers.sweep import Basket, sweep


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


def test_a_week_after_the_last_look_another_is_asked_for(settings: Settings, engine: Engine, sandbox: Sandbox, world: World,
                                                         clock: Clock) -> None:
    desk, basket = sweeping(settings, engine, sandbox, clock)
    school_id, account_id = connected(desk, world)
    request_sync(desk, school_id, account_id)
    sweep(desk, basket, patience=0.0)
    clock.forward(days=6)
    assert ask_for_weekly_syncs(desk) == 0
    clock.forward(days=1)
    assert ask_for_weekly_syncs(desk) == 1
