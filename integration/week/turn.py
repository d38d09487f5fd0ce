"""A step in hand, and how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from integration.week.models import Step


@dataclass(frozen=True)
class Turn:
    """One step of a round in hand. `since`: when the round before began; what happened after that is this week's."""

    week_id: str
    school_id: str
    account_id: str
    week: str
    step: Step
    step_began_at: datetime
    began_at: datetime
    since: datetime
    is_by_hand: bool


@dataclass(frozen=True)
class Outcome:
    """How a step went: what it counted, and a sentence for whatever did not work out. One that `waits` comes again."""

    counts: Mapping[str, int] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    calls: int = 0
    waits: bool = False
    has_failed: bool = False
