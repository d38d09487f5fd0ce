"""A standby that lags behind and is promoted really forgets commits, and is known as another life of the database."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from integration.delivery.generations import TIMELINE
from integration.records.session import DATABASE_AWAY, open_engine
from tests.killing.keeper import wait_for
from tests.killing.postgres import WRITTEN, Postgres

SECONDS = 60.0


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with Postgres() as postgres:
        yield postgres


def write(connection: Connection, rows: int) -> None:
    connection.execute(text(f"insert into plans select generate_series(1, {rows})"))


def timeline_once_it_takes_writes(engine: Engine) -> str:
    """As soon as the standby has taken its place."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            with engine.begin() as connection:
                write(connection, 1)
                return str(connection.scalar(TIMELINE))
        except DATABASE_AWAY:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_what_was_committed_after_it_fell_behind_is_gone_and_the_address_is_the_same(postgres: Postgres) -> None:
    engine = open_engine(postgres.url)
    with engine.begin() as connection:
        for table in ("delivery_steps", "delivery_attempts", "plans"):
            connection.execute(text(f"create table {table} (id integer)"))
        write(connection, 3)
        before = connection.scalar(TIMELINE)
    wait_for(postgres.tend_standby, "A standby", SECONDS)
    postgres.fall_behind()
    with engine.begin() as connection:
        write(connection, 5)
    assert postgres.promote() == 5
    assert timeline_once_it_takes_writes(engine) != before
    with engine.connect() as connection:
        assert connection.scalar(text(WRITTEN)) == 4
    engine.dispose()
