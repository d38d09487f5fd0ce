"""What was asked of the pretend Google, call by call."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

KEPT = 200_000


@dataclass(frozen=True)
class Call:
    """One call. `verdict` is "ok", or what the discovery document has against it; `trouble` what was ordered for it.

    `status` is 0 when the connection broke; `name` is the discovery document's, such as `courses.topics.create`.
    """

    number: int
    at: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    status: int
    account: str
    name: str
    verdict: str
    trouble: str = ""
    body: Any = None

    @property
    def is_write(self) -> bool:
        """Whether it asks Classroom to change something."""
        return self.name.startswith("courses.") and self.method != "GET"


class Journal:
    """The calls so far, oldest first; the newest 200,000 are kept."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._lock = Lock()
        self._count = 0

    def write(self, **what: Any) -> None:
        with self._lock:
            self._count += 1
            self._calls.append(Call(self._count, **what))

    def __iter__(self) -> Iterator[Call]:
        return iter(self.calls)

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def calls(self) -> list[Call]:
        """Every call kept."""
        with self._lock:
            return list(self._calls)

    def named(self, name: str) -> list[Call]:
        """The calls of one method, such as `courses.announcements.create`."""
        return [call for call in self.calls if call.name == name]

    def writes(self) -> list[Call]:
        """The calls that ask Classroom to change something."""
        return [call for call in self.calls if call.is_write]

    def wrong(self) -> list[Call]:
        """The calls that break the discovery document's rules."""
        return [call for call in self.calls if call.verdict != "ok"]

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
