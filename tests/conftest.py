"""The desk the tests sit at: a real database, the pretend Google on an in-process wire, a clock that only moves when told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from integration import nature
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.later import Job
from integration.sandbox.app import Sandbox
from integration.sandbox.schools import demo_school
from integration.sandbox.world import World
from tests.databases import fresh_engine
from tests.watching import faults_of_watched, open_watched

SETTINGS = {
    "secret_keys": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
    "google_client_id": "sandbox-client",
    "google_client_secret": "sandbox-secret",
    "google_root_url": "http://google.test",
    "base_url": "http://localhost:8000",
}


@dataclass
class Clock:
    """A clock that only moves when told."""

    at: datetime = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Drowsy(nature.Machine):
    """A nature in which whoever sleeps moves the clock on instead of waiting."""

    clock: Clock
    began_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.clock.at

    def monotonic(self) -> float:
        return super().monotonic() + (self.clock.at - self.began_at).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)


@dataclass
class Bell:
    """Remembers what was rung."""

    rung: list[tuple[Job, dict[str, str]]] = field(default_factory=list)

    def __call__(self, job: Job, ids: Mapping[str, str]) -> None:
        self.rung.append((job, dict(ids)))


@pytest.fixture(autouse=True)
def nothing_asked_of_google_is_undocumented() -> Iterator[None]:
    """Read the journal of the pretend Google after each test."""
    yield
    assert faults_of_watched() == []


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of this test; whoever sleeps under it moves it on."""
    clock = Clock()
    with nature.under(Drowsy(clock)):
        yield clock


@pytest.fixture
def bell() -> Bell:
    """The bell of this test."""
    return Bell()


@pytest.fixture
def world(clock: Clock) -> World:
    """An empty pretend Google."""
    return World(seed=1, now=clock)


@pytest.fixture
def school_world(clock: Clock) -> World:
    """The demo school."""
    return demo_school(clock)


@pytest.fixture
def sandbox(world: World) -> Sandbox:
    """The pretend Google around the empty world."""
    return open_watched(world)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh database with every table."""
    with fresh_engine(tmp_path) as engine:
        yield engine


@pytest.fixture
def settings(engine: Engine) -> Settings:
    """Settings that point at this test's database."""
    url = engine.url.render_as_string(hide_password=False)
    return Settings(database_url=url, **SETTINGS)  # type: ignore[arg-type]


@pytest.fixture
def desk(settings: Settings, engine: Engine, sandbox: Sandbox, clock: Clock, bell: Bell) -> Desk:
    """A desk on the empty world."""
    return open_desk(settings, ring=bell, wire=WsgiWire(sandbox), engine=engine, now=clock)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files of slow tests, in whatever order chance put them, over the first part of the run, and none over its end."""
    slow = [list(some) for _, some in groupby(filter(_is_slow, items), key=lambda item: item.path)]
    items[:] = [item for item in items if not _is_slow(item)]
    step = max(1, len(items) * 7 // (10 * len(slow) or 1))
    for number, some in reversed(list(enumerate(slow))):
        items[number * step:number * step] = some


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when no browser looked at the pages."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("tests/journeys" in report.nodeid for report in skipped):
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True)
        terminalreporter.line("No Chromium was found, so the journeys and accessibility were NOT checked. Install Debian’s package "
                              "chromium; REQUIRE_BROWSER=1 makes this a failure.")
