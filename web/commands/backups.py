"""A backup: every row as one line of JSON, compressed; the same file fits SQLite and Postgres."""

import base64
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from integration.errors import AlreadyDone, Invalid
from integration.schema import every_table, revision

KIND = "throughline backup"
ROWS_AT_ONCE = 500


def write(engine: Engine, file: Path) -> int:
    """Write every row into `file` and answer how many. The file appears complete or not at all.

    Raises AlreadyDone when there is such a file.
    """
    if file.exists():
        raise AlreadyDone(f"{file} is there already, so nothing was written. Give another name.")
    partly = file.with_name(f".{file.name}.partly")
    descriptor = os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    count = 0
    with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out, engine.connect() as connection:
        out.write(json.dumps({"kind": KIND, "revision": revision(connection)}) + "\n")
        for line in _lines(connection):
            out.write(line + "\n")
            count += 1
        out.write(json.dumps({"rows": count}) + "\n")
    partly.replace(file)
    return count


def read(engine: Engine, file: Path) -> int:
    """Fill an empty database from `file`, all or nothing, and answer how many rows.

    Raises AlreadyDone when the database is not empty, Invalid when the file is not a whole backup of this version.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines, engine.begin() as connection:
            _must_be_empty(connection)
            _must_fit(json.loads(next(lines, "{}")), connection)
            return _fill(connection, (json.loads(line) for line in lines))
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Invalid(f"{file} is not a whole backup ({error}). The database was left as it was.") from error


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
        if connection.scalar(select(func.count()).select_from(table)):
            raise AlreadyDone("The database is not empty, so nothing was restored. Point THROUGHLINE_DATABASE_URL at a new one.")


def _must_fit(head: Mapping[str, Any], connection: Connection) -> None:
    if head.get("kind") != KIND or head.get("revision") != revision(connection):
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
