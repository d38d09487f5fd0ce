"""A post to every class, its update and taking it back, clean and with faults: what it costs, and what then stands in the classes.

    python -m tests.benchmarks.delivery [--classes 500] [--window 10] [--workers 2] [--latency 0.15] [--share 200]

The pretend Google is a process of its own, 150 ms away in the median; our workers are processes that share a Postgres, each with
eight hands at once, and this process is the clock that sweeps. The floor is what the librarian's limit allows: the calls that were
made ÷ 1,200 a window. A shorter window lets the same calls through faster, so that a large push can be measured in minutes; but a
process that the machine lets stand still for a sixtieth of the window between paying and sending may be answered with 429, and what
Google's 429 slows down comes back by the clock and not by the window, so a busy machine needs a longer one. With
faults 1 % of the calls each are answered with 503 though nothing was done and with 503 though it was, and of 1 % of the trips the
answer is lost. What is doubled, missing or left over is judged on Google's side.
"""

import argparse
import multiprocessing
import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import update as sql_update

from config.settings import Settings
from integration.accounts.keys import seal
from integration.accounts.models import Account
from integration.courses.models import Mode
from integration.curation.collect import NewCollection, change_collection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.machine import FINAL
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update
from integration.desk import Desk, open_desk
from integration.google.wire import HttpWire
from integration.later import Ring, silence
from integration.records.session import open_engine
from integration.schema import every_table
from tests import make
from tests.benchmarks.bars import Bar, at_least, at_most, print_bars
from tests.benchmarks.far_google import USER, Google, Judged, Town, far_google, town
from tests.conftest import SETTINGS
from tests.databases import new_postgres_url

SWEEPS_EVERY = 2.0
PATIENCE = 600.0
SETTLED_AFTER = 500
"""Deliveries after which a worker has built what it builds once."""
FIRST, THEN = "Look closely.", "Look closely, then draw."
ENDS = FINAL | {S.NEEDS_HUMAN}


@dataclass(frozen=True)
class Cost:
    """What one process used: seconds of processor, megabytes at its fullest, and what it held after its first hundreds."""

    processor: float
    memory: float
    early: float = 0.0


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    classes: int
    seconds: float
    floor: float
    refused: int
    calls: int
    costs: tuple[Cost, ...]
    judged: Judged
    missing: int
    """Classes that do not stand as they should."""
    unended: int
    """Deliveries that have not come to the end they should."""

    @property
    def reached(self) -> float:
        """The part of the limit that was used."""
        return self.floor / self.seconds

    @property
    def cores(self) -> float:
        """How much of a core all our processes took together."""
        return sum(cost.processor for cost in self.costs) / self.seconds

    @property
    def growth(self) -> float:
        """How much the worker that grew most had grown at the end."""
        return max(cost.memory / cost.early - 1 for cost in self.costs if cost.early)

    def __str__(self) -> str:
        judged, memory = self.judged, " ".join(f"{cost.memory:.0f}" for cost in self.costs)
        return (f"{self.what:<20} {self.seconds:>8.1f} {self.floor:>7.1f} {self.reached:>6.1%} {self.refused:>5} "
                f"{self.calls / self.classes:>10.2f} {sum(cost.processor for cost in self.costs):>6.1f} {self.cores:>6.2f} "
                f"{memory:>12} {self.growth:>7.1%} {judged.doubled:>8} {self.missing:>8} {judged.drafts:>7} {self.unended:>8}")


HEAD = (f"{'what':<20} {'seconds':>8} {'floor':>7} {'limit':>6} {'429s':>5} {'calls each':>10} {'CPU s':>6} {'cores':>6} "
        f"{'MB each':>12} {'growth':>7} {'doubled':>8} {'missing':>8} {'drafts':>7} {'unended':>8}")
"""`limit`: the part of it that was reached. `MB each`: the workers, then the clock."""


@dataclass(frozen=True)
class Push:
    """A librarian with her classes and a collection for all of them; `workers` are to send it."""

    desk: Desk
    google: Google
    school_id: str
    account_id: str
    collection_id: str
    link_id: str
    classes: int
    workers: int
    window: float


def main() -> None:
    """Measure the pushes and print the table, then the processor's share in it, then the bars."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--classes", type=int, default=500)
    words.add_argument("--window", type=float, default=10.0)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--latency", type=float, default=0.15)
    words.add_argument("--share", type=int, default=200, help="deliveries of which the processor's share is measured")
    asked = words.parse_args()
    print_bars(pushes(asked.classes, asked.window, asked.workers, asked.latency, asked.share))


def pushes(classes: int, window: float, workers: int = 2, latency: float = 0.15, share: int = 200) -> list[Bar]:
    """Both pushes, and what they are held to."""
    from tests.benchmarks.delivery_processor import print_processor
    print(f"{classes:,} classes, {workers} workers, {latency * 1000:.0f} ms away, {USER:,} calls a user in {window:g} s\n{HEAD}")
    lines: list[Line] = []
    for faults in (0.0, 0.01):
        with far_google(classes, make.ALL_SCOPES, latency=latency, window=window) as google:
            lines += measure(prepared(google, classes, workers, window), faults)
    print_processor(share)
    return [bar for each in lines for bar in held_to(each)]


def held_to(line: Line) -> list[Bar]:
    """The bars of one line."""
    bad = line.judged.doubled + line.missing + line.unended
    reached = [at_least(f"{line.what}: reached of the librarian's limit, %", 95, line.reached * 100)]
    return [*(reached if line.what == "post" else []), at_most(f"{line.what}: answered with 429", 0, line.refused),
            at_most(f"{line.what}: doubled, missing or not at its end", 0, bad),
            at_most(f"{line.what}: cores of all our processes", 1, line.cores),
            at_most(f"{line.what}: growth of a worker's memory, %", 5, line.growth * 100)]


def prepared(google: Google, classes: int, workers: int, window: float, **settings: Any) -> Push:
    """The school as a sync would have left it, on an empty Postgres."""
    place = town(classes)
    desk, account = connected(google, place, quota_window_seconds=window, **settings)
    for google_id in place.course_ids:
        make.course(desk, account, google_id=google_id, name="Grade 6 Library", mode=Mode.OWN)
    gathered, link = gather(desk, account.school_id)
    return Push(desk, google, account.school_id, account.id, gathered, link, classes, workers, window)


def connected(google: Google, place: Town, scopes: tuple[str, ...] = make.ALL_SCOPES, *, ring: Ring = silence,
              **settings: Any) -> tuple[Desk, Account]:
    """The town's first librarian, who allowed `scopes`, on an empty Postgres."""
    values = {**SETTINGS, "database_url": new_postgres_url(), "google_root_url": google.root, **settings}
    desk = sit(Settings(**values), ring)
    return desk, connect(desk, google, place, 0, scopes=scopes)


def connect(desk: Desk, google: Google, place: Town, number: int, *, school_id: str | None = None,
            scopes: tuple[str, ...] = make.ALL_SCOPES) -> Account:
    """One of the town's librarians, with the token that the other process gave her."""
    account = make.account(desk, place.world, place.people[number], school_id=school_id, granted=scopes)
    sealed, key_id = seal(desk.settings.keys, google.refresh_tokens[number], bound_to=account.id)
    with desk.transaction() as session:
        session.execute(sql_update(Account).where(Account.id == account.id).values(sealed_refresh_token=sealed, key_id=key_id))
    return account


def gather(desk: Desk, school_id: str) -> tuple[str, str]:
    """A collection, and the link in it."""
    link = add_resource(desk, school_id, NewResource(kind="link", title="Volcanoes", url="https://volcano.example/start"))
    return collect(desk, school_id, NewCollection(title="Volcanoes", description=FIRST, resource_ids=[link])), link


def sit(settings: Settings, ring: Ring = silence, **clock: Any) -> Desk:
    """A desk on the benchmark's Postgres, with real HTTP to the pretend Google."""
    engine = open_engine(settings.database_url)
    every_table().create_all(engine)
    return open_desk(settings, ring=ring, wire=HttpWire(64), engine=engine, **clock)


def measure(push: Push, faults: float) -> list[Line]:
    """A post to each class, its update, and taking it back; `faults` is the share of each kind."""
    ids = (push.desk, push.school_id, planned(push), push.account_id)
    push.google.stumble(faults)
    weather = ", 1 % faults" if faults else ""
    with multiprocessing.get_context("spawn").Pool(push.workers) as pool:
        pool.map(_warm, range(push.workers * 4))
        lines = [line(push, pool, f"post{weather}", lambda: accept(*ids), S.PUBLISHED, FIRST)]
        change_collection(push.desk, push.school_id, push.collection_id, NewCollection(
            title="Volcanoes", description=THEN, resource_ids=[push.link_id]))
        lines.append(line(push, pool, f"update{weather}", lambda: update(*ids), S.PUBLISHED, THEN))
        lines.append(line(push, pool, f"retract{weather}", lambda: retract(*ids), S.RETRACTED, ""))
    return lines


def planned(push: Push) -> str:
    """An announcement for every class."""
    return plan(push.desk, push.school_id, push.account_id, NewPlan(push.collection_id, Rule(grades=("6",)), kind="announcement"))


def line(push: Push, pool: Pool, what: str, begin: Callable[[], object], end: S, wording: str) -> Line:
    """Do it to its end and print its line. Without a `wording` nothing shall stand afterwards."""
    calls, refused = push.google.seen()
    began, ours = time.perf_counter(), time.process_time()
    begin()
    at_work = [pool.apply_async(work, (push.desk.settings, push.school_id)) for _ in range(push.workers)]
    costs = (*sweep_until_over(push, at_work), Cost(time.process_time() - ours, _peak()))
    seconds, (calls_after, refused_after), judged = time.perf_counter() - began, push.google.seen(), push.google.judge(wording)
    made, stands = calls_after - calls, judged.standing if wording else judged.empty
    done = Line(what, push.classes, seconds, made * push.window / USER, refused_after - refused, made, costs, judged,
                push.classes - stands, push.classes - counted(push.desk, push.school_id, end))
    print(done, flush=True)
    return done


def sweep_until_over(push: Push, at_work: list["AsyncResult[Cost]"]) -> list[Cost]:
    """Be the clock until every worker has nothing left to do; what each used."""
    while not all(each.ready() for each in at_work):
        sweep(push.desk, patience=SWEEPS_EVERY)
        at_work[0].wait(SWEEPS_EVERY)
    return [each.get() for each in at_work]


def work(settings: Settings, school_id: str) -> Cost:
    """One worker: send what is due until all has come to its end. What it used meanwhile."""
    desk, began, ends_at = sit(settings), time.process_time(), time.monotonic() + PATIENCE
    taken, early = 0, 0.0
    while is_open(desk, school_id) and time.monotonic() < ends_at:
        if some := send_due(desk, school_id):
            taken += some
            early = early or (_holds() if taken >= SETTLED_AFTER else 0.0)
        else:
            time.sleep(0.2)
    return Cost(time.process_time() - began, _peak(), early or _holds())


def _warm(_number: int) -> None:
    """Let the process be there, with everything imported, before the time is taken."""
    time.sleep(0.2)


def is_open(desk: Desk, school_id: str) -> bool:
    with desk.transaction() as session:
        return session.scalar(select(Delivery.id).where(
            Delivery.school_id == school_id, Delivery.state.not_in(ENDS)).limit(1)) is not None


def counted(desk: Desk, school_id: str, state: S) -> int:
    with desk.transaction() as session:
        return session.scalar(select(func.count()).where(Delivery.school_id == school_id, Delivery.state == state)) or 0


def _holds() -> float:
    """Megabytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    """Not `ru_maxrss`, which a process has from the one that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
