"""Google's quota: calls are paid for before they are made, in small blocks, under limits that all workers share.

A block is taken out of the present slice in one short transaction and may be spent only within that slice; what is left of it
goes back with the next. See `pace` for the arithmetic and `turns` for who comes first.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from integration import nature
from integration.errors import Busy
from integration.google.allotment import NOTHING, Allotment, allot, give_back, slow
from integration.google.counts import PROJECT, Caller, Limits, Share

__all__ = ["LONGEST_WAIT", "MOST_AT_ONCE", "Limits", "Quota", "Share"]

MOST_AT_ONCE = 50
"""What Google allows in one batch."""
BIGGEST_BLOCK = 8
LONGEST_WAIT = 10.0
"""Seconds; a batch of fifty takes 2.6 seconds of a user's limit."""


@dataclass
class Quota:
    """One librarian's way to the quota, for one purpose; threads of one process may share it."""

    transaction: Callable[[], AbstractContextManager[Session]]
    limits: Limits
    user: str
    school: str = ""
    share: Share = Share.BATCH
    _purse: Allotment = NOTHING
    _block: int = 1
    """How many calls to take the next time."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def most_at_once(self) -> int:
        """The most calls it is wise to pay for together: a batch of Google's, or less where the limits are small."""
        return max(1, min(MOST_AT_ONCE, self.limits.user // 8, self.limits.project // 8))

    def spend(self, calls: int = 1) -> None:
        """Pay for `calls` that leave together now; wait a moment when a window is full. Raises Busy when that would be long."""
        waited = 0.0
        while (pause := self._pay(calls)) > 0:
            if waited + pause > LONGEST_WAIT:
                self._give_up()
                raise Busy("Google's limit of calls a minute is used up. Nothing was sent; Throughline goes on by itself.",
                           reason="quota", retry_after=pause)
            nature.sleep(pause)
            waited += pause

    def slow_down(self, retry_after: float = 0.0, *, whole_project: bool = False) -> None:
        """Take note of a 429: half the rate, which comes back slowly, and no call before `retry_after` seconds are over.

        It is the user's limit unless Google's message names the project's: a project that really is over its limit is slowed
        through each of its users, while a user who is over hers must not slow the others.
        """
        caller = self._caller()
        with self._lock:
            with self.transaction() as session:
                slow(session, PROJECT if whole_project else caller.me, retry_after)
            self._purse = replace(self._purse, ends_at=0.0, opens_at=0.0)

    def _pay(self, calls: int) -> float:
        """Take them out of the purse, filling it when need be; answer the seconds to wait when there are not enough."""
        with self._lock:
            if not self._has(calls):
                if nature.monotonic() < self._purse.opens_at:
                    return self._until_it_opens()
                self._fill(calls)
            if not self._has(calls):
                return self._until_it_opens()
            self._purse = replace(self._purse, calls=self._purse.calls - calls)
            return 0.0

    def _has(self, calls: int) -> bool:
        return self._purse.calls >= calls and nature.monotonic() < self._purse.ends_at

    def _until_it_opens(self) -> float:
        """A little longer than the slice, each its own: else all who wait would ask in the same instant."""
        return max(self._purse.opens_at - nature.monotonic(), 0.001) + self.limits.slice_seconds * nature.fraction() / 5

    def _fill(self, needed: int) -> None:
        """Put calls into the purse: more than last time when those were used up, fewer when some were left."""
        # Should the commit fail half-way, what was in the purse is lost rather than given back twice.
        unspent, self._purse = self._purse, NOTHING
        self._block = max(1, self._block - unspent.calls) if unspent.calls else min(self._block * 2, BIGGEST_BLOCK)
        with self.transaction() as session:
            self._purse = allot(session, self._caller(), needed, max(needed, self._block), unspent)

    def _give_up(self) -> None:
        """Give back what was gathered for a batch that does not go now."""
        with self._lock:
            unspent, self._purse = self._purse, NOTHING
            if unspent.calls:
                with self.transaction() as session:
                    give_back(session, self._caller(), unspent)

    def _caller(self) -> Caller:
        return Caller(self.user, self.school, self.share, self.limits)
