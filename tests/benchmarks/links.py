"""Whether a teacher's link bears three hundred looks a second, as mail gateways look, without a write and without a session.

    python -m tests.benchmarks.links [--rate 300] [--seconds 10] [--processes 2]

Each of thirty connections looks at its own moments, whether the answer before came early or late, so that what waits counts. They
share the machine with what they measure, so the ratio to `/healthz` under the same load says more than the seconds.
`TEST_DATABASE=postgres` measures with a real Postgres. Ends with 1 when a look failed, wrote something or began a session.
"""

import argparse
import http.client
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from config.settings import Settings
from integration.desk import open_desk
from integration.google.wire import WsgiWire
from integration.records.clock import utc_now
from integration.sandbox.app import open_sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS, Bell
from tests.databases import fresh_engine
from tests.journeys.door import open_door
from tests.rooms.delivery.makers import Library

CONNECTIONS = 30


def main() -> int:
    """Measure both pages and print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rate", type=int, default=300)
    words.add_argument("--seconds", type=float, default=10.0)
    words.add_argument("--processes", type=int, default=2)
    asked = words.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        door = stack.enter_context(open_door(_library(stack, folder), folder, processes=asked.processes))
        pages = {"/healthz": f"{door.origin}/healthz", "her question": door.link("question"), "her page": door.link("teacher"),
                 "a guess": f"{door.origin}/to/question/{'B' * 43}"}
        before = door.everything()
        print(f"{asked.rate} a second asked for, {asked.seconds:g} s each, {asked.processes} web processes")
        print(f"{'page':<14} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8} {'p50 ratio':>10} {'p99 ratio':>10} {'wrong':>6}")
        floor, faults = (0.0, 0.0), 0
        for name, address in pages.items():
            _looks(address, asked.rate, 1.0)
            took, wrong, whole = _looks(address, asked.rate, asked.seconds)
            cuts = quantiles(took, n=100)
            floor, faults = floor if floor[0] else (cuts[49], cuts[98]), faults + wrong
            print(f"{name:<14} {len(took) / whole:>9.0f} {cuts[49] * 1000:>8.1f} {cuts[98] * 1000:>8.1f} "
                  f"{cuts[49] / floor[0]:>10.2f} {cuts[98] / floor[1]:>10.2f} {wrong:>6}", flush=True)
        written = door.changed_since(before)
        print(f"Tables that changed: {', '.join(written) or 'none'}.")
        return 1 if faults or written else 0


def _library(stack: ExitStack, folder: Path) -> Library:
    engine = stack.enter_context(fresh_engine(folder))
    world = World(seed=1, now=utc_now)
    settings = Settings(database_url=engine.url.render_as_string(hide_password=False), **SETTINGS)  # type: ignore[arg-type]
    desk = open_desk(settings, ring=Bell(), wire=WsgiWire(open_sandbox(world)), engine=engine, now=utc_now)
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


def _looks(address: str, rate: int, seconds: float) -> tuple[list[float], int, float]:
    """Look so often for so long; gives how late each answer came, how many were wrong, and the seconds it all took."""
    began, each = time.perf_counter(), CONNECTIONS / rate
    with ThreadPoolExecutor(CONNECTIONS) as gateways:
        found = list(gateways.map(
            lambda number: _gateway(address, began + number / rate, each, began + seconds), range(CONNECTIONS)))
    return [late for some, _ in found for late in some], sum(wrong for _, wrong in found), time.perf_counter() - began


def _gateway(address: str, first: float, each: float, until: float) -> tuple[list[float], int]:
    parts, due = urlsplit(address), first
    line, took, wrong = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30), [], 0
    while due < until:
        time.sleep(max(0.0, due - time.perf_counter()))
        line.request("GET", parts.path)
        answer = line.getresponse()
        answer.read()
        took.append(time.perf_counter() - due)
        wrong += answer.status not in {200, 404} or answer.getheader("Set-Cookie") is not None
        due += each
    line.close()
    return took, wrong


if __name__ == "__main__":
    sys.exit(main())
