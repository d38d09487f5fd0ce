"""Insert a row or update the one that is there, in one statement on both databases."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

ROWS_A_STATEMENT = 400
"""Keeps a statement below SQLite's limit of 32,766 bound values."""


def upsert(session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str],
           keep: Sequence[str] = ()) -> None:
    """Insert `rows`; where `key` is taken, update every given column except `key` and `keep`.

    All rows must name the same columns. `rows` may be empty; then nothing is sent.
    """
    if rows:
        changed = tuple(name for name in rows[0] if name not in {*key, *keep})
        _insert_all(session, _upserting(_insert(session), model, tuple(key), changed), rows)


def insert_missing(session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *,
                   key: Sequence[str]) -> int:
    """Insert those of `rows` whose `key` is not taken yet; answer how many were new."""
    return _insert_all(session, _upserting(_insert(session), model, tuple(key), ()), rows)


def add_up(session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str],
           number: str) -> None:
    """Insert `rows`; where `key` is taken, add `number` to the one that is there, however many do so at once.

    On Postgres this transaction ends before it lies on disk, so that a class that presses at once does not wait in line for the
    disk. A power cut may lose the last half second of it. https://www.postgresql.org/docs/current/wal-async-commit.html
    """
    if rows:
        if _is_postgres(session):
            session.execute(text("set local synchronous_commit = off"))
        session.execute(_adding(_insert(session), model, tuple(key), number), list(rows))


def _insert_all(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert by as few statements as the database takes; answer how many rows were new or changed.

    SQLite, which is in this very process, is given one after the other by a statement that is put together once.
    """
    # Without this, SQLAlchemy does not ask Postgres how many rows an INSERT added and answers -1.
    options, done = {"preserve_rowcount": True}, 0
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        some = list(rows[start:start + ROWS_A_STATEMENT])
        result = session.execute(statement.values(some), execution_options=options) if _is_postgres(session) else session.execute(
            statement, some, execution_options=options)
        done += max(getattr(result, "rowcount", 0), 0)
    return done


@cache
def _upserting(insert: Any, model: type[DeclarativeBase], key: tuple[str, ...], changed: tuple[str, ...]) -> Any:
    """The statement, put together once: that takes longer than what the database does with it."""
    statement = insert(_table(model))
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in changed})


@cache
def _adding(insert: Any, model: type[DeclarativeBase], key: Sequence[str], number: str) -> Any:
    statement = insert(_table(model))
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={number: _table(model).c[number] + statement.excluded[number]})


def _insert(session: Session) -> Any:
    return postgresql.insert if _is_postgres(session) else sqlite.insert


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
