"""The database's clock: the one all processes share, by which leases end and rows fall due.

A worker's own clock may be minutes off. SQLite has no clock but the machine's, and there all processes are on that machine.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

Clock = Callable[[], datetime]
_CLOCK = "clock"
_ASK = select(func.clock_timestamp())


def utc_now() -> datetime:
    """The one reader of the machine's clock."""
    return datetime.now(UTC)


def database_clock(engine: Engine) -> Clock | None:
    """The machine's clock where the database has none of its own; None when the database is to be asked."""
    return None if engine.dialect.name == "postgresql" else utc_now


def set_clock(session: Session, clock: Clock | None) -> None:
    """Let `database_now` answer by `clock` in this session; None asks the database."""
    session.info[_CLOCK] = clock


def database_now(session: Session) -> datetime:
    """The moment by the database's clock, aware and in UTC; moves on within a transaction."""
    clock: Clock | None = session.info.get(_CLOCK)
    if clock is not None:
        return clock()
    asked = session.scalar(_ASK)
    assert isinstance(asked, datetime)
    return asked.astimezone(UTC)
