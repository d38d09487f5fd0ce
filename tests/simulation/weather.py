"""The weather of a seed: which troubles there are at all, how often, and Google's answers while they last.

Each seed draws its own few (swarm testing), because a day on which everything goes wrong at once hides what one trouble alone
would show.
"""

from collections.abc import Callable
from random import Random

from integration.delivery.lease import LEASE
from integration.sandbox.people import Person
from integration.sandbox.refusal import Refusal
from integration.sandbox.trouble import Kind, Order, Trouble

LATEST = 90.0
"""Seconds after which a request may still be done though nobody waits for it any more."""
STALEST = 60.0
LONGEST_STOP = 200.0
UNAWARE = LATEST + LONGEST_STOP + 60.0
"""Seconds in which a process may not yet know what a person did: it was stopped, or its request was late."""
OF_CALLS = (Kind.BUSY, Kind.ERROR_BEFORE, Kind.ERROR_AFTER, Kind.REFUSED, Kind.CUT_BEFORE, Kind.CUT_AFTER, Kind.LATE, Kind.STALE)
OF_PROCESSES = ("kill", "stop", "commit", "bell lost", "bell doubled", "refusal")
OF_PEOPLE = ("meddling", "racing")
AT_THE_WORST_MOMENT = ("overtaking", "standby")
"""A late request comes in just before or after another write; the database fails just when something has gone out."""
AND_THEN = ("regret", "late deletion", "more editions")
"""She takes back what has just been cut off on its way; deletions are late more often; she makes one edition after another."""
ELSEWHERE = 0.1
"""How much rarer a machine's trouble is away from a write to Google: there are many such steps, and little hangs on them."""
OF_READS = 0.2
"""The same of calls that write nothing, and of signing in."""
A_LONG_STOP = (LEASE + 5.0, LONGEST_STOP)


class Weather(Trouble):
    """What goes wrong with calls, processes, transactions and the bell, until it is calm."""

    def __init__(self, seed: int, chance: Random, more: Random | None, met: Callable[[str, str], None]) -> None:
        super().__init__()
        self.is_calm = True
        self.is_out = False
        """Whether Google is away altogether."""
        self.is_connected = False
        """Whether a call comes on a connection that stands: one of a batch."""
        self._chance = chance
        self._more = more
        self._met = met
        self.rates = {each: _rate(chance) for each in (*OF_CALLS, *OF_PROCESSES, *OF_PEOPLE)}
        self.rates |= {each: _rate(more) if more else 0.0 for each in AT_THE_WORST_MOMENT}
        self._and_then = {each: Random(f"{seed} {each}") for each in AND_THEN}
        self.rates |= {each: _rate(own) if more else 0.0 for each, own in self._and_then.items()}

    def pick(self, name: str, verb: str, person: Person | None, course: str) -> Order | None:
        if self.is_calm:
            return None
        if self.is_out:
            self._met("outage", name)
            return Order(self._chance.choice((Kind.ERROR_BEFORE, Kind.CUT_BEFORE, *self._no_connection())), times=0)
        if name.endswith(".create") and self._does("refusal"):
            self._met("refusal", name)
            raise Refusal("INVALID_ARGUMENT")
        share = 1.0 if verb != "GET" and name.startswith("courses.") else OF_READS
        kind = next((kind for kind in OF_CALLS if _fits(kind, name, verb) and self._does(
            kind, 1.0 if kind is Kind.STALE else share)), None)
        if kind is None and verb == "DELETE" and self._does("late deletion", 1.0, self._and_then["late deletion"]):
            kind = Kind.LATE
        if kind is None or (self.is_connected and kind is Kind.REFUSED):
            return None
        self._met(kind.value, name)
        return Order(kind, seconds=self._seconds(kind), status=self._chance.choice((500, 503)))

    def kills(self, *, at_a_write: bool) -> bool:
        """Whether a process is killed now."""
        return self._does("kill", 1.0 if at_a_write else ELSEWHERE)

    def stops(self, *, at_a_write: bool) -> float:
        """For how many seconds a process is stopped now; half of the time for longer than a lease."""
        if not self._does("stop", 1.0 if at_a_write else ELSEWHERE):
            return 0.0
        return self._chance.uniform(*self._chance.choice(((1.0, 60.0), A_LONG_STOP)))

    def meddles(self) -> bool:
        """Whether a teacher lays hands on what was just put into her class."""
        return self._does("meddling")

    def races(self) -> bool:
        """Whether the librarian changes her mind while a write is on its way."""
        return self._does("racing")

    def overtakes(self, *, is_deletion: bool) -> bool:
        """Whether what is late comes in just now."""
        return self._does("overtaking", 10.0 if is_deletion else 2.0, self._more)

    def regrets(self) -> bool:
        """Whether she takes back what is late."""
        return self._does("regret", 2.0, self._and_then["regret"])

    def brings_editions(self) -> bool:
        """Whether this is a day on which she cannot stop changing a collection."""
        return self._does("more editions", 2.0, self._and_then["more editions"])

    def fails_over(self) -> bool:
        """Whether the database fails just when a write has gone out."""
        return self._does("standby", 0.2, self._more)

    def loses_commit(self) -> bool:
        """Whether the answer to a commit is lost though it was done."""
        return self._does("commit", ELSEWHERE)

    def rings(self) -> int:
        """How often a ring is heard: lost, once or twice."""
        return 0 if self._does("bell lost") else 2 if self._does("bell doubled") else 1

    def _does(self, name: str, share: float = 1.0, chance: Random | None = None) -> bool:
        rate = self.rates[name] * share
        return not self.is_calm and rate > 0.0 and (chance or self._chance).random() < rate

    def _no_connection(self) -> tuple[Kind, ...]:
        return () if self.is_connected else (Kind.REFUSED,)

    def _seconds(self, kind: Kind) -> float:
        most = {Kind.LATE: LATEST, Kind.STALE: STALEST, Kind.BUSY: 20.0}.get(kind, 0.0)
        return self._chance.uniform(1.0, most) if most else 0.0


def _rate(chance: Random) -> float:
    """Most troubles are absent from a seed; those that are there come seldom or often."""
    return chance.choice((0.05, 0.15, 0.4)) if chance.random() < 0.4 else 0.0


def _fits(kind: Kind, name: str, verb: str) -> bool:
    """Only lists are stale, and only writes are late; signing in has no other trouble than the plain ones."""
    if kind is Kind.STALE:
        return name.endswith(".list")
    return kind is not Kind.LATE or (verb != "GET" and name.startswith("courses."))
