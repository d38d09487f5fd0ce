"""The few things a use case may reach for.

A desk is the first argument of every use case. Web, workers and tests each build one. It has five fields and resists a
sixth: what looks like one is nearly always a room.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config.settings import Settings
from integration import later
from integration.google.wire import HttpWire, OnlyReading, Wire
from integration.records.clock import database_clock, set_clock, utc_now
from integration.records.session import open_engine, session_maker


@dataclass(frozen=True)
class Desk:
    """What a use case may reach for: settings, a transaction, the wire to Google, the time, and the bell."""

    settings: Settings
    transaction: Callable[[], AbstractContextManager[Session]]
    """`with desk.transaction() as session:` commits at the end, rolls back on any error."""
    wire: Callable[[], Wire]
    """What carries bytes to Google; safe to share between threads."""
    now: Callable[[], datetime]
    """The moment, aware and in UTC; the only clock."""
    ring: later.Ring


def open_desk(settings: Settings, *, ring: later.Ring, wire: Wire | None = None, engine: Engine | None = None,
              now: Callable[[], datetime] | None = None, database_now: Callable[[], datetime] | None = None) -> Desk:
    """Build the desk of one process. With writes switched off the wire refuses to carry any.

    `now` may be another clock than the machine's; `database_now` another than the database's own, which else is `now` when that
    is given. See `records.clock`.
    """
    engine = engine or open_engine(settings.database_url)
    make_session = session_maker(engine)
    clock = database_now or now or database_clock(engine)
    line: Wire = wire or HttpWire()
    if not settings.writes_on:
        line = OnlyReading(line)

    @contextmanager
    def transaction() -> Iterator[Session]:
        with make_session() as session:
            set_clock(session, clock)
            later.set_bell(session, ring)
            with session.begin():
                yield session

    return Desk(settings=settings, transaction=transaction, wire=lambda: line, now=now or utc_now, ring=ring)
