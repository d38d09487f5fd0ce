"""Google's quota: so many calls in a moving window for each user, so many for the whole project.

https://developers.google.com/workspace/classroom/reference/limits
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock

from integration.sandbox.refusal import Refusal


class Window:
    """Counts calls; `user`, `project`, `seconds` and `clock` may be set at any time. 429s do not count themselves."""

    def __init__(self, *, user: int = 1200, project: int = 3000, seconds: float = 60.0,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self.user = user
        self.project = project
        self.seconds = seconds
        self.clock = clock
        self.most_seen = 0
        self._lock = Lock()
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def spend(self, project: str, user: str) -> None:
        """Count one call. Raises Refusal (429)."""
        with self._lock:
            mine, everyone = self._calls[project, user], self._calls[project, ""]
            now = self.clock()
            for calls in (mine, everyone):
                while calls and calls[0] <= now - self.seconds:
                    calls.popleft()
            if len(mine) >= self.user:
                raise _over("Queries per minute per user", self.user)
            if len(everyone) >= self.project:
                raise _over("Queries per minute", self.project)
            mine.append(now)
            everyone.append(now)
            self.most_seen = max(self.most_seen, len(mine))


def _over(limit: str, value: int) -> Refusal:
    return Refusal("RESOURCE_EXHAUSTED", f"Quota exceeded for quota metric 'Queries' and limit '{limit}' of service "
                   "'classroom.googleapis.com'.", details=[
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
         "domain": "googleapis.com", "metadata": {"quota_limit_value": str(value)}}])
