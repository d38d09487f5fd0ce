"""A process of ours: the real code at a desk of its own, which may be stopped, killed or cut off at each of its steps."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.settings import Settings
from integration import nature
from integration.accounts import connection
from integration.desk import Desk, open_desk
from integration.google.wire import Reply
from integration.later import Job
from tests.simulation.database import away
from tests.simulation.town import Town


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Process:
    """One process. `skew` is how many seconds its own clock is off; what it keeps in memory is lost with it."""

    name: str
    town: Town
    settings: Settings
    ring: Callable[["Process", Job, Mapping[str, str]], None]
    skew: float = 0.0
    is_dead: bool = False
    call: str = ""
    """The write that is under way, if one is."""
    memory: dict[str, Any] = field(default_factory=lambda: {"_at_hand": {}, "_locks": {}})

    def run(self, act: Callable[[Desk], object]) -> None:
        """Do something at this process's desk, until it ends or the process does."""
        desk = open_desk(self.settings, ring=lambda job, ids: self.ring(self, job, ids), wire=self, now=self.now,
                         engine=self.town.database.engine, database_now=self.town.loop.now)
        inner = desk.transaction

        @contextmanager
        def transaction() -> Iterator[Session]:
            self.step("before a transaction")
            if self.town.database.is_down:
                raise away()
            with inner() as session:
                yield session
            if self.town.weather.loses_commit():
                self.town.note(22, self.name, "commit answer lost")
                raise away()
            self.step("after a transaction")

        try:
            with nature.under(self):
                self._remember()
                act(replace(desk, transaction=transaction))
        except Killed:
            self.town.tell(self.name, "is gone")

    def now(self) -> datetime:
        """What its own clock shows."""
        return self.town.loop.now() + timedelta(seconds=self.skew)

    def step(self, where: str, least: float = 0.001, most: float = 0.02) -> None:
        """Give way; perhaps for long, perhaps for ever."""
        self._live()
        span = self.town.chance.uniform(least, most)
        if self.town.weather.kills():
            self.is_dead = True
            self.town.note_kill(self.name, where, self.call)
        elif stopped := self.town.weather.stops():
            self.town.tell(self.name, f"is stopped for {stopped:.0f} s {where}")
            span += stopped
        self.town.loop.pause(span)
        self._live()
        self._remember()

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        """The wire: a way there and a way back, and either may be the last thing this process did."""
        self.call = "" if method == "GET" else f"{method} {url.partition('/v1/')[2].partition('?')[0]}"
        self.step("before a call", 0.02, 0.2)
        if self.call and "/v1/" in url:
            self.town.must_be_announced(self.call)
        try:
            reply = self.town.google.carry(method, url, headers, body, timeout)
            self.town.tell(self.name, f"{method} {url.partition('google.test')[2].partition('?')[0]} → {reply.status}")
            return reply
        finally:
            self.step("after a call", 0.02, 0.2)
            self.call = ""

    def monotonic(self) -> float:
        return self.town.loop.seconds + 1000.0

    def sleep(self, seconds: float) -> None:
        self.step("asleep", seconds, seconds + 0.01)

    def fraction(self) -> float:
        return self.town.chance.random()

    def token(self, bytes: int) -> str:
        return self.town.chance.randbytes(bytes).hex()

    def unique(self) -> str:
        return self.town.unique()

    def _live(self) -> None:
        if self.is_dead:
            raise Killed

    def _remember(self) -> None:
        """Each process keeps its own access tokens; here they share an interpreter, so the memory is put in its place."""
        for name, kept in self.memory.items():
            setattr(connection, name, kept)
