"""Hours that pass in a moment: many callers of the quota live side by side on one virtual clock, and Google counts with them."""

import bisect
import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from greenlet import getcurrent, greenlet
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from integration import nature
from integration.errors import Busy
from integration.google.quota import Limits, Quota, Share
from integration.records.clock import set_clock
from integration.records.session import session_maker

BEGIN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DEFAULT = Limits(user=1200, project=3000, seconds=60)
FASTEST, SLOWEST = 0.03, 1.0
"""Seconds a call may take to Google."""
LATENCY = 0.15


class Hours:
    """A nature whose clock only moves when everybody sleeps; what happens follows from the seed."""

    def __init__(self, seed: int = 1) -> None:
        self.at = 0.0
        self.random = Random(seed)
        self._asleep: list[tuple[float, int, Any]] = []
        self._numbers = itertools.count()
        self._everything: Any = getcurrent()

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self._wake(getcurrent(), self.at + seconds)
        self._everything.switch()

    def fraction(self) -> float:
        return self.random.random()

    def token(self, bytes: int) -> str:
        return self.random.randbytes(bytes).hex()

    def unique(self) -> str:
        return self.token(16)

    def now(self) -> datetime:
        """The database's clock."""
        return BEGIN + timedelta(seconds=self.at)

    def begin(self, what: Callable[[], None], *, at: float = 0.0) -> None:
        """Let a caller begin its life at a moment."""
        def live() -> None:
            with nature.under(self):
                what()
        self._wake(greenlet(live), at)

    def pass_until(self, end: float) -> None:
        """Let time pass."""
        self._everything = getcurrent()
        while self._asleep and self._asleep[0][0] <= end:
            self.at, _, caller = heapq.heappop(self._asleep)
            caller.switch()
        self.at = max(self.at, end)

    def _wake(self, caller: Any, at: float) -> None:
        heapq.heappush(self._asleep, (at, next(self._numbers), caller))


class Google:
    """What arrives at Google: each call a little later than it left, some later than others."""

    def __init__(self, hours: Hours, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        self._hours = hours
        self.arrivals: dict[str, list[float]] = defaultdict(list)

    def carry(self, user: str, calls: int = 1) -> None:
        """Send calls on their way."""
        spread = (SLOWEST - FASTEST) * self.limits.seconds / 60
        at = self._hours.at + FASTEST + spread * self._hours.random.choice((0.0, 0.1, self._hours.random.random(), 1.0))
        for key in ("project", user):
            self.arrivals[key].extend([at] * calls)

    def worst(self, key: str) -> int:
        """The most calls that any moving window held."""
        return max(windows(self.arrivals[key], self.limits.seconds), default=0)

    def windows_above(self) -> list[str]:
        """Whose limit was ever exceeded."""
        return [key for key in self.arrivals
                if self.worst(key) > (self.limits.project if key == "project" else self.limits.user)]

    def between(self, key: str, begin: float, end: float) -> int:
        """Calls that arrived in a span of time."""
        return sum(begin <= at < end for at in self.arrivals[key])


@dataclass
class Pusher:
    """Somebody who calls as often as the quota lets her, or `in_all` times; comes back later when she is told it takes long."""

    quota: Quota
    google: Google
    hours: Hours
    calls: int = 1
    """At once."""
    in_all: float = math.inf
    done: int = 0
    waits: list[float] = field(default_factory=list)
    ended_at: float = 0.0

    def __call__(self) -> None:
        while self.done < self.in_all:
            asked_at = self.hours.at
            self._pay()
            self.waits.append(self.hours.at - asked_at)
            self.done += self.calls
            self.google.carry(self.quota.user, self.calls)
            self.hours.sleep(LATENCY * (0.5 + self.hours.random.random()))
        self.ended_at = self.hours.at

    def _pay(self) -> None:
        while True:
            try:
                return self.quota.spend(self.calls)
            except Busy as error:
                self.hours.sleep(max(2.0, error.retry_after) * (1 + self.hours.random.random() / 2))


def windows(arrivals: Iterable[float], seconds: float) -> list[int]:
    """How many calls each moving window holds that ends with one of them."""
    times = sorted(arrivals)
    return [last + 1 - bisect.bisect_right(times, at - seconds) for last, at in enumerate(times)]


def jain(shares: Sequence[float]) -> float:
    """Jain's index of fairness: 1 when all have the same, 1/n when one has everything (Jain, Chiu and Hawe 1984)."""
    return sum(shares) ** 2 / (len(shares) * sum(each * each for each in shares))


def quota(engine: Engine, hours: Hours, user: str, school: str = "juniper", *, share: Share = Share.BATCH,
          limits: Limits = DEFAULT) -> Quota:
    """The quota of one librarian, by the virtual clock."""
    make_session = session_maker(engine)

    @contextmanager
    def transaction() -> Iterator[Session]:
        with make_session() as session:
            set_clock(session, hours.now)
            with session.begin():
                yield session

    return Quota(transaction, limits, user, school, share)
