"""Whose deliveries come next: one account after the other, so that nobody waits behind another's thousands."""

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from integration import nature
from integration.desk import Desk
from integration.google.call import No
from integration.google.classroom import Classroom


@dataclass
class Turn:
    """An account's deliveries of one school; `halt` is set when going on with them now would only disturb Google."""

    desk: Desk
    school_id: str
    account_id: str
    classroom: Classroom
    ends_at: float
    """When work on this school is to stop for now, on this process's own running clock."""
    halt: threading.Event = field(default_factory=threading.Event)
    troubles: list[No] = field(default_factory=list)
    """Why it was halted."""

    @property
    def is_over(self) -> bool:
        """Whether to begin nothing more."""
        return self.halt.is_set() or nature.monotonic() >= self.ends_at


class Rota:
    """The turns that still have something due, in rotation; shared by the threads that work on them."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._turns = deque(turns)
        self._lock = threading.Lock()

    def next(self) -> Turn | None:
        """The account whose turn it is; None when nothing is left to do, or no time."""
        with self._lock:
            self._turns = deque(turn for turn in self._turns if not turn.halt.is_set())
            if not self._turns or self._turns[0].is_over:
                return None
            self._turns.rotate(-1)
            return self._turns[-1]

    def leave(self, turn: Turn) -> None:
        """Nothing of this account is due any more."""
        with self._lock:
            self._turns = deque(each for each in self._turns if each is not turn)

    def stop(self) -> None:
        """Something is wrong that no other turn should run into: begin nothing more, however many hands are at work."""
        with self._lock:
            for turn in self._turns:
                turn.halt.set()

    @property
    def has_more(self) -> bool:
        """Whether time, and nothing else, ended it."""
        with self._lock:
            return any(not turn.halt.is_set() for turn in self._turns)
