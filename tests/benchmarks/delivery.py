"""Seconds, calls, processor time and memory of a post to every class, of its update and of taking it back, beside the floor.

    python -m tests.benchmarks.delivery [--classes 500] [--window 10] [--workers 2] [--latency 0.15] [--share 200]

The pretend Google is a process of its own, 150 ms away in the median; our workers are processes that share a Postgres, each with
eight hands at once, and this process is the clock that sweeps. The floor is what the librarian's limit allows: the calls that were
made ÷ 1,200 a window. A shorter window lets the same calls through faster, so that a large push can be measured in minutes.
"""

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.pool import AsyncResult
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
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update
from integration.desk import Desk, open_desk
from integration.google.wire import HttpWire
from integration.later import silence
from integration.records.session import open_engine
from integration.schema import every_table
from tests import make
from tests.benchmarks.far_google import USER, Google, far_google, town
from tests.conftest import SETTINGS
from tests.databases import new_postgres_url

SWEEPS_EVERY = 2.0
PATIENCE = 600.0


@dataclass(frozen=True)
class Cost:
    """What one process used: seconds of processor, and megabytes at its fullest."""

    processor: float
    memory: float


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
    """Measure the pushes and print the table, then the processor's share in it."""
    from tests.benchmarks.delivery_processor import print_processor
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--classes", type=int, default=500)
    words.add_argument("--window", type=float, default=10.0)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--latency", type=float, default=0.15)
    words.add_argument("--share", type=int, default=200, help="deliveries of which the processor's share is measured")
    asked = words.parse_args()
    print(f"{asked.classes:,} classes, {asked.workers} workers, {asked.latency * 1000:.0f} ms away, {USER:,} calls a user in "
          f"{asked.window:g} s")
    print(f"{'what':<22} {'seconds':>8} {'floor':>7} {'ratio':>6} {'429s':>5} {'calls each':>11} {'CPU s':>7} {'MB each':>12}")
    for share in (0.0, 0.01):
        with far_google(asked.classes, make.ALL_SCOPES, latency=asked.latency, window=asked.window) as google:
            measure(prepared(google, asked.classes, asked.workers, asked.window), share)
    print_processor(asked.share)


def prepared(google: Google, classes: int, workers: int, window: float, **settings: Any) -> Push:
    """The school as a sync would have left it, on an empty Postgres."""
    values = {**SETTINGS, "database_url": new_postgres_url(), "quota_window_seconds": window, "google_root_url": google.root}
    desk, place = sit(Settings(**{**values, **settings})), town(classes)
    account = make.account(desk, place.world, place.person)
    sealed, key_id = seal(desk.settings.keys, google.refresh_token, bound_to=account.id)
    with desk.transaction() as session:
        session.execute(sql_update(Account).where(Account.id == account.id).values(sealed_refresh_token=sealed, key_id=key_id))
    for google_id in place.course_ids:
        make.course(desk, account, google_id=google_id, name="Grade 6 Library", mode=Mode.OWN)
    link = add_resource(desk, account.school_id, NewResource(kind="link", title="Volcanoes", url="https://volcano.example/start"))
    gathered = collect(desk, account.school_id, NewCollection(title="Volcanoes", description="Look closely.", resource_ids=[link]))
    return Push(desk, google, account.school_id, account.id, gathered, link, classes, workers, window)


def sit(settings: Settings) -> Desk:
    """A desk on the benchmark's Postgres, with real HTTP to the pretend Google."""
    engine = open_engine(settings.database_url)
    every_table().create_all(engine)
    return open_desk(settings, ring=silence, wire=HttpWire(64), engine=engine)


def measure(push: Push, share: float) -> None:
    """A post to each class, its update, and taking it back; `share` of the calls go wrong."""
    ids = (push.desk, push.school_id, planned(push), push.account_id)
    push.google.stumble(share)
    weather = f", {share:.0%} faults" if share else ""
    line(push, f"post{weather}", lambda: accept(*ids), S.PUBLISHED)
    change_collection(push.desk, push.school_id, push.collection_id, NewCollection(
        title="Volcanoes", description="Look closely, then draw.", resource_ids=[push.link_id]))
    line(push, f"update{weather}", lambda: update(*ids), S.PUBLISHED)
    line(push, f"retract{weather}", lambda: retract(*ids), S.RETRACTED)


def planned(push: Push) -> str:
    """An announcement for every class."""
    return plan(push.desk, push.school_id, push.account_id, NewPlan(push.collection_id, Rule(grades=("6",)), kind="announcement"))


def line(push: Push, what: str, begin: Callable[[], object], end: S) -> None:
    """Do it to its end and print its line."""
    calls, refused = push.google.seen()
    with multiprocessing.get_context("spawn").Pool(push.workers) as pool:
        pool.map(_warm, range(push.workers * 4))
        began, ours = time.perf_counter(), time.process_time()
        begin()
        at_work = [pool.apply_async(work, (push.desk.settings, push.school_id)) for _ in range(push.workers)]
        costs = [*sweep_until_over(push, at_work), Cost(time.process_time() - ours, _memory())]
    seconds, (calls_after, refused_after) = time.perf_counter() - began, push.google.seen()
    floor, ended = (calls_after - calls) * push.window / USER, _counted(push.desk, push.school_id, end)
    missing = "" if ended == push.classes else f"  {push.classes - ended} NOT AT THEIR END"
    print(f"{what:<22} {seconds:>8.1f} {floor:>7.1f} {seconds / floor:>6.2f} {refused_after - refused:>5} "
          f"{(calls_after - calls) / push.classes:>11.2f} {sum(cost.processor for cost in costs):>7.2f} "
          f"{' '.join(f'{cost.memory:.0f}' for cost in costs):>12}{missing}", flush=True)


def sweep_until_over(push: Push, at_work: list["AsyncResult[Cost]"]) -> list[Cost]:
    """Be the clock until every worker has nothing left to do; what each used."""
    while not all(each.ready() for each in at_work):
        sweep(push.desk, patience=SWEEPS_EVERY)
        at_work[0].wait(SWEEPS_EVERY)
    return [each.get() for each in at_work]


def work(settings: Settings, school_id: str) -> Cost:
    """One worker: send what is due until all has come to its end. What it used meanwhile."""
    desk, began, ends_at = sit(settings), time.process_time(), time.monotonic() + PATIENCE
    while _open(desk, school_id) and time.monotonic() < ends_at:
        if not send_due(desk, school_id):
            time.sleep(0.2)
    return Cost(time.process_time() - began, _memory())


def _warm(_number: int) -> None:
    """Let the process be there, with everything imported, before the time is taken."""
    time.sleep(0.2)


def _open(desk: Desk, school_id: str) -> int:
    return sum(_counted(desk, school_id, state) for state in S if state not in {S.PUBLISHED, S.RETRACTED, S.CANCELLED})


def _counted(desk: Desk, school_id: str, state: S) -> int:
    with desk.transaction() as session:
        return session.scalar(select(func.count()).where(Delivery.school_id == school_id, Delivery.state == state)) or 0


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
