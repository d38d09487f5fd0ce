"""Kill, stop, cut off and empty everything but Google, again and again, while librarians post; then hold Google against the ledger.

`python -m tests.killing --kills 300 --restarts 50 --redis 20 --deliveries 2000` is the long run: less than ten minutes of faults,
three promotions of a standby that lags behind among them, and at most five until all is over, which begin when posts may be sent
again after the last promotion. `--redis-off` takes Redis away for a whole run, `--postgres-off` Postgres for a minute in the middle
of one. Each prints a table and ends with status 0 only when every promise was kept.

After a promotion nothing is sent for some two minutes, instead of ten, and faults wait for the end of that. What was forgotten with
the commits is asked for again by whoever had asked: a plan that is gone or may have been accepted is made anew, and then sees what
stands; teachers are agreed for again, and what is left to the librarian because nobody could know is tried again.
"""

import argparse
import random
import sys
import time

from tests.killing.asking import Script
from tests.killing.conductor import Conductor, Score
from tests.killing.postgres_off import postgres_off
from tests.killing.redis_off import redis_off
from tests.killing.report import told
from tests.killing.stage import QUIET, WORKERS, Size, Stage, stage
from tests.killing.verdict import look
from web.commands.stack import stop_on_signals

SECONDS_TO_END = 300.0
MANY = 3
"""Promotions of the long run."""


def main() -> int:
    """Run what was asked for; 0 when every promise was kept."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=20, help="of workers, by SIGKILL or SIGSTOP")
    words.add_argument("--restarts", type=int, default=4, help="immediate restarts of Postgres")
    words.add_argument("--redis", type=int, default=2, help="FLUSHALLs and kills of Redis")
    words.add_argument("--promotions", type=int, help="of a standby that lags behind; 3 in a run of 100 kills or more, else 0")
    words.add_argument("--deliveries", type=int, default=200)
    words.add_argument("--seed", type=int, default=1, help="draws the faults")
    words.add_argument("--redis-off", action="store_true")
    words.add_argument("--postgres-off", action="store_true")
    asked = words.parse_args()
    stop_on_signals()
    size = Size.of(asked.deliveries)
    with stage(asked.seed, size) as at:
        if asked.redis_off:
            return redis_off(at, size)
        if asked.postgres_off:
            return postgres_off(at, size)
        promotions = MANY if asked.promotions is None and asked.kills >= 100 else asked.promotions or 0
        return under_fire(at, size, Score(asked.kills, asked.restarts, asked.redis, promotions), asked.seed)


def under_fire(at: Stage, size: Size, score: Score, seed: int) -> int:
    """Post while everything is being killed, and judge."""
    for script in at.scripts:
        script.begin(size.plans, score.seconds * 0.9, seed)
    conductor = Conductor(at, score, random.Random(seed))
    began = time.monotonic()
    conductor.run()
    of_faults = time.monotonic() - began
    for script in at.scripts:
        script.worst_is_over.set()
    seconds = _come_to_the_end(at, SECONDS_TO_END + QUIET if score.promotions else SECONDS_TO_END)
    drafts_removed = at.janitor()
    verdict = look(at)
    counts = {**conductor.done, **{f"call {name}": times for name, times in at.weather.done.items()},
              **{f"ended by itself: {name}": times for name, times in at.keeper.ended.items()},
              "calls to Google": len(at.weather.arrived), "answers 500 of the API": _answers(at.scripts, 500),
              "drafts the janitor removed at the end": drafts_removed, "deliveries": verdict.deliveries,
              "deliveries of which a promotion forgot everything": verdict.forgotten,
              "seconds of faults": round(of_faults), "seconds from the last fault to the end": round(seconds)}
    return told(counts, verdict)


def _come_to_the_end(at: Stage, patience: float) -> float:
    """Wait for so many seconds at most; what is not over by then is stuck, and the verdict says so."""
    began = time.monotonic()
    try:
        return at.wait_until_over(patience)
    except TimeoutError:
        for name in ("clock", *WORKERS):
            at.keeper.let_say_where(name)
        return time.monotonic() - began


def _answers(scripts: list[Script], status: int) -> int:
    return sum(script.statuses[status] for script in scripts)


if __name__ == "__main__":
    sys.exit(main())
