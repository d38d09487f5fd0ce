"""The breaker: when Google stumbles at every other call, stop calling for a while, then ask carefully whether it is well again.

All processes share it through one row. Calls that go well are counted here and written down in lots; only a stumble is written
down at once, so that a healthy Google costs no statement a call.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration import nature
from integration.errors import Busy
from integration.records.base import Base
from integration.records.clock import database_now
from integration.records.upsert import insert_missing

GOOGLE = "google"
FEWEST = 20
"""Calls before anything is concluded from them."""
MOST = 40
"""Calls remembered; of more, the memory is halved, so that it is about the last ones only."""
MEMORY = timedelta(seconds=60)
LOT = 50
"""Good calls that are written down together."""
PROBE = timedelta(seconds=30)
"""How often one call is let through to see whether Google is well again."""
LOOK_AGAIN = 2.0
"""Seconds for which what was read about the breaker is believed."""
DELAYED = ("Delayed by Google, which does not answer properly just now. Nothing was written; Throughline asks again every half "
           "minute and goes on by itself.")


class GoogleWeather(Base):
    """How Google's last calls went, for everybody together."""

    __tablename__ = "google_weather"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    calls: Mapped[int]
    stumbles: Mapped[int]
    since: Mapped[datetime]
    """Since when they are counted."""
    open_until: Mapped[datetime | None]
    """Until then nobody calls; None while all is well."""
    opened_at: Mapped[datetime | None]
    """When it opened; None while all is well."""


@dataclass(frozen=True)
class Outage:
    """That Google is left alone just now."""

    since: datetime
    probe_at: datetime
    """From then on one call may try."""


_OUTAGE = select(GoogleWeather.opened_at, GoogleWeather.open_until).where(GoogleWeather.key == bindparam("key"))
"""Built once: putting a statement together takes longer than carrying it out."""


def outage(session: Session, key: str = GOOGLE) -> Outage | None:
    """Why nobody calls Google just now; None while all is well."""
    row = session.execute(_OUTAGE, {"key": key}).one_or_none()
    if row is None or row.open_until is None:
        return None
    return Outage(row.opened_at or row.open_until, row.open_until)


class Breaker:
    """Stands before every call to Classroom. Safe to share between threads."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]], key: str = GOOGLE) -> None:
        self._transaction = transaction
        self._key = key
        self._lock = threading.Lock()
        self._good = 0
        self._is_open = False
        self._believed_until = float("-inf")
        self._probing: set[int] = set()

    def admit(self) -> None:
        """Let a call pass; while Google stumbles only one every half minute. Raises Busy with the reason `breaker`."""
        if nature.monotonic() >= self._believed_until or self._is_open:
            self._look()

    def note(self, stumbled: bool) -> None:
        """Say how the call went: `stumbled` when it was cut, timed out, or was answered with 5xx."""
        with self._lock:
            is_probe = threading.get_ident() in self._probing
            self._probing.discard(threading.get_ident())
            self._good += not stumbled
            good = self._good if stumbled or is_probe or self._good >= LOT else 0
            self._good -= good
        if good or stumbled:
            self._write_down(good, stumbled, is_probe=is_probe)

    def _look(self) -> None:
        with self._transaction() as session:
            now, found = database_now(session), outage(session, self._key)
            is_probe = found is not None and found.probe_at <= now and self._take_the_probe(session, now)
        self._believe(found is not None)
        if is_probe:
            with self._lock:
                self._probing.add(threading.get_ident())
        elif found is not None:
            raise Busy(DELAYED, reason="breaker", retry_after=max(1.0, (found.probe_at - now).total_seconds()))

    def _take_the_probe(self, session: Session, now: datetime) -> bool:
        """Whether it is this call, of all that wait, that may try."""
        return session.execute(update(GoogleWeather).where(
            GoogleWeather.key == self._key, GoogleWeather.open_until <= now,
        ).values(open_until=now + PROBE).returning(GoogleWeather.key)).scalar() is not None

    def _believe(self, is_open: bool) -> None:
        self._is_open, self._believed_until = is_open, nature.monotonic() + LOOK_AGAIN

    def _write_down(self, good: int, stumbled: bool, *, is_probe: bool) -> None:
        with self._transaction() as session:
            now = database_now(session)
            row = _row(session, self._key, now)
            if row.open_until is None:
                _count(row, good, int(stumbled), now)
            elif is_probe and not stumbled:
                row.calls = row.stumbles = 0
                row.since, row.open_until, row.opened_at = now, None, None
            is_open = row.open_until is not None
        self._believe(is_open)


def _row(session: Session, key: str, now: datetime) -> GoogleWeather:
    query = select(GoogleWeather).where(GoogleWeather.key == key).with_for_update()
    row = session.scalar(query)
    if row is None:
        insert_missing(session, GoogleWeather, [{"key": key, "calls": 0, "stumbles": 0, "since": now}], key=["key"])
        row = session.scalars(query).one()
    return row


def _count(row: GoogleWeather, good: int, stumbles: int, now: datetime) -> None:
    """Add to the memory, and open when half of it are stumbles."""
    if now - row.since > MEMORY:
        row.calls, row.stumbles, row.since = 0, 0, now
    row.calls, row.stumbles = row.calls + good + stumbles, row.stumbles + stumbles
    while row.calls > MOST:
        row.calls, row.stumbles = row.calls // 2, row.stumbles // 2
    if row.calls >= FEWEST and 2 * row.stumbles >= row.calls:
        row.opened_at, row.open_until = now, now + PROBE
