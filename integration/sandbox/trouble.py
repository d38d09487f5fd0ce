"""Bad weather on demand: what shall go wrong, with which calls, how often."""

import errno
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random
from threading import Lock
from typing import Any

from integration.sandbox.people import Person
from integration.sandbox.refusal import Refusal


class Kind(StrEnum):
    """What can go wrong with a call."""

    SLOW = "slow"
    """It takes `seconds` longer."""
    BUSY = "busy"
    """429, with a Retry-After of `seconds` when given."""
    ERROR_BEFORE = "error_before"
    """`status` (500 or 503), and nothing happened."""
    ERROR_AFTER = "error_after"
    """`status` (500 or 503), though it happened."""
    REFUSED = "refused"
    """No connection at all; over HTTP it looks like cut_before."""
    CUT_BEFORE = "cut_before"
    """The connection breaks, and nothing happened."""
    CUT_AFTER = "cut_after"
    """The connection breaks, though it happened."""
    LATE = "late"
    """The connection breaks, and it happens `seconds` later by the world's clock."""
    STALE = "stale"
    """A list leaves out what is younger than `seconds`."""
    REVOKED = "revoked"
    """She takes back what she allowed, just before."""
    ARCHIVED = "archived"
    """The class is put away, just before."""


@dataclass
class Order:
    """One order. `on` is a pattern for method names (`courses.*.create`), or `writes`, `reads` or `*`.

    `times` calls are met, after `skip` were let through; 0 times means until cleared. `share` of the calls in question
    is met. `account` is an address or id, `course` an id; empty means any.
    """

    kind: Kind
    on: str = "*"
    times: int = 1
    skip: int = 0
    seconds: float = 0.0
    status: int = 503
    share: float = 1.0
    account: str = ""
    course: str = ""
    met: int = 0

    def __post_init__(self) -> None:
        for name in ("times", "skip", "seconds", "status", "share"):
            if not isinstance(getattr(self, name), int | float):
                raise ValueError(f"“{name}” of trouble is a number, not {getattr(self, name)!r}.")

    @property
    def is_over(self) -> bool:
        return 0 < self.times <= self.met

    def fits(self, name: str, verb: str, person: Person | None, course: str) -> bool:
        """Whether a call is one of those in question."""
        words = {"writes": verb != "GET", "reads": verb == "GET"}
        if not words.get(self.on, fnmatchcase(name, self.on)) or self.course not in ("", course):
            return False
        return not self.account or (person is not None and self.account in (person.email, person.google_id))


class Trouble:
    """The orders that stand; the first that fits a call is carried out."""

    def __init__(self, seed: int = 1) -> None:
        self._orders: list[Order] = []
        self._lock = Lock()
        self._random = Random(seed)

    def order(self, kind: str, **how: Any) -> Order:
        """Order trouble; see Order. Raises ValueError for a kind or an option there is not."""
        try:
            order = Order(Kind(kind), **how)
        except TypeError as error:
            raise ValueError(f"There is no such option of trouble: {error}") from error
        with self._lock:
            self._orders.append(order)
        return order

    def clear(self) -> None:
        """Take back every order."""
        with self._lock:
            self._orders.clear()

    def listed(self) -> list[dict[str, Any]]:
        """Every order with how often it was met."""
        with self._lock:
            return [asdict(order) for order in self._orders]

    def pick(self, name: str, verb: str, person: Person | None, course: str) -> Order | None:
        """The order for this call, counted as met."""
        with self._lock:
            for order in self._orders:
                if order.is_over or not order.fits(name, verb, person, course):
                    continue
                if order.skip > 0:
                    order.skip -= 1
                elif self._random.random() < order.share:
                    order.met += 1
                    return order
        return None


def before(order: Order | None) -> None:
    """The trouble that comes before anything happens: waits, raises Refusal or breaks the connection."""
    match order.kind if order else None:
        case Kind.SLOW:
            assert order
            time.sleep(order.seconds)
        case Kind.BUSY:
            raise Refusal("RESOURCE_EXHAUSTED")
        case Kind.ERROR_BEFORE:
            raise failure(order)
        case Kind.REFUSED:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "The pretend Google was told not to be there.")
        case Kind.CUT_BEFORE:
            raise ConnectionResetError(errno.ECONNRESET, "The pretend Google was told to break off before anything happened.")


def after(order: Order | None) -> None:
    """The trouble that comes once it has happened."""
    match order.kind if order else None:
        case Kind.ERROR_AFTER:
            raise failure(order)
        case Kind.CUT_AFTER | Kind.LATE:
            raise ConnectionResetError(errno.ECONNRESET, "The pretend Google was told to break off before it answered.")


def failure(order: Order | None) -> Refusal:
    """500 or 503, as ordered."""
    return Refusal("INTERNAL" if order and order.status == 500 else "UNAVAILABLE")
