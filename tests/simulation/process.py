"""A process of ours: the real code at a desk of its own, which may be stopped, killed or cut off at each of its steps."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any, NoReturn
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from config.settings import Settings
from integration import nature
from integration.accounts import connection
from integration.delivery import generations
from integration.delivery.lease import LEASE, MARGIN
from integration.desk import Desk, open_desk
from integration.google import batch
from integration.google.wire import CutOff, Reply
from integration.later import Job
from tests.simulation.database import away
from tests.simulation.town import Town

_LINE = re.compile(rb"^([A-Z]+) /v1/([^? ]+)\S* HTTP/1\.1\r?$", re.MULTILINE)


MEMORY = ((connection, "_at_hand"), (connection, "_locks"), (batch, "_without"), (generations, "NO_TIMELINE"))
"""What the real code remembers in a process, of which there are many in this one."""


@contextmanager
def memory_put_back() -> Iterator[None]:
    """Leave this process's own memory as it was, for whatever else is done in it."""
    before = [(module, name, getattr(module, name)) for module, name in MEMORY]
    try:
        yield
    finally:
        for place in before:
            setattr(*place)


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
    memory: dict[tuple[ModuleType, str], Any] = field(default_factory=lambda: {
        (connection, "_at_hand"): {}, (connection, "_locks"): {}, (batch, "_without"): set()})
    life: int = 0
    """The life of the database in which its connection was opened."""
    began_in: int = 0
    """The one in which its work began."""

    def run(self, act: Callable[[Desk], object]) -> None:
        """Do something at this process's desk, until it ends or the process does."""
        self.life = self.began_in = self.town.database.life
        desk = open_desk(self.settings, ring=lambda job, ids: self.ring(self, job, ids), wire=self, now=self.now,
                         engine=self.town.database.engine, database_now=self.town.loop.now)
        inner = desk.transaction

        @contextmanager
        def transaction() -> Iterator[Session]:
            self.step("before a transaction")
            self._reach_the_database()
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

    def _reach_the_database(self) -> None:
        """Raise OperationalError while it is away; after a failover one connection is found broken, another is opened anew."""
        if self.town.database.is_down:
            raise away()
        if self.life != self.town.database.life:
            self.life = self.town.database.life
            if self.town.chance.random() < 0.5:
                raise away()

    def now(self) -> datetime:
        """What its own clock shows."""
        return self.town.loop.now() + timedelta(seconds=self.skew)

    def step(self, where: str, least: float = 0.001, most: float = 0.02) -> None:
        """Give way; perhaps for long, perhaps for ever."""
        self._live()
        span = self.town.chance.uniform(least, most)
        if self.town.weather.kills(at_a_write=bool(self.call)):
            self.is_dead = True
            self.town.note_kill(self.name, where, self.call)
        elif stopped := self.town.weather.stops(at_a_write=bool(self.call)):
            self.town.tell(self.name, f"is stopped for {stopped:.0f} s {where}")
            span += stopped
        self.town.loop.pause(span)
        if span > LEASE - MARGIN and self.town.lease_ended_within(span):
            self.town.note(17, self.name, "wakes up after a lease has ended")
        self._live()
        self._remember()

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        """The wire: a way there and a way back, and either may be the last thing this process did."""
        writes = writes_in(method, url, body or b"")
        self.call = ", ".join(f"{verb} {path}" for verb, path in writes)
        self.step("before a call", 0.02, 0.2)
        for verb, path in writes:
            if self.began_in == self.town.database.life:
                # Else what it wrote down before the failover may be forgotten.
                self.town.must_be_announced(verb, path)
            self.town.goes_out(verb, path)
        if self.call and self.town.weather.kills(at_a_write=True):
            self._die_during(method, url, headers, body, timeout)
        try:
            reply = self.town.google.carry(method, url, headers, body, timeout)
            self.town.tell(self.name, f"{method} {url.partition('google.test')[2].partition('?')[0]} → {reply.status}")
            return reply
        finally:
            self.step("after a call", 0.02, 0.2)
            self.call = ""

    def _die_during(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> NoReturn:
        """The process dies while the request is on its way; whether it arrives, nobody can tell from here."""
        self.is_dead = True
        self.town.note(3, self.name, f"is killed during {self.call}")
        if self.town.chance.random() < 0.5:
            with suppress(CutOff):
                self.town.google.carry(method, url, headers, body, timeout)
        raise Killed

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
        generations.NO_TIMELINE = f"life {self.town.database.life}"
        for (module, name), kept in self.memory.items():
            setattr(module, name, kept)


def writes_in(method: str, url: str, body: bytes) -> list[tuple[str, str]]:
    """The verb and path of each write to Classroom in a request, which may be a batch of many."""
    path = urlsplit(url).path
    if path.startswith("/batch"):
        return [(verb.decode(), inner.decode()) for verb, inner in _LINE.findall(body) if verb != b"GET"]
    return [(method, path.removeprefix("/v1/"))] if method != "GET" and path.startswith("/v1/") else []
