"""Play seeds of the simulation: the real delivery code under a virtual clock, in bad weather, judged by what happened at Google.

`python -m tests.simulation --seeds 2000 --jobs 2` is what every push must pass. `--seed S --trace` tells one seed's whole story.
The end is a table of the failure matrix; the exit status is 0 only when no promise was broken and every row was met.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from tests.simulation.matrix import ROWS
from tests.simulation.run import Outcome, first_caught, simulate, simulate_many
from tests.simulation.sabotage import PAIRS, SABOTAGES, sabotaged

ENOUGH = 2000
"""Seeds after which every row of the matrix must have been met."""


def main() -> int:
    """Run what was asked for; 0 when every promise was kept."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seeds", type=int, default=2000, help="how many")
    words.add_argument("--first", type=int, default=0, help="the first of them")
    words.add_argument("--jobs", type=int, default=2, help="processes")
    words.add_argument("--seed", type=int, help="this one only")
    words.add_argument("--as-once", action="store_true", help="that one without the troubles at the worst moment")
    words.add_argument("--sabotage", action="append", default=[], choices=SABOTAGES, metavar="NAME",
                       help=f"take a guard away, which must be noticed: {', '.join(SABOTAGES)}")
    words.add_argument("--sabotages", action="store_true",
                       help="take each guard away, and some in pairs, and tell which seed of --seeds is the first to notice")
    words.add_argument("--trace", action="store_true", help="tell everything that happened in it")
    asked = words.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    if asked.sabotages:
        return _all_sabotages(seeds, asked.jobs)
    with sabotaged(*asked.sabotage):
        if asked.seed is not None:
            return _one(asked.seed, is_told=asked.trace, as_once=asked.as_once)
        return _many(seeds, 1 if asked.sabotage else asked.jobs)


def _all_sabotages(seeds: range, jobs: int) -> int:
    """The table of what each missing guard was noticed by; 0 when every one of them was."""
    every, missed = [*((name,) for name in SABOTAGES), *PAIRS], 0
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for names, outcome in zip(every, pool.map(partial(first_caught, seeds=seeds), every), strict=True):
            told = f"seed {outcome.seed}: {outcome.faults[0]}" if outcome else f"NOT NOTICED in {len(seeds):,} seeds"
            missed += outcome is None
            print(f"{' + '.join(names):<55} {told[:150]}", flush=True)
    return 1 if missed else 0


def _one(seed: int, *, is_told: bool, as_once: bool) -> int:
    outcome = simulate(seed, keep_trace=is_told, as_once=as_once)
    for line in outcome.trace:
        print(line)
    _say(outcome)
    print(f"seed {seed}: {outcome.deliveries} deliveries, {outcome.calls} calls, trace {outcome.digest}")
    return 1 if outcome.faults else 0


def _many(seeds: range, jobs: int) -> int:
    began, tally, digest = time.monotonic(), Counter[int](), hashlib.blake2b(digest_size=16)
    deliveries = calls = bad = 0
    for outcome in simulate_many(seeds, jobs=jobs):
        _say(outcome)
        tally += outcome.tally
        deliveries, calls, bad = deliveries + outcome.deliveries, calls + outcome.calls, bad + bool(outcome.faults)
        digest.update(outcome.digest.encode())
    seconds = time.monotonic() - began
    for row, name in ROWS.items():
        print(f"{row:>3} {name:<70} {tally[row]:>10,}")
    print(f"{len(seeds):,} seeds, {deliveries:,} deliveries, {calls:,} calls in {seconds:,.0f} s "
          f"({len(seeds) / seconds:.1f} seeds a second), all traces {digest.hexdigest()}")
    print(f"seeds in which a promise was broken (must be 0): {bad}")
    return 1 if bad or (len(seeds) >= ENOUGH and ROWS.keys() - tally.keys()) else 0


def _say(outcome: Outcome) -> None:
    for fault in outcome.faults:
        print(f"seed {outcome.seed}: {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
