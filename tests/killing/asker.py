"""Somebody who goes on looking at pages and the API while something is down, and remembers what was answered."""

import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

from tests.killing.stage import Stage

PAGES = ("/", "/classes", "/collections", "/plans", "/deliveries", "/reach", "/partnerships", "/resources",
         "/account", "/healthz", "/metrics")
CALLS = ("/classes", "/plans", "/deliveries?limit=20", "/collections", "/reach?by=grade")
PAUSE = 0.3


@dataclass
class Asker:
    """A signed-in librarian with a browser and a script, in a thread. Use it in `with`."""

    stage: Stage
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How often each address was answered how; 0 for not at all."""
    without_retry_after: int = 0
    slowest: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Asker":
        self._thread = threading.Thread(target=self._go_round, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def status_counts(self) -> Counter[int]:
        """How often each status was answered."""
        counts = Counter[int]()
        for (_, status), times in self.answers.items():
            counts[status] += times
        return counts

    def _go_round(self) -> None:
        token = self.stage.scripts[0].token
        addresses: list[tuple[str, dict[str, str]]] = [(f"{self.stage.origin}{path}", {}) for path in PAGES]
        addresses += [(f"{self.stage.origin}/api/v1{path}", {"Authorization": f"Bearer {token}"}) for path in CALLS]
        while not self._stop.is_set():
            address, headers = addresses[self.answers.total() % len(addresses)]
            self._look(address, headers)
            self._stop.wait(PAUSE)

    def _look(self, address: str, headers: dict[str, str]) -> None:
        began = time.monotonic()
        try:
            with self.stage.scripts[0].browser.open(urllib.request.Request(address, headers=headers), timeout=60) as answer:
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
            self.without_retry_after += status == 503 and "Retry-After" not in error.headers
        except OSError:
            status = 0
        self.answers[address.removeprefix(self.stage.origin), status] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)

