"""A process that stands still within a transaction holds up everybody who waits for its rows; so Postgres ends it in time."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from integration.delivery.lease import LEASE
from integration.records.session import DATABASE_AWAY, SECONDS_TO_STAND_STILL, open_engine
from tests.databases import new_postgres_url


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_engine(new_postgres_url())
    yield engine
    engine.dispose()


def test_others_wait_half_a_lease_at_most_for_one_who_stands_still(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("show idle_in_transaction_session_timeout")) == "1min"
    assert SECONDS_TO_STAND_STILL <= LEASE / 2


def test_the_one_who_stood_still_finds_the_database_away_and_has_written_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table rows_of_mine (id integer)"))
    with pytest.raises(DATABASE_AWAY), engine.begin() as connection:
        connection.execute(text("set local idle_in_transaction_session_timeout = '100ms'"))
        connection.execute(text("insert into rows_of_mine values (1)"))
        time.sleep(1)
        connection.execute(text("insert into rows_of_mine values (2)"))
    with engine.begin() as connection:
        assert connection.scalar(text("select count(*) from rows_of_mine")) == 0
