"""Google's quota, kept in the database so that all workers share it and losing Redis cannot lift it.

Google checks calls a minute for each user and for the whole project on a moving window.
https://developers.google.com/workspace/classroom/reference/limits

The window is cut into slices. A worker takes a small block of calls out of the present slice in one transaction and may spend
it only within that slice; any moving window then holds at most the limit. When a window fills up, what is left of it is
spread over the time until it empties, so that nobody has to wait for long.
"""

import math
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration import nature
from integration.errors import Busy
from integration.records.base import Base
from integration.records.upsert import upsert

SLICES = 60
SLACK = 2
"""Slices beyond the window that still count: calls take a moment to arrive."""
BIGGEST_BLOCK = 8
LONGEST_WAIT = 5.0
PROJECT = "project"


class QuotaSlice(Base):
    """How many calls were taken for a user or the project in one slice of time."""

    __tablename__ = "quota_slices"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    slice: Mapped[int] = mapped_column(primary_key=True)
    used: Mapped[int]


class QuotaRate(Base):
    """How much of its limit a user or the project may use, after Google asked to slow down."""

    __tablename__ = "quota_rates"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    share: Mapped[float]
    """From 0 to 1, as it was at `changed_at`."""
    changed_at: Mapped[datetime]
    closed_until: Mapped[datetime | None]
    """Google's Retry-After: nobody calls before."""


class QuotaWish(Base):
    """Somebody who waits for calls: a school, in one of the shares."""

    __tablename__ = "quota_wishes"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    share: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Limits:
    """Calls allowed in a window of `seconds`, for each user and for the project."""

    user: int
    project: int
    seconds: float

    @property
    def slice_seconds(self) -> float:
        """The length of one slice."""
        return self.seconds / SLICES


@dataclass
class Quota:
    """One caller's share of the quota; threads of one process may share it."""

    transaction: Callable[[], AbstractContextManager[Session]]
    now: Callable[[], datetime]
    limits: Limits
    user: str
    _left: int = 0
    _ends_at: float = 0.0
    _block: int = 1
    _lock: threading.Lock = field(default_factory=threading.Lock)

    most_at_once = 50

    def slow_down(self, retry_after: float = 0.0) -> None:
        """Bridge."""

    def spend(self, calls: int = 1) -> None:
        """Take calls."""
        for _ in range(calls):
            self._spend()

    def _spend(self) -> None:
        """Take one call; wait a moment when the window is full. Raises Busy when the wait would be long."""
        waited = 0.0
        while (pause := self._take()) > 0:
            if waited + pause > LONGEST_WAIT:
                raise Busy("Google's limit of calls a minute is used up. Nothing was sent; Throughline goes on by itself.",
                           reason="quota", retry_after=pause)
            nature.sleep(pause)
            waited += pause

    def _take(self) -> float:
        with self._lock:
            if self._left == 0 or nature.monotonic() >= self._ends_at:
                self._left, pause = self._lease(self._block)
                if self._left == 0:
                    return pause
                self._block = min(self._block * 2, BIGGEST_BLOCK)
            self._left -= 1
            return 0.0

    def _lease(self, wanted: int) -> tuple[int, float]:
        """Take up to `wanted` calls of the present slice; answer how many, and else how many seconds to wait."""
        length = self.limits.slice_seconds
        with self.transaction() as session:
            moment = self.now().timestamp()
            current = math.floor(moment / length)
            _lock_out_others(session)
            granted = min(wanted, *(self._room(session, key, limit, current) for key, limit in self._keys()))
            if granted > 0:
                self._count(session, current, granted)
        rest = (current + 1) * length - moment
        self._ends_at = nature.monotonic() + rest
        return max(granted, 0), rest + 0.001

    def _keys(self) -> tuple[tuple[str, int], tuple[str, int]]:
        return (f"user:{self.user}", self.limits.user), (PROJECT, self.limits.project)

    def _room(self, session: Session, key: str, limit: int, current: int) -> int:
        """How many more calls this slice may hold for `key`."""
        rows = session.execute(select(QuotaSlice.slice, QuotaSlice.used).where(
            QuotaSlice.key == key, QuotaSlice.slice > current - SLICES - SLACK)).all()
        used: dict[int, int] = {row.slice: row.used for row in rows}
        left = limit - sum(used.values())
        if left >= limit / 2 or not used:
            return left
        until_it_empties = min(used) + SLICES + SLACK - current
        return min(left, max(1, math.ceil(left / until_it_empties)) - used.get(current, 0))

    def _count(self, session: Session, current: int, calls: int) -> None:
        for key, _ in self._keys():
            before = session.scalar(select(QuotaSlice.used).where(QuotaSlice.key == key, QuotaSlice.slice == current)) or 0
            upsert(session, QuotaSlice, [{"key": key, "slice": current, "used": before + calls}], key=("key", "slice"))
        session.execute(delete(QuotaSlice).where(QuotaSlice.slice < current - 4 * SLICES))


def _lock_out_others(session: Session) -> None:
    """One taker at a time: SQLite's BEGIN IMMEDIATE does it by itself, Postgres by an advisory lock until the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(20261124)))
