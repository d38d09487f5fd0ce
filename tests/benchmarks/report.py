"""The page for the principal over a million deliveries on a real Postgres, beside one aggregate of the database over the same rows.

    python -m tests.benchmarks.report [--rows 1000000] [--classes 2500] [--entries 20000] [--times 3]

One school year has all the rows and the year before a quarter as many again, which the page sets beside it. The aggregate is one
statement that counts the year's posts by class: how many, how many stand, were edited, were removed. The page is asked for as a
browser asks, with everything between; each figure is the best of `--times`. Then, for each form, how much of the time the database
took for its statements.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event, text

from config.settings import Settings
from integration.accounts.models import Account
from integration.accounts.sessions import open_session
from integration.desk import Desk, open_desk
from integration.later import silence
from integration.records.session import open_engine
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make
from tests.benchmarks.bars import Bar, at_most, print_bars
from tests.conftest import SETTINGS
from tests.databases import new_postgres_url
from web import create_app

MAY = datetime(2027, 5, 28, 15, tzinfo=UTC)
YEAR = "2026"
PLANS = 500
TEACHERS = 1000
BARS = {"html": 5.0, "json": 5.0, "pdf": 5.0, "csv": 5.0, "xlsx": 5.0, "reach": 5.0}
"""How many times as long as the aggregate each may take; the others are told only."""
FORMS = ("html", "json", "pdf", "csv", "xlsx")
PAGES = {"reach": "/reach", "a list of reach": "/reach/list?by=grade&key=6&of=standing", "coverage grid": "/reach/coverage",
         "first page of a list": "/reports/2026/list/standing", "home, with the quilt": "/"}

PEOPLE = """
    INSERT INTO teachers (id, school_id, google_id, name, email)
    SELECT 't' || n, :school, 't' || n, 'Teacher ' || n, '' FROM generate_series(0, :teachers - 1) AS n;
    INSERT INTO courses (id, school_id, account_id, google_id, name, section, heading, levels, google_subject, state,
        owner_google_id, mode, link, students, grades, confidence, evidence, subject, school_year, doubts, excluded,
        first_seen_at, seen_at)
    SELECT 'c' || n, :school, :account, 'c' || n, 'Class ' || n, '', '', '', '', 'ACTIVE', '', 'co-taught', '', 20 + n % 11,
        json_build_array((1 + n % 12)::text), 'sure', '[]', (ARRAY['science', 'ela', 'math', 'social-studies', 'art'])[1 + n % 5],
        '2026-27', '[]', false, now(), now() FROM generate_series(0, :classes - 1) AS n;
    INSERT INTO course_teachers (id, school_id, course_id, teacher_id, is_owner)
    SELECT 'ct' || n, :school, 'c' || n, 't' || n % :teachers, true FROM generate_series(0, :classes - 1) AS n;
    INSERT INTO plans (id, school_id, account_id, collection_id, rule, kind, topic, state, title, materials, created_at, occurrence)
    SELECT 'p' || n, :school, :account, 'k' || n, '{}', 'material', '', 'done', 'Volcanoes', '[]', now(), 'once'
    FROM generate_series(0, :plans - 1) AS n"""
POSTS = """
    INSERT INTO deliveries (id, school_id, plan_id, occurrence, course_id, account_id, course_google_id, kind, title, text,
        materials, content_hash, marker, state, reason, kept, draft_only, ends_because, generation, link, next_at, tries,
        created_at, expires_at, published_at, edited_at)
    SELECT :mark || lpad(to_hex(n), 31, '0'), :school, 'p' || n % :plans, :mark || n,
        'c' || (n::bigint * 7919) % :classes, :account,
        'google', 'material', 'Volcanoes, week ' || n % 40, 'Look closely.', '[{"link": {"url": "https://volcano.example/start"}}]',
        md5(n::text), md5(n::text), CASE WHEN n % 50 = 1 THEN 'removed' WHEN n % 70 = 2 THEN 'retracted' ELSE 'published' END, '',
        '[]', false, '', '', '', now(), 0, now(), now(),
        CAST(:first AS timestamptz) + (n::bigint * 6151 % 300) * interval '1 day' + (n % 36000) * interval '1 second',
        CASE WHEN n % 9 = 0 THEN now() END
    FROM generate_series(0, :rows - 1) AS n"""
LOG = """
    INSERT INTO partnerships (id, school_id, teacher_id, began_on)
    SELECT 'pt' || n, :school, 't' || n, DATE '2026-08-20' FROM generate_series(0, :teachers - 1) AS n;
    INSERT INTO entries (id, school_id, partnership_id, occasion, "on", activity, minutes, level, scheme, codes, evidence, source,
        written_at)
    SELECT 'e' || n, :school, 'pt' || n % :teachers, 'collection:k' || n, DATE '2026-08-20' + n % 280, 'Volcanoes', 20 + n % 40,
        (ARRAY['A', 'B', 'C', 'D'])[1 + n % 4], 'tlc', '["VI.B.2"]', '[]', 'self', now() FROM generate_series(0, :entries - 1) AS n;
    INSERT INTO entry_courses (id, school_id, entry_id, course_id)
    SELECT 'ec' || n, :school, 'e' || n, 'c' || n % :classes FROM generate_series(0, :entries - 1) AS n"""
AGGREGATE = text("""
    SELECT course_id, count(*), count(*) FILTER (WHERE state NOT IN ('removed', 'retracted')),
        count(*) FILTER (WHERE state NOT IN ('removed', 'retracted') AND edited_at IS NOT NULL),
        count(*) FILTER (WHERE state = 'removed')
    FROM deliveries WHERE school_id = :school AND published_at >= '2026-07-01 04:00Z' AND published_at < '2027-07-01 04:00Z'
    GROUP BY course_id""")


class Driver:
    """How long the database took for its statements, by the clock of whoever waits for them."""

    def __init__(self, engine: Engine) -> None:
        self.seconds, self._began = 0.0, 0.0
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)

    def _before(self, *_: Any) -> None:
        self._began = time.perf_counter()

    def _after(self, *_: Any) -> None:
        self.seconds += time.perf_counter() - self._began


def main() -> None:
    """Fill, measure, print the table and the bars."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--classes", type=int, default=2500)
    words.add_argument("--entries", type=int, default=20_000)
    words.add_argument("--times", type=int, default=3)
    asked = words.parse_args()
    print_bars(reports(asked.rows, asked.classes, asked.entries, asked.times))


def reports(rows: int, classes: int, entries: int, times: int) -> list[Bar]:
    """Measure every form and what it is held to."""
    url, began = new_postgres_url(), time.perf_counter()
    engine = open_engine(url)
    desk = open_desk(Settings(database_url=url, **SETTINGS), ring=silence, engine=engine, now=lambda: MAY)  # type: ignore[arg-type]
    account = filled(engine, desk, rows, classes, entries)
    print(f"{rows:,} deliveries in {classes:,} classes, {rows // 4:,} the year before, {entries:,} entries in the log, filled in "
          f"{time.perf_counter() - began:.0f} s; the machine's load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    driver, client = Driver(engine), create_app(desk).test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = open_session(desk, account.id)
    one = best(times, driver, lambda: aggregate(engine, account.school_id))[0]
    print(f"\n{'what':<28} {'seconds':>8} {'database':>9} {'bytes':>12} {'times one aggregate':>20}")
    print(f"{'one aggregate':<28} {one:>8.2f} {one:>9.2f}", flush=True)
    bars = []
    for name, address in {**{form: f"/reports/{YEAR}.{form}" for form in FORMS}, **PAGES}.items():
        seconds, database, size = best(times, driver, lambda address=address: asked_for(client, address))  # type: ignore[misc]
        print(f"{name:<28} {seconds:>8.2f} {database:>9.2f} {size:>12,} {seconds / one:>20.1f}", flush=True)
        if name in BARS:
            bars.append(at_most(f"report as {name}, times one aggregate", BARS[name], seconds / one))
    return bars


def filled(engine: Engine, desk: Desk, rows: int, classes: int, entries: int) -> Account:
    """The rows, first without indexes and foreign keys, which are not what is measured."""
    every_table().create_all(engine)
    world = World(seed=1, now=desk.now)
    account = make.account(desk, world, world.add_person("lena@juniper.example", "Lena Ortiz"))
    table = every_table().tables["deliveries"]
    given = {"school": account.school_id, "account": account.id, "classes": classes, "plans": PLANS, "teachers": TEACHERS,
             "entries": entries}
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for index in table.indexes:
            index.drop(connection)
        for statement in (*PEOPLE.split(";"), *LOG.split(";")):
            connection.execute(text(statement), given)
        for mark, first, many in (("a", "2026-07-02", rows), ("b", "2025-07-02", rows // 4)):
            connection.execute(text(POSTS), {**given, "mark": mark, "first": first, "rows": many})
        for index in table.indexes:
            index.create(connection)
        connection.execute(text("SET session_replication_role = DEFAULT"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
    return account


def aggregate(engine: Engine, school_id: str) -> int:
    """One statement over the same rows."""
    with engine.connect() as connection:
        return len(connection.execute(AGGREGATE, {"school": school_id}).all())


def asked_for(client: Any, address: str) -> int:
    """Ask for one page or file; answer its size."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(answer.data)


def best(times: int, driver: Driver, ask: Callable[[], int]) -> tuple[float, float, int]:
    """The seconds of the quickest of so many, the database's share of them, and the last answer."""
    found, size = [], 0
    for _ in range(times):
        driver.seconds, began = 0.0, time.perf_counter()
        size = ask()
        found.append((time.perf_counter() - began, driver.seconds))
    return (*min(found), size)


if __name__ == "__main__":
    main()
