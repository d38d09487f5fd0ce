"""Write many rows of one table by one statement.

Postgres is given them as one JSON value and makes rows of it; its driver's own way is a statement a row, at three times our
processor's time. SQLite, which is in this very process, takes them one by one.
https://www.postgresql.org/docs/current/functions-json.html#FUNCTIONS-JSON-PROCESSING
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Insert, Table, TableValuedAlias, Text, Update, bindparam, cast, column, func, insert, select, update
from sqlalchemy.orm import Session

Rows = Sequence[Mapping[str, Any]]


def insert_many(session: Session, table: Table, rows: Rows) -> None:
    """Insert `rows`, which all name the same columns; there may be none."""
    if rows and _is_postgres(session):
        session.execute(_insert(table, tuple(rows[0])), {"rows": _as_json(rows)})
    elif rows:
        session.execute(insert(table), [*rows])


def update_many(session: Session, table: Table, rows: Rows, *, where: Sequence[str]) -> None:
    """Update the row that each of `rows` finds by all columns of `where`; all name the same columns.

    A column of `where` that changes as well is given twice: as it is under its own name, as it shall be with `new_` before it.
    """
    if rows and _is_postgres(session):
        session.execute(_update(table, tuple(rows[0]), tuple(where)), {"rows": _as_json(rows)})
    elif rows:
        session.execute(_update_one(table, tuple(rows[0]), tuple(where)), [
            {f"_{name}": value for name, value in row.items()} for row in rows])


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _as_json(rows: Rows) -> str:
    """A moment as text that Postgres reads; anything else that JSON has no word for is a mistake of the program."""
    return json.dumps(rows, default=lambda moment: moment.isoformat())


@cache
def _insert(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).from_select(names, select(_source(table, names)), include_defaults=False)


@cache
def _update(table: Table, names: tuple[str, ...], where: tuple[str, ...]) -> Update:
    given = _source(table, names)
    return update(table).where(*(table.c[name] == given.c[name] for name in where)).values(
        {name.removeprefix("new_"): given.c[name] for name in names if name not in where})


@cache
def _update_one(table: Table, names: tuple[str, ...], where: tuple[str, ...]) -> Update:
    return update(table).where(*(table.c[name] == bindparam(f"_{name}") for name in where)).values(
        {name.removeprefix("new_"): bindparam(f"_{name}") for name in names if name not in where})


def _source(table: Table, names: tuple[str, ...]) -> TableValuedAlias:
    """The rows as a table whose columns have the types of those they are meant for."""
    columns = [column(name, table.c[name.removeprefix("new_")].type) for name in names]
    return func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*columns).render_derived(
        name="given", with_types=True)
