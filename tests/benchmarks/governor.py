"""How near to Google's limits several processes come together, and that no window ever holds more.

    python -m tests.benchmarks.governor [--processes 2] [--window 60] [--windows 4]

Each process reads classes from the pretend Google over HTTP, with eight threads or more and Google's distance in between; all
they share is a Postgres. Google's side is believed: it notes when each call arrives. The ratio leaves out the first window, in
which a burst may go. The lines marked * are hours on a virtual clock, with calls that take up to a second to arrive.
"""

import argparse
import multiprocessing
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import random

from config.settings import Settings
from integration import nature
from integration.accounts.connection import open_classroom
from integration.desk import Desk, open_desk
from integration.errors import Busy
from integration.google.classroom import Classroom
from integration.google.wire import HttpWire, Reply, Wire
from integration.later import silence
from integration.records.clock import utc_now
from integration.records.session import open_engine
from integration.sandbox.app import open_sandbox
from integration.sandbox.quota import Window
from integration.sandbox.server import make_sandbox_server
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make
from tests.benchmarks.governor_hours import print_hours
from tests.conftest import SETTINGS
from tests.databases import new_postgres_url
from tests.rooms.google.hours import windows

LATENCY = 0.15
USER, PROJECT = 1200, 3000


class Noting(Window):
    """Google's windows, with a note of each call's arrival, refused ones too."""

    def __init__(self, seconds: float) -> None:
        super().__init__(user=USER, project=PROJECT, seconds=seconds)
        self.arrivals: dict[str, list[float]] = defaultdict(list)
        self.refused = 0

    def spend(self, project: str, user: str) -> None:
        at = self.clock()
        self.arrivals[""].append(at)
        self.arrivals[user].append(at)
        self.refused += 1
        super().spend(project, user)
        self.refused -= 1


@dataclass
class FarAway:
    """A wire with Google's distance in it, half on the way there and half on the way back."""

    wire: Wire

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        time.sleep(LATENCY / 2 * (0.5 + random()))
        reply = self.wire.carry(method, url, headers, body, timeout)
        time.sleep(LATENCY / 2 * (0.5 + random()))
        return reply


@dataclass(frozen=True)
class Press:
    """What one process does: call for each account with so many threads until the time is over."""

    settings: Settings
    account_ids: tuple[str, ...]
    course: str
    threads: int
    seconds: float


@dataclass
class Place:
    """A pretend Google that is served, a Postgres, and librarians who are connected."""

    window: Noting
    settings: Settings
    course: str
    account_ids: list[str] = field(default_factory=list)


def main() -> None:
    """Measure each case and print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--window", type=float, default=60.0)
    words.add_argument("--windows", type=int, default=4)
    asked = words.parse_args()
    print(f"{asked.processes} processes, limits {USER:,} a user and {PROJECT:,} in all in {asked.window:g} s, "
          f"{LATENCY * 1000:.0f} ms away")
    print(f"{'what':<42} {'calls':>8} {'ratio':>7} {'fullest':>8} {'above':>6} {'429s':>5} {'CPU s/1,000':>12}")
    for librarians, threads in ((1, 8), (5, 4)):
        with place(librarians, asked.window) as at:
            measure(at, asked.processes, threads, asked.windows)
    print_hours()


@contextmanager
def place(librarians: int, window: float) -> Iterator[Place]:
    """Everything one measurement needs."""
    world, google = World(seed=1, now=utc_now), Noting(window)
    people = [world.add_person(f"l{number}@juniper.example", f"Librarian {number}") for number in range(librarians)]
    course = world.add_course(people[0], "Grade 6 Library", teachers=people[1:])
    server = make_sandbox_server(open_sandbox(world, quota=google))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = Settings(**{**SETTINGS, "database_url": new_postgres_url(), "quota_window_seconds": window,  # type: ignore[arg-type]
                           "google_root_url": f"http://127.0.0.1:{server.server_port}"})
    at, desk = Place(google, settings, course), sit(settings)
    at.account_ids = [make.account(desk, world, person).id for person in people]
    yield at
    server.shutdown()


def sit(settings: Settings) -> Desk:
    """A desk on the benchmark's Postgres, with real HTTP to the pretend Google."""
    engine = open_engine(settings.database_url)
    every_table().create_all(engine)
    return open_desk(settings, ring=silence, wire=FarAway(HttpWire(64)), engine=engine)


def measure(at: Place, processes: int, threads: int, count: int) -> None:
    """Let the processes press, and print what Google saw."""
    press = Press(at.settings, tuple(at.account_ids), at.course, threads, at.window.seconds * count)
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        line(at, count, sum(pool.map(press_on, [press] * processes)))


def line(at: Place, count: int, processor: float) -> None:
    """One line of the table: the limit that binds, the calls, the share of it that was reached after the first window."""
    is_alone, window = len(at.account_ids) == 1, at.window
    limit = USER if is_alone else PROJECT
    what = "one librarian: her own limit" if is_alone else f"{len(at.account_ids)} librarians: the project's limit"
    times, seconds = sorted(window.arrivals[""]), window.seconds
    steady = sum(times[0] + seconds <= time < times[0] + (count - 1) * seconds for time in times)
    found = {key: windows(arrivals, seconds) for key, arrivals in window.arrivals.items()}
    above = sum(held > (USER if key else PROJECT) for key, each in found.items() for held in each)
    fullest = max(max(each) for key, each in found.items() if is_alone or not key)
    print(f"{what:<42} {len(times):>8,} {steady / (limit * (count - 2)):>7.3f} {fullest:>8,} {above:>6} {window.refused:>5} "
          f"{processor / len(times) * 1000:>12.2f}", flush=True)


def press_on(press: Press) -> float:
    """One process: its own desk, and threads that share one way to Google for each account. Answers its CPU seconds."""
    desk, ends_at = sit(press.settings), time.monotonic() + press.seconds
    ways = [open_classroom(desk, account_id) for account_id in press.account_ids]
    threads = [threading.Thread(target=call_on, args=(way, press.course, ends_at)) for way in ways for _ in range(press.threads)]
    began = time.process_time()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return time.process_time() - began


def call_on(way: Classroom, course: str, ends_at: float) -> None:
    """One thread: call and call again; come back later when the quota says so."""
    while time.monotonic() < ends_at:
        try:
            way.get_course(course)
        except Busy as error:
            nature.sleep(max(1.0, error.retry_after) * nature.jitter())


if __name__ == "__main__":
    main()
