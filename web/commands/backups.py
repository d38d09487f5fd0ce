"""A backup: every row as one line of JSON, compressed; the same file fits SQLite and Postgres.

A restore begins a new life of the database: what was done after the backup is forgotten here and stands in Classroom, so nothing is
sent before all is looked up there. See `delivery.generations`.
"""

import base64
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy.orm import Session

from integration.delivery.generations import begin_anew, timeline_of
from integration.errors import AlreadyDone, Invalid
from integration.schema import every_table, revision

KIND = "throughline backup"
ROWS_AT_ONCE = 500
PASSING = frozenset({"generations", "google_weather", "quota_slices", "quota_rates", "quota_wishes", "heartbeats"})
"""Tables a clock that was started too early may have written into; they hold nothing of the school's."""


@dataclass(frozen=True)
class Restored:
    """How many rows came back, and as of when."""

    rows: int
    made_at: datetime


def write(engine: Engine, file: Path, now: datetime) -> int:
    """Write every row, all as of one moment, into `file` and answer how many. The file appears complete or not at all.

    Raises AlreadyDone when there is such a file.
    """
    if file.exists():
        raise AlreadyDone(f"{file} is there already, so nothing was written. Give another name.")
    partly = file.with_name(f".{file.name}.partly")
    descriptor = os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    count = 0
    with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out, _snapshot(engine) as connection:
        out.write(json.dumps({"kind": KIND, "revision": revision(connection), "made_at": now.isoformat()}) + "\n")
        for line in _lines(connection):
            out.write(line + "\n")
            count += 1
        out.write(json.dumps({"rows": count}) + "\n")
    partly.replace(file)
    return count


def read(engine: Engine, file: Path, now: datetime) -> Restored:
    """Fill an empty database from `file`, all or nothing, and begin a new life of it at `now`.

    Raises AlreadyDone when the database is not empty, Invalid when the file is not a whole backup of this version.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines, engine.begin() as connection:
            _must_be_empty(connection)
            head = json.loads(next(lines, "{}"))
            _must_fit(head, connection)
            made_at = datetime.fromisoformat(head["made_at"])
            count = _fill(connection, (json.loads(line) for line in lines))
            with Session(connection) as session:
                begin_anew(session, timeline_of(session), now, lost_from=made_at)
            return Restored(count, made_at)
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Invalid(f"{file} is not a whole backup ({error}). The database was left as it was.") from error


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment only; SQLite's always does."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _lines(connection: Connection) -> Iterator[str]:
    for table in every_table().sorted_tables:
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings():
            yield json.dumps([table.name, dict(row)], default=_written, ensure_ascii=False)


def _fill(connection: Connection, lines: Iterator[Any]) -> int:
    tables = every_table().tables
    for count, line in enumerate(lines):
        if isinstance(line, dict):
            if line.get("rows") != count:
                raise Invalid("Rows are missing from this backup. The database was left as it was.")
            return count
        name, row = line
        connection.execute(insert(tables[name]), {column: _meant(value) for column, value in row.items()})
    raise Invalid("The end of this backup is missing. The database was left as it was.")


def _must_be_empty(connection: Connection) -> None:
    for table in every_table().sorted_tables:
        if table.name in PASSING:
            connection.execute(delete(table))
        elif connection.scalar(select(func.count()).select_from(table)):
            raise AlreadyDone("The database is not empty, so nothing was restored. Point THROUGHLINE_DATABASE_URL at a new one.")


def _must_fit(head: Mapping[str, Any], connection: Connection) -> None:
    if head.get("kind") != KIND or "made_at" not in head or head.get("revision") != revision(connection):
        raise Invalid("This file is no backup, or was made by another version of Throughline. The database was left as it was. "
                      "Restore it with the version that made it, then run `throughline migrate` with this one.")


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$on": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    raise TypeError(f"A backup cannot hold {type(value).__name__}.")


def _meant(value: Any) -> Any:
    match value:
        case {"$at": str(text)}:
            return datetime.fromisoformat(text)
        case {"$on": str(text)}:
            return date.fromisoformat(text)
        case {"$bytes": str(text)}:
            return base64.b64decode(text)
        case _:
            return value
