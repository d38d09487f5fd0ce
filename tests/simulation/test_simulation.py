"""Seeds of the simulation that every run of the tests plays, and those that once told of a bug."""

import subprocess
import sys

import pytest

from tests.simulation.process import MEMORY
from tests.simulation.run import simulate
from tests.simulation.sabotage import SABOTAGES, sabotaged

TOLD_OF_ONCE = {
    39: "what was shown in the time that a failover forgot was said to be taken back unseen",
    875: "a worker that had looked before a failover and was stopped meanwhile took deliveries in hand after it",
    1079: "what may have been shown was said to be skipped, and what took another's place not to have been shown",
    33: "what a closed class hid from the look after a failover was said to be skipped",
    1547: "a late draft without a mark was not known again once its words were changed",
    3663: "a class that was closed to us kept the janitor from all others",
    7633: "a successor made for a delivery that had gone elsewhere meanwhile was nobody's",
    10785: "two posts stood where the one before could not be deleted, and it was said not to be updated",
    10354: "a post without a mark that a failover forgot was made again, because a teacher had changed its words",
    6178: "a successor whose deletion had no answer took a post's place, and went when the late request came",
}
"""Before the troubles at the worst moment were thought of."""
TOLD_OF = {
    362: "a worker that stood still before its transaction began a call when its lease was nearly over",
    682: "what was shown, forgotten by a failover, reworded and deleted was said to be taken back unseen",
    1147: "drafts with links that a failover forgot were not known again",
    4132: "a post without a mark was made again, whose draft a teacher had reworded before a late request showed it",
    334: "what she was asked about after a failover was said to be taken back unseen, without a second look",
    6910: "a successor that a failover forgot was not looked for, because one before it was to be deleted",
    3908: "a post that took another's place in the forgotten time was said to be removed, because the one before was",
    927: "a post that took another's place in the forgotten time was not known, and a third was made",
    2264: "what waited took new words while it was in doubt whether the old ones had been shown, and was not known again",
    8197: "a draft that lay there for its teacher was parked with the account, and its question to the librarian was lost",
    9194: "what was being taken back waited as long as the worker's own clock was ahead, at each of its steps",
    9570: "an update that was parked half-way when a failover came was forgotten, and left its draft",
    15636: "a failover forgot the mark of a successor, whose draft was recorded without it then",
    65149: "of two posts without a mark a failover forgot the one that was shown, and it was said to be taken back unseen",
    21056: "the draft of an update that Google refused half-way was nobody's for ever",
    27633: "what a failover forgot was parked with its account, and then said not to be posted, in a class that was closed by then",
    71363: "a worker in whose hands a failover had forgotten a post asked Google for it without its id",
    46990: "what was refused, then tried again and reworded in the forgotten time, was said to be failed still",
}
EACH = 10
SOON = 30
SEEDS = 40
"""Seconds of both processors; `python -m tests.simulation --seeds 2000` is what each push must pass."""


@pytest.mark.parametrize("first", range(0, SEEDS, EACH))
def test_no_promise_is_broken_whatever_goes_wrong(first: int) -> None:
    broken = {seed: faults for seed in range(first, first + EACH) if (faults := simulate(seed).faults)}
    assert not broken, f"see python -m tests.simulation --seed {next(iter(broken))} --trace"


@pytest.mark.parametrize(("seed", "told"), [*TOLD_OF.items(), *TOLD_OF_ONCE.items()], ids=lambda each: str(each)[:60])
def test_what_a_seed_once_told_of_does_not_come_back(seed: int, told: str) -> None:
    assert not simulate(seed, as_once=seed in TOLD_OF_ONCE).faults, told


@pytest.mark.parametrize("seed", (36, 1065))
def test_a_seed_tells_the_same_story_to_the_byte_in_every_process(seed: int) -> None:
    here = simulate(seed)
    there = subprocess.run([sys.executable, "-m", "tests.simulation", "--seed", str(seed)], capture_output=True, text=True,
                           env={"PYTHONHASHSEED": str(seed), "XDG_RUNTIME_DIR": "/nowhere"}, check=False)
    assert there.stdout.splitlines()[-1].endswith(f"trace {here.digest}")


def test_it_leaves_the_process_it_plays_in_as_it_was() -> None:
    before = [getattr(module, name) for module, name in MEMORY]
    simulate(875)
    assert all(getattr(module, name) is kept for (module, name), kept in zip(MEMORY, before, strict=True))


def test_every_guard_that_can_be_taken_away_is_still_where_it_is_looked_for() -> None:
    for name in SABOTAGES:
        with sabotaged(name):
            pass


@pytest.mark.parametrize("name", ("no sweeper", "no janitor", "one phase", "blind retry", "no intent", "no consent"))
def test_a_guard_that_is_taken_away_is_noticed_soon(name: str) -> None:
    with sabotaged(name):
        assert any(simulate(seed).faults for seed in range(SOON))


def test_seeds_differ() -> None:
    assert len({simulate(seed).digest for seed in range(5)}) == 5
