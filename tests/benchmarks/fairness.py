"""Whether a small school waits because a big one queued very much: through real workers, Redis and Postgres.

    python -m tests.benchmarks.fairness [--posts 50000] [--window 10] [--concurrency 4]

A school of three librarians queues so many posts, more than the whole project may send in half an hour. Beside it twenty schools
queue twenty posts each, one after the other, as some did before when nobody else was there. Afterwards six schools of one librarian
each have more to do than goes, for a minute. The big school's posts need not all go: it is measured until the small ones are done.
The same on a virtual clock, for hours and with the whole backlog: `python -m tests.benchmarks.hours`.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from config.settings import Settings
from integration.accounts.models import Account
from integration.courses.models import Mode
from integration.delivery.accept import accept
from integration.delivery.lease import DELIVERIES
from integration.delivery.models import DeliveryState as S
from integration.delivery.plan import NewPlan, Rule, plan
from integration.desk import Desk
from integration.later import silence
from tests import make
from tests.benchmarks.bars import Bar, at_least, at_most, print_bars
from tests.benchmarks.delivery import connect, counted, gather, sit
from tests.benchmarks.far_google import Google, Town, far_google, town
from tests.databases import new_postgres_url
from tests.rooms.google.hours import jain
from web.commands import embedded
from web.commands.redis_server import start_queue
from web.commands.stack import Stack
from workers.bell import CeleryBell
from workers.queue import make_celery

BIG, BIG_CLASSES = 3, 200
ALONE, SMALL, POSTS_OF_A_SMALL = 6, 20, 20
"""Of those that are alone the first only warms the workers."""
EQUAL, EQUAL_CLASSES, EQUAL_SECONDS = 6, 100, 60.0
PATIENCE = 120.0


@dataclass(frozen=True)
class Place:
    """The processes, and the librarians by what they are to do."""

    desk: Desk
    google: Google
    town: Town
    window: float

    def librarian(self, number: int, school_id: str | None = None) -> Account:
        """One with her classes on the shelf; in a school of her own when none is named."""
        account = connect(self.desk, self.google, self.town, number, school_id=school_id)
        for google_id in self.town.classes[number]:
            make.course(self.desk, account, google_id=google_id, name="Grade 6 Library", mode=Mode.OWN)
        return account

    def planned(self, account: Account) -> str:
        """An announcement for every class of her school."""
        gathered, _ = gather(self.desk, account.school_id)
        return plan(self.desk, account.school_id, account.id, NewPlan(gathered, Rule(grades=("6",)), kind="announcement"))


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--posts", type=int, default=50_000)
    words.add_argument("--window", type=float, default=10.0)
    words.add_argument("--concurrency", type=int, default=4)
    asked = words.parse_args()
    print_bars(fairness(asked.posts, asked.window, asked.concurrency))


def fairness(posts: int, window: float, concurrency: int = 4) -> list[Bar]:
    """Measure both and answer what they are held to."""
    with place(window, concurrency) as at:
        numbers = iter(range(len(at.town.people)))
        big = [at.librarian(next(numbers))]
        big += [at.librarian(next(numbers), big[0].school_id) for _ in range(BIG - 1)]
        alone = [seconds_of(at, at.librarian(next(numbers))) for _ in range(ALONE)][1:]
        queue(at, big[0], posts)
        time.sleep(window)
        before, began = counted(at.desk, big[0].school_id, S.PUBLISHED), time.perf_counter()
        beside = [seconds_of(at, at.librarian(next(numbers)), apart=window / 3) for _ in range(SMALL)]
        went = counted(at.desk, big[0].school_id, S.PUBLISHED) - before
        print(f"one school queued {posts:,}; {went:,} of them went in the {time.perf_counter() - began:.0f} s in which the small "
              f"ones were measured; {at.google.seen()[1]} calls answered with 429")
        line("alone", alone)
        line(f"beside it, {window / 3:.1f} s apart", beside)
        hold(at, big[0])
        shares = among_equals(at, [at.librarian(next(numbers)) for _ in range(EQUAL)])
        return [at_most("longest of twenty small schools beside it ÷ median alone", 2, max(beside) / statistics.median(alone)),
                at_least("Jain's index of six equal schools with more than goes", 0.95, jain(shares)),
                at_most("fairness: answered with 429", 0, at.google.seen()[1])]


@contextmanager
def place(window: float, concurrency: int) -> Iterator[Place]:
    """Everything started, with nothing to do."""
    classes = (*[BIG_CLASSES] * BIG, *[POSTS_OF_A_SMALL] * (ALONE + SMALL), *[EQUAL_CLASSES] * EQUAL)
    with (far_google(classes[0], make.ALL_SCOPES, latency=0.15, window=window, others=classes[1:]) as google,
          tempfile.TemporaryDirectory() as folder, embedded.run_folder() as run):
        environ = embedded.environment(Path(folder), 0, {
            "THROUGHLINE_DATABASE_URL": new_postgres_url(), "THROUGHLINE_GOOGLE_ROOT_URL": google.root,
            "THROUGHLINE_GOOGLE_CLIENT_ID": "sandbox-client", "THROUGHLINE_GOOGLE_CLIENT_SECRET": "sandbox-secret",
            "THROUGHLINE_QUOTA_WINDOW_SECONDS": str(window)})
        settings, redis = embedded.prepare(environ, run)
        with (Path(folder) / "log").open("ab") as log, Stack(environ, log) as stack:
            start_queue(stack, redis, run, Path(folder))
            stack.start_ours("worker", "--concurrency", str(concurrency))
            stack.start_ours("clock")
            yield Place(desk_that_rings(settings), google, town(*classes), window)


def desk_that_rings(settings: Settings) -> Desk:
    """As a page has it."""
    return sit(settings, CeleryBell(make_celery(settings.redis_url)) if settings.redis_url else silence)


def seconds_of(at: Place, small: Account, *, apart: float = 0.0) -> float:
    """A small school's twenty posts: the seconds from her word until all stand. Raises AssertionError after two minutes."""
    plan_id, began = at.planned(small), time.perf_counter()
    accept(at.desk, small.school_id, plan_id, small.id)
    while counted(at.desk, small.school_id, S.PUBLISHED) < POSTS_OF_A_SMALL:
        assert time.perf_counter() - began < PATIENCE, "A small school was not done in two minutes."
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    time.sleep(max(0.0, apart - seconds))
    return seconds


def queue(at: Place, account: Account, posts: int) -> None:
    """So many posts of a school: a plan that is accepted, and as many more occurrences of it as are needed."""
    plan_id = at.planned(account)
    accept(at.desk, account.school_id, plan_id, account.id)
    there = counted_all(at, account)
    own = {"id": func.md5(func.random().cast(DELIVERIES.c.id.type)), "marker": func.md5(func.random().cast(DELIVERIES.c.id.type)),
           "state": literal("ready"), "post_id": literal(None), "lease_token": literal(None), "lease_until": literal(None)}
    for copy in range(1, posts // there):
        names = [column.name for column in DELIVERIES.c]
        row = select(*[own.get(name, literal(f"copy-{copy}") if name == "occurrence" else DELIVERIES.c[name]) for name in names])
        with at.desk.transaction() as session:
            session.execute(insert(DELIVERIES).from_select(names, row.where(
                DELIVERIES.c.plan_id == plan_id, DELIVERIES.c.occurrence == "once")))


def counted_all(at: Place, account: Account) -> int:
    """The deliveries of her school."""
    with at.desk.transaction() as session:
        return session.scalar(select(func.count()).where(DELIVERIES.c.school_id == account.school_id)) or 0


def hold(at: Place, account: Account) -> None:
    """The big school's rest is put off until tomorrow."""
    free = select(DELIVERIES.c.id).where(DELIVERIES.c.school_id == account.school_id, DELIVERIES.c.state == S.READY)
    with at.desk.transaction() as session:
        session.execute(update(DELIVERIES).where(DELIVERIES.c.id.in_(free.with_for_update(skip_locked=True))).values(
            next_at=func.now() + func.make_interval(0, 0, 0, 1)))
    time.sleep(at.window)


def among_equals(at: Place, accounts: Sequence[Account]) -> list[float]:
    """How many posts of each school went while all of them had more to do."""
    for each in accounts:
        queue(at, each, round(EQUAL_SECONDS / at.window * 3000 / 2 / EQUAL))
    before = [counted(at.desk, each.school_id, S.PUBLISHED) for each in accounts]
    time.sleep(EQUAL_SECONDS)
    done = [counted(at.desk, each.school_id, S.PUBLISHED) - was for each, was in zip(accounts, before, strict=True)]
    print(f"six equal schools with more to do than goes, {EQUAL_SECONDS:.0f} s: {', '.join(f'{each:,}' for each in done)} posts; "
          f"Jain {jain(done):.4f}", flush=True)
    return [float(each) for each in done]


def line(what: str, found: Sequence[float]) -> None:
    """One line of the table."""
    print(f"a small school's {POSTS_OF_A_SMALL} posts {what:<24} {len(found):>4} times, median {statistics.median(found):.2f} s, "
          f"longest {max(found):.2f}; each: {' '.join(f'{each:.1f}' for each in found)}", flush=True)


if __name__ == "__main__":
    main()
