"""Engines and sessions: the same code on SQLite and on Postgres."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

DATABASE_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeoutError)
"""What is raised when the database does not answer, is full, or takes no writes. InternalError is Postgres's "read-only"."""
SECONDS_TO_CONNECT = 5
BEGIN = "BEGIN IMMEDIATE"
SECONDS_TO_STAND_STILL = 60
"""How long a process may stand still within a transaction, and hold up everybody who waits for its rows. Postgres then ends it."""


def open_engine(url: str) -> Engine:
    """An engine for `url`. SQLite gets WAL, foreign keys, a busy timeout and BEGIN IMMEDIATE, without which updates are lost."""
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20,
                           connect_args={"connect_timeout": SECONDS_TO_CONNECT})
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def session_maker(engine: Engine) -> Callable[[], Session]:
    """Sessions whose objects stay readable after the commit."""
    return partial(Session, engine, expire_on_commit=False)


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"set idle_in_transaction_session_timeout = '{SECONDS_TO_STAND_STILL}s'")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.executescript(
        "pragma journal_mode=wal; pragma synchronous=normal; pragma busy_timeout=15000; pragma foreign_keys=on;"
    )


def _begin_immediate(connection: Any) -> None:
    # The driver's own deferred BEGIN lets two read-modify-write transactions overlap and lose one of the updates.
    try:
        connection.connection.dbapi_connection.execute(BEGIN)
    except sqlite3.Error:
        # Once more by the slower way, which says what is wrong in SQLAlchemy's own words.
        connection.exec_driver_sql(BEGIN)
