"""What a program cannot decide for itself: time that passes, waiting, and chance.

In earnest they are the machine's own. A simulation puts a nature of its own in their place, whose every answer follows from a
seed, so that a run can be repeated to the byte. Nothing else in `integration` sleeps, draws lots, or reads a running clock.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import ParamSpec, Protocol, TypeVar

from uuid_utils.compat import uuid7

P = ParamSpec("P")
T = TypeVar("T")


class Nature(Protocol):
    """One source of passing time, waiting and chance."""

    def monotonic(self) -> float:
        """Seconds on a clock that is never set back, and that nobody else can read."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    def fraction(self) -> float:
        """A number from 0 up to, but not, 1."""
        ...

    def token(self, bytes: int) -> str:
        """So many bytes that nobody can guess, in hexadecimal."""
        ...

    def unique(self) -> str:
        """32 hexadecimal digits that were never given before and sort by when they were given (UUID version 7, RFC 9562)."""
        ...


class Machine:
    """The nature of the machine we run on."""

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def fraction(self) -> float:
        return secrets.randbelow(1 << 53) / (1 << 53)

    def token(self, bytes: int) -> str:
        return secrets.token_hex(bytes)

    def unique(self) -> str:
        return str(uuid7().hex)


_ours: ContextVar[Nature] = ContextVar("nature", default=Machine())  # noqa: B039 — it has no state to share


@contextmanager
def under(nature: Nature) -> Iterator[None]:
    """Live under another nature meanwhile."""
    before = _ours.set(nature)
    try:
        yield
    finally:
        _ours.reset(before)


class Threads(ThreadPoolExecutor):
    """Threads that live under the nature of whoever gives them something to do."""

    def submit(self, do: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        here = copy_context()
        return super().submit(lambda: here.run(do, *args, **kwargs))


def monotonic() -> float:
    """Seconds on this process's own running clock."""
    return _ours.get().monotonic()


def sleep(seconds: float) -> None:
    """Wait so many seconds."""
    _ours.get().sleep(seconds)


def fraction() -> float:
    """A number from 0 up to, but not, 1."""
    return _ours.get().fraction()


def jitter() -> float:
    """Between a half and one, so that many who wait do not all come back at once."""
    return 0.5 + fraction() / 2


def token(bytes: int) -> str:
    """So many bytes that nobody can guess, in hexadecimal."""
    return _ours.get().token(bytes)


def unique() -> str:
    """A fresh id that sorts by when it was made."""
    return _ours.get().unique()
