"""Calls and seconds of a first sync, a second sync and one post to each class, beside the floor: calls ÷ quota.

    python -m tests.benchmarks.sync [--classes 60 5000] [--latency 0.15] [--window 20]

Google's quota counts 1,200 calls a user in 60 seconds. A window of W seconds lets the same calls through 60/W times
as fast, so that 5,000 classes can be measured in minutes; the floor is reckoned with the same window.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from config.settings import Settings
from integration.accounts.models import Account
from integration.courses.models import Course, Mode
from integration.courses.shelf import courses
from integration.courses.sync import request_sync
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.plan import NewPlan, Rule, plan
from integration.desk import Desk, open_desk
from integration.google.wire import Reply, Wire, WsgiWire
from integration.records.clock import utc_now
from integration.sandbox.app import open_sandbox
from integration.sandbox.district import district
from integration.sandbox.quota import Window
from integration.sandbox.schools import MAYA, demo_school
from integration.sandbox.world import World
from tests import make
from tests.benchmarks.pulling import Basket
from tests.conftest import SETTINGS
from tests.databases import fresh_engine


@dataclass
class FarAway:
    """A wire with Google's distance in it; counts what was carried."""

    wire: Wire
    latency: float
    calls: int = 0

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        time.sleep(self.latency)
        self.calls += "/v1/" in url
        return self.wire.carry(method, url, headers, body, timeout)


@dataclass(frozen=True)
class Bench:
    """A desk far from its pretend Google, with one connected librarian."""

    desk: Desk
    wire: FarAway
    basket: Basket
    account: Account


def main() -> None:
    """Measure each size and print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--classes", type=int, nargs="+", default=[60, 5000])
    words.add_argument("--latency", type=float, default=0.15)
    words.add_argument("--window", type=float, default=20.0)
    asked = words.parse_args()
    print(f"latency {asked.latency * 1000:.0f} ms, 1,200 calls a user in {asked.window:g} s")
    print(f"{'classes':>8} {'what':<14} {'calls':>7} {'seconds':>8} {'floor':>8} {'ratio':>6}")
    for classes in asked.classes:
        with bench(classes, asked.latency, asked.window) as at:
            measure(at, classes, asked.window)


@contextmanager
def bench(classes: int, latency: float, window: float) -> Iterator[Bench]:
    """Everything one measurement needs, thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder, fresh_engine(Path(folder)) as engine:
        world = school(classes)
        basket, wire = Basket(), FarAway(WsgiWire(open_sandbox(world, quota=Window(seconds=window))), latency)
        url = engine.url.render_as_string(hide_password=False)
        settings = Settings(database_url=url, quota_window_seconds=window, **SETTINGS)  # type: ignore[arg-type]
        desk = open_desk(settings, ring=basket, wire=wire, engine=engine)
        librarian = world.people_by_email[MAYA] if classes <= 60 else next(iter(world.people.values()))
        yield Bench(desk, wire, basket, make.account(desk, world, librarian))


def school(classes: int) -> World:
    """The demo school, or a district in which one librarian co-teaches every class."""
    return demo_school(utc_now) if classes <= 60 else district(7, utc_now, classes, 1)


def measure(at: Bench, classes: int, window: float) -> None:
    """The three jobs, one after the other."""
    for what in ("first sync", "second sync"):
        run(at, classes, window, what, lambda: request_sync(at.desk, at.account.school_id, at.account.id))
    plan_id = planned(at)
    run(at, classes, window, "one post each", lambda: accept(at.desk, at.account.school_id, plan_id, at.account.id))


def planned(at: Bench) -> str:
    """One collection for every class; each counts as the librarian's own, so that none waits for a teacher."""
    school_id = at.account.school_id
    with at.desk.transaction() as session:
        session.execute(update(Course).where(Course.school_id == school_id).values(mode=Mode.OWN))
    link = add_resource(at.desk, school_id, NewResource(kind="link", title="Food webs", url="https://nature.example/webs"))
    gathered = collect(at.desk, school_id, NewCollection(title="Ecosystems", resource_ids=[link]))
    every = [card.id for card in courses(at.desk, school_id) if not card.excluded]
    return plan(at.desk, school_id, at.account.id, NewPlan(gathered, Rule(class_ids=tuple(every))))


def run(at: Bench, classes: int, window: float, what: str, begin: Callable[[], object]) -> None:
    """Do one job to its end and print its line."""
    calls, began = at.wire.calls, time.perf_counter()
    begin()
    at.basket.empty(at.desk)
    seconds, spent = time.perf_counter() - began, at.wire.calls - calls
    floor = spent / (1200 / window)
    print(f"{classes:>8} {what:<14} {spent:>7,} {seconds:>8.1f} {floor:>8.1f} {seconds / floor if floor else 0:>6.2f}",
          flush=True)


if __name__ == "__main__":
    main()
