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
    insert = _insert(session)
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        statement = insert(_table(model)).values(list(rows[start:start + ROWS_A_STATEMENT]))
        changes = {name: statement.excluded[name] for name in rows[0] if name not in {*key, *keep}}
        session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=changes) if changes
            else statement.on_conflict_do_nothing(index_elements=list(key))
        )


def insert_missing(session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *,
                   key: Sequence[str]) -> int:
    """Insert those of `rows` whose `key` is not taken yet; answer how many were new."""
    insert, added = _insert(session), 0
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        statement = insert(_table(model)).values(list(rows[start:start + ROWS_A_STATEMENT]))
        # Without this, SQLAlchemy does not ask Postgres how many rows an INSERT added and answers -1.
        result = session.execute(statement.on_conflict_do_nothing(index_elements=list(key)),
                                 execution_options={"preserve_rowcount": True})
        added += max(getattr(result, "rowcount", 0), 0)
    return added


def add_up(session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str],
           number: str) -> None:
    """Insert `rows`; where `key` is taken, add `number` to the one that is there, however many do so at once.

    On Postgres this transaction ends before it lies on disk, so that a class that presses at once does not wait in line for the
    disk. A power cut may lose the last half second of it. https://www.postgresql.org/docs/current/wal-async-commit.html
    """
    if rows:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("set local synchronous_commit = off"))
        session.execute(_adding(_insert(session), model, tuple(key), number), list(rows))


@cache
def _adding(insert: Any, model: type[DeclarativeBase], key: Sequence[str], number: str) -> Any:
    """The statement, put together once: that takes longer than what the database does with it."""
    statement = insert(_table(model))
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={number: _table(model).c[number] + statement.excluded[number]})


def _insert(session: Session) -> Any:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
