"""The weather of a seed: which troubles there are at all, how often, and Google's answers while they last.

Each seed draws its own few (swarm testing), because a day on which everything goes wrong at once hides what one trouble alone
would show.
"""

from collections.abc import Callable
from random import Random

from integration.sandbox.people import Person
from integration.sandbox.refusal import Refusal
from integration.sandbox.trouble import Kind, Order, Trouble

LATEST = 90.0
"""Seconds after which a request may still be done though nobody waits for it any more."""
STALEST = 60.0
LONGEST_STOP = 150.0
OF_CALLS = (Kind.BUSY, Kind.ERROR_BEFORE, Kind.ERROR_AFTER, Kind.REFUSED, Kind.CUT_BEFORE, Kind.CUT_AFTER, Kind.LATE, Kind.STALE)
OF_PROCESSES = ("kill", "stop", "commit", "bell lost", "bell doubled", "refusal")


class Weather(Trouble):
    """What goes wrong with calls, processes, transactions and the bell, until it is calm."""

    def __init__(self, chance: Random, met: Callable[[str, str], None]) -> None:
        super().__init__()
        self.is_calm = True
        self.is_out = False
        """Whether Google is away altogether."""
        self.is_connected = False
        """Whether a call comes on a connection that stands: one of a batch."""
        self._chance = chance
        self._met = met
        self.rates = {each: _rate(chance) for each in (*OF_CALLS, *OF_PROCESSES)}

    def pick(self, name: str, verb: str, person: Person | None, course: str) -> Order | None:
        if self.is_calm:
            return None
        if self.is_out:
            self._met("outage", name)
            return Order(self._chance.choice((Kind.ERROR_BEFORE, Kind.CUT_BEFORE, *self._no_connection())), times=0)
        if name.endswith(".create") and self._does("refusal"):
            self._met("refusal", name)
            raise Refusal("INVALID_ARGUMENT")
        kind = next((kind for kind in OF_CALLS if self._chance.random() < self.rates[kind] and _fits(kind, name, verb)), None)
        if kind is None or (self.is_connected and kind is Kind.REFUSED):
            return None
        self._met(kind.value, name)
        return Order(kind, seconds=self._seconds(kind), status=self._chance.choice((500, 503)))

    def kills(self) -> bool:
        """Whether a process is killed now."""
        return self._does("kill")

    def stops(self) -> float:
        """For how many seconds a process is stopped now."""
        return self._chance.uniform(1.0, LONGEST_STOP) if self._does("stop") else 0.0

    def loses_commit(self) -> bool:
        """Whether the answer to a commit is lost though it was done."""
        return self._does("commit")

    def rings(self) -> int:
        """How often a ring is heard: lost, once or twice."""
        return 0 if self._does("bell lost") else 2 if self._does("bell doubled") else 1

    def _does(self, name: str) -> bool:
        return not self.is_calm and self._chance.random() < self.rates[name]

    def _no_connection(self) -> tuple[Kind, ...]:
        return () if self.is_connected else (Kind.REFUSED,)

    def _seconds(self, kind: Kind) -> float:
        most = {Kind.LATE: LATEST, Kind.STALE: STALEST, Kind.BUSY: 20.0}.get(kind, 0.0)
        return self._chance.uniform(1.0, most) if most else 0.0


def _rate(chance: Random) -> float:
    """Most troubles are absent from a seed; those that are there come seldom or often."""
    return chance.choice((0.01, 0.05, 0.2)) if chance.random() < 0.4 else 0.0


def _fits(kind: Kind, name: str, verb: str) -> bool:
    """Only lists are stale, and only writes are late; signing in has no other trouble than the plain ones."""
    if kind is Kind.STALE:
        return name.endswith(".list")
    return kind is not Kind.LATE or (verb != "GET" and name.startswith("courses."))
