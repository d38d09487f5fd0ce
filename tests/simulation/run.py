"""Play one seed and judge it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.simulation.checker import judge
from tests.simulation.story import Story
from tests.simulation.town import Town


@dataclass(frozen=True)
class Outcome:
    """How a seed went."""

    seed: int
    digest: str
    faults: tuple[str, ...]
    tally: Counter[int]
    deliveries: int
    calls: int
    trace: Sequence[tuple[float, str, str]]


def simulate(seed: int) -> Outcome:
    """One seed; the same every time."""
    town = Town(seed)
    story = Story(town)
    story.play()
    judge(story)
    return Outcome(seed, town.digest(), tuple(town.faults), town.tally,
                   town.database.ask("select count(*) from deliveries")[0][0], len(town.google.journal), town.trace)
