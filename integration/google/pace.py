"""The arithmetic of a moving window: how many calls may go now, so that the limit holds, is reached, and nobody ever waits long.

Google counts the calls of the last 60 seconds, whenever it looks. Here the window is cut into slices. Calls are paid for in the
present slice and leave within it, and any `SPAN` slices in a row hold at most the limit.
https://developers.google.com/workspace/classroom/reference/limits
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SLICES = 120
SLACK = 3
SPAN = SLICES + SLACK
"""Slices in a row that together never hold more than the limit.

A call that is paid for at the head of a slice may leave at its end, and not every call takes equally long to Google. What Google
sees within a window was paid for within the window and the difference between the slowest and the fastest way; that touches one
slice more than it is long. So a slack of 3 allows a difference of 2 slices, which is 1 second of 60: a new connection, or a
packet lost once. Its price is that a steady push reaches 120 of 123 parts of the limit, 97.6 %.
"""
FLOW = 0.5
"""The part of a full window that flows evenly; only the rest may go in one burst, so that a burst leaves nobody without calls."""
RECENT = 20
"""Slices over which a rate that Google asked us to lower is held to."""
LOWEST = 0.375
"""Never slower than this: from here it takes 105 seconds back to 90 %."""
REGAINED_A_SECOND = 0.005
"""5 % in 10 seconds."""


@dataclass(frozen=True)
class Window:
    """What was taken of a limit in each of the last `SPAN` slices, and how much of it may be used (1: all)."""

    limit: int
    used: Mapping[int, int]
    share: float = 1.0

    def room(self, current: int, together: int = 1) -> int:
        """How many calls may go in the slice `current`; 0 or less when none may.

        So few that, whatever becomes free later, the even flow can go on in each slice to come. As many as leave `together` may
        run a little ahead of that flow: it stands still afterwards until it has caught up.
        """
        left = self.limit - sum(self.used.values())
        even = min(self._even(current, left), self._slowed(current))
        return max(even, together) if even > 0 and left >= together else even

    def _even(self, current: int, left: int) -> int:
        room, flow = left, FLOW * self.limit / SPAN
        for ahead in range(1, SPAN):
            left += self.used.get(current - SPAN + ahead, 0)
            room = min(room, left - math.floor(flow * ahead))
        return room

    def _slowed(self, current: int) -> int:
        if self.share >= 1:
            return self.limit
        recent = sum(self.used.get(current - back, 0) for back in range(RECENT))
        return math.ceil(self.limit * self.share * RECENT / SPAN) - recent


def halved(share: float) -> float:
    """The rate after Google said 429."""
    return max(LOWEST, share / 2)


def recovered(share: float, seconds: float) -> float:
    """The rate after so many seconds without one."""
    return min(1.0, share + REGAINED_A_SECOND * max(seconds, 0.0))
