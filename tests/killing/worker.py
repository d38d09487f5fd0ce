"""One worker that does what waits for a school and dies, as by SIGKILL, just before its n-th step.

A step is a call to Google, the answer to one, the beginning of a transaction, or its commit.
"""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from config.settings import Settings
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.desk import Desk, open_desk
from integration.google.wire import HttpWire, Reply, Wire
from integration.later import silence
from integration.records.clock import utc_now
from tests.conftest import SETTINGS


@dataclass
class Fate:
    """Counts steps, and kills this very process before the chosen one."""

    dies_at: int
    steps: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def step(self) -> None:
        with self.lock:
            self.steps += 1
            if self.steps == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Mortal:
    """A wire on which a worker may die before a call and after Google has answered."""

    wire: Wire
    fate: Fate

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        self.fate.step()
        reply = self.wire.carry(method, url, headers, body, timeout)
        self.fate.step()
        return reply


def mortal_desk(database_url: str, root: str, fate: Fate, ahead: float) -> Desk:
    """A desk on the real database and a Google over HTTP, `ahead` seconds in the future."""
    settings = Settings(**{**SETTINGS, "database_url": database_url, "google_root_url": root})  # type: ignore[arg-type]
    return doomed(settings, fate, ahead)


def doomed(settings: Settings, fate: Fate, ahead: float) -> Desk:
    """A desk whose every step may be the last, `ahead` seconds in the future."""
    desk = open_desk(settings, ring=silence, wire=Mortal(HttpWire(), fate), now=lambda: utc_now() + timedelta(seconds=ahead))
    transaction = desk.transaction

    @contextmanager
    def mortal() -> Iterator[Session]:
        fate.step()
        with transaction() as session:
            yield session
            fate.step()

    return replace(desk, transaction=mortal)


def main(database_url: str, root: str, school_id: str, dies_at: int, ahead: float) -> None:
    """Work once, and let the sweep work once; with `dies_at` 0 live to the end."""
    desk = mortal_desk(database_url, root, Fate(dies_at), ahead)
    send_due(desk, school_id)
    sweep(desk, patience=0)
