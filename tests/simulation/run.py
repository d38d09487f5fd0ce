"""Play seeds and judge them: one, or many on several processes."""

import gc
import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context

import structlog

from tests.simulation.checker import judge
from tests.simulation.process import memory_put_back
from tests.simulation.sabotage import sabotaged
from tests.simulation.story import Story
from tests.simulation.town import Line, Town

SEEDS_AT_ONCE = 10


@dataclass(frozen=True)
class Outcome:
    """How a seed went."""

    seed: int
    digest: str
    """The whole trace in one word: the same seed gives the same."""
    faults: tuple[str, ...]
    """The promises that were broken."""
    tally: Counter[int]
    """How often each row of the failure matrix was met."""
    deliveries: int
    calls: int
    trace: tuple[Line, ...] = ()


def simulate(seed: int, *, keep_trace: bool = False, as_once: bool = False) -> Outcome:
    """One seed; the same every time. `as_once`: without the troubles that were thought of later, see `Town`."""
    with memory_put_back():
        town = Town(seed, as_once=as_once)
        story = Story(town)
        story.play()
    judge(story)
    deliveries = town.database.ask("select count(*) from deliveries")[0][0]
    digest = hashlib.blake2b(repr(town.trace).encode(), digest_size=16).hexdigest()
    return Outcome(seed, digest, tuple(town.faults), town.tally, deliveries, len(town.google.journal),
                   tuple(town.trace) if keep_trace else ())


def simulate_many(seeds: Iterable[int], *, jobs: int = 1) -> Iterator[Outcome]:
    """Seeds in their order, shared between so many processes."""
    if jobs == 1:
        be_quick()
        yield from map(simulate, seeds)
        return
    with get_context("spawn").Pool(jobs, be_quick) as pool:
        yield from pool.imap(simulate, seeds, chunksize=SEEDS_AT_ONCE)


def first_caught(names: tuple[str, ...], seeds: range) -> Outcome | None:
    """The first seed that notices that these guards are missing; None when none does."""
    be_quick()
    with sabotaged(*names):
        return next((outcome for outcome in map(simulate, seeds) if outcome.faults), None)


def be_quick() -> None:
    """Nothing is logged, and what is there already is not looked through for garbage again and again."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
