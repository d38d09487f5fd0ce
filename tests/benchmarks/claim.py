"""How long the real claim takes among two million deliveries of which half a million are due, and how Postgres goes about it.

    python -m tests.benchmarks.claim [--rows 2000000] [--due 500000] [--schools 1200] [--claims 500]

One school has a tenth of what is due, the others share the rest. Claims are made for one school after the other, the big one each
fourth time, and nothing is given back. Each statement is timed where the driver sends it; then Postgres explains the last two of
them, and no plan may read a whole table. A statement that locks rows cannot be answered from the index alone, so the rows it takes
are read, and no others but those that somebody holds.
"""

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from config.settings import Settings
from integration.delivery.lease import DELIVERIES, claim
from integration.delivery.models import Attempt
from integration.desk import Desk, open_desk
from integration.later import silence
from integration.records.session import open_engine
from integration.schema import every_table
from tests.benchmarks.bars import Bar, at_most, print_bars
from tests.conftest import SETTINGS
from tests.databases import new_postgres_url

BIG = 0
A_HAND = 50
MEMORY = "2GB"
"""Of Postgres's own: the table with its indexes has room in it, as it has to on a server that keeps two million rows."""
WARM = 20
"""Claims that are not counted."""
INDEXES = ("ix_deliveries_claimable", "pk_deliveries")
NAMES = ("first of those tried before", "first of the fresh", "take those tried before", "take the fresh")
FILL = text("""
    INSERT INTO deliveries (id, school_id, plan_id, occurrence, course_id, account_id, course_google_id, kind, title, text,
        materials, content_hash, marker, state, reason, kept, draft_only, ends_because, generation, link, next_at, tries,
        created_at, expires_at)
    SELECT lpad(to_hex(n), 32, '0'), 'school-' || school, 'plan-' || n / 5000, 'once', 'course-' || n, 'account-' || school,
        'google-' || n, 'material', 'Volcanoes', 'Look closely.', '[{"link": {"url": "https://volcano.example/start"}}]',
        md5(n::text), md5(n::text), CASE WHEN n < :due THEN 'ready' ELSE 'published' END, '', '[]', false, '', '', '',
        now() - (n % 3600) * interval '1 second', CASE WHEN n < :due AND n % 1000 = 7 THEN 1 ELSE 0 END,
        now(), now() + interval '7 days'
    FROM (SELECT n, CASE WHEN n < :due / 10 THEN 0 ELSE 1 + (n::bigint * 7919) % (:schools - 1) END AS school
          FROM generate_series(0, :rows - 1) AS n) AS numbered""")
PLANS = text("""
    INSERT INTO plans (id, school_id, account_id, collection_id, rule, kind, topic, state, title, materials, created_at, occurrence)
    SELECT 'plan-' || n, 'school', 'account', 'collection', '{}', 'material', '', 'running', 'Volcanoes', '[]', now(), 'once'
    FROM generate_series(0, :rows / 5000) AS n""")
TRIED = text("""
    INSERT INTO delivery_attempts (id, school_id, delivery_id, kind, lease_token, request_hash, started_at, outcome, detail)
    SELECT md5(id), school_id, id, 'publish', '', '', now(), 'ok', '' FROM deliveries WHERE state = 'published'""")


@dataclass
class Watch:
    """The seconds of each statement, and each statement with what was last given to it."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    last: dict[str, Any] = field(default_factory=dict)
    _began: float = 0.0

    def before(self, _connection: Any, _cursor: Any, _statement: str, _parameters: Any, _context: Any, _many: bool) -> None:
        self._began = time.perf_counter()

    def after(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        self.seconds[statement].append(time.perf_counter() - self._began)
        self.last[statement] = parameters

    def of(self, beginning: str) -> list[str]:
        """The statements about deliveries that begin so, those about what was tried before first."""
        found = [each for each in self.last if re.match(beginning, each) and "deliveries.tries" in each.partition("ORDER BY")[0]]
        return sorted(found, key=lambda each: "deliveries.tries > " not in each)


def main() -> None:
    """Fill the tables, measure, print the table, the plans and the bars."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=2_000_000)
    words.add_argument("--due", type=int, default=500_000)
    words.add_argument("--schools", type=int, default=1200)
    words.add_argument("--claims", type=int, default=500)
    asked = words.parse_args()
    print_bars(claims(asked.rows, asked.due, asked.schools, asked.claims))


def claims(rows: int, due: int, schools: int, count: int) -> list[Bar]:
    """Measure and answer what it is held to."""
    url = new_postgres_url(MEMORY)
    engine, began = open_engine(url), time.perf_counter()
    fill(engine, rows, due, schools)
    print(f"{rows:,} deliveries, {due:,} due, {schools:,} schools, filled in {time.perf_counter() - began:.0f} s")
    desk, watch = open_desk(Settings(database_url=url, **SETTINGS), ring=silence, engine=engine), Watch()  # type: ignore[arg-type]
    claim_all(desk, schools, WARM)
    event.listen(engine, "before_cursor_execute", watch.before)
    event.listen(engine, "after_cursor_execute", watch.after)
    whole = claim_all(desk, schools, count)
    event.remove(engine, "before_cursor_execute", watch.before)
    event.remove(engine, "after_cursor_execute", watch.after)
    print(f"{'what':<40} {'times':>6} {'p50 ms':>8} {'p99 ms':>8} {'longest':>8}")
    timed("claim, with all that is read about a hand", whole)
    selects, takes = watch.of("SELECT"), watch.of("WITH|UPDATE")
    assert (len(selects), len(takes)) == (2, 2)
    with engine.connect() as connection:
        return [bar for name, statement in zip(NAMES, (*selects, *takes), strict=True)
                for bar in (timed(name, watch.seconds[statement]), explained(connection, name, statement, watch.last[statement]))]


def fill(engine: Engine, rows: int, due: int, schools: int) -> None:
    """The rows, first without indexes and foreign keys, which are not what is measured; then the indexes as the code has them."""
    every_table().create_all(engine)
    tables = (DELIVERIES, Attempt.__table__)
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        indexes = [index for table in tables for index in table.indexes]  # type: ignore[attr-defined]
        for index in indexes:
            index.drop(connection)
        connection.execute(FILL, {"rows": rows, "due": due, "schools": schools})
        connection.execute(TRIED)
        connection.execute(PLANS, {"rows": rows})
        for index in indexes:
            index.create(connection)
        connection.execute(text("SET session_replication_role = DEFAULT"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("SET enable_seqscan = off"))
        connection.execute(text("SET enable_bitmapscan = off"))
        # What is due is in memory once it was read row by row; a look at the whole table would pass by it.
        connection.execute(text("SELECT max(text) FROM deliveries WHERE state = 'ready' AND next_at > '1970-01-01'"))


def claim_all(desk: Desk, schools: int, count: int) -> list[float]:
    """So many claims; the seconds of each. Raises AssertionError when one that could take a hand did not."""
    seconds = []
    for number in range(count):
        school = BIG if number % 4 == 0 else 1 + (number * 7) % (schools - 1)
        began = time.perf_counter()
        hand = claim(desk, f"school-{school}", f"account-{school}", A_HAND)
        seconds.append(time.perf_counter() - began)
        assert hand, f"Nothing was due in school {school}."
    return seconds


def timed(what: str, seconds: Sequence[float]) -> Bar:
    """One line of the table."""
    cuts = quantiles(seconds, n=100)
    print(f"{what:<40} {len(seconds):>6} {cuts[49] * 1000:>8.2f} {cuts[98] * 1000:>8.2f} {max(seconds) * 1000:>8.2f}", flush=True)
    return at_most(f"{what}: p99, ms", 10, cuts[98] * 1000)


def explained(connection: Connection, name: str, statement: str, given: Any) -> Bar:
    """Print Postgres's plan of a statement, carried out and rolled back; no table may be read as a whole, nor other rows found."""
    with connection.begin() as transaction:
        rows = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given).scalar_one()
        transaction.rollback()
    plan = (json.loads(rows) if isinstance(rows, str) else rows)[0]["Plan"]
    print_plan(plan)
    ways = {node.get("Index Name") or node["Node Type"] for node in nodes(plan) if "Scan" in node["Node Type"]}
    bad = ways - {*INDEXES, "CTE Scan", "Bitmap Heap Scan"}
    return Bar(f"{name}: finds rows by the indexes meant for it", "yes", ", ".join(sorted(bad)) or "yes", not bad)


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """A plan's steps, from the outside in."""
    return [plan, *(node for each in plan.get("Plans", ()) for node in nodes(each))]


def print_plan(plan: dict[str, Any], depth: int = 2) -> None:
    """A line for each step."""
    on = plan.get("Index Name") or plan.get("Relation Name") or ""
    print(f"{'  ' * depth}{plan['Node Type']} {on}: {plan['Actual Rows']:g} rows, {plan['Actual Total Time']:.2f} ms, "
          f"{plan['Shared Hit Blocks'] + plan['Shared Read Blocks']} blocks")
    for each in plan.get("Plans", ()):
        print_plan(each, depth + 1)


if __name__ == "__main__":
    main()
