"""The database of a simulation: SQLite in memory, filled from a picture, which can go away or forget what it committed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from integration.records.session import open_engine
from integration.schema import every_table


@cache
def engine() -> Engine:
    """The one engine of this process, so that compiled statements are kept from seed to seed."""
    made = open_engine("sqlite://")
    every_table().create_all(made)
    return made


class Database:
    """What can be done to a database from outside."""

    def __init__(self) -> None:
        self.engine = engine()
        self.is_down = False
        self.life = 1
        """Counted up when a standby takes its place."""
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            self._driver = driver

    def picture(self) -> bytes:
        """Everything in it, as bytes."""
        return self._driver.serialize()

    def restore(self, picture: bytes) -> None:
        """Be again what it was."""
        self._driver.deserialize(picture)
        self._driver.execute("pragma foreign_keys=on")

    def ask(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        """Look into it past the program; only to count and to compare, never to judge."""
        return self._driver.execute(query, given).fetchall()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A transaction may happen here. Raises OperationalError while the database is away."""
        if self.is_down:
            raise away()
        yield


def away() -> OperationalError:
    """What SQLAlchemy says when the connection is gone."""
    return OperationalError("commit", {}, sqlite3.OperationalError("the connection to the database was lost"))
