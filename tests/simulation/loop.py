"""One thread and a virtual clock: everything that happens is a greenlet, which gives way at each step.

The real code holds no transaction across a call, so nothing ever gives way inside one, and a single connection to a database
in memory shows every order in which transactions and calls of several processes can follow each other.
"""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from greenlet import getcurrent, greenlet

DAWN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class Loop:
    """What happens when; `seconds` is the true time since dawn."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._coming: list[tuple[float, int, greenlet]] = []
        self._count = 0
        self._hub = getcurrent()

    def now(self) -> datetime:
        """The true moment."""
        return DAWN + timedelta(seconds=self.seconds)

    def at(self, seconds: float, act: Callable[[], None]) -> None:
        """Let `act` begin at a time; it may pause."""
        self._put(max(seconds, self.seconds), greenlet(act, parent=self._hub))

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Let `act` begin in so many seconds."""
        self.at(self.seconds + seconds, act)

    def pause(self, seconds: float) -> None:
        """Let others go on for so many seconds."""
        self._put(self.seconds + seconds, getcurrent())
        self._hub.switch()

    def run(self, until: float) -> None:
        """Let everything happen that comes before `until`, then stand there."""
        while self._coming and self._coming[0][0] <= until:
            self.seconds, _, next_one = heapq.heappop(self._coming)
            next_one.switch()
        self.seconds = max(self.seconds, until)

    def _put(self, at: float, what: greenlet) -> None:
        self._count += 1
        heapq.heappush(self._coming, (at, self._count, what))
