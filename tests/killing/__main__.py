"""Kill, stop, cut off and empty everything but Google, again and again, while librarians post; then hold Google against the ledger.

`python -m tests.killing --kills 300 --restarts 50 --redis 20 --deliveries 2000` is the long run, some twelve minutes;
`--redis-off` takes Redis away for a whole run, `--postgres-off` Postgres for a minute in the middle of one. Each prints a table
and ends with status 0 only when every promise was kept.
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
from tests.killing.stage import WORKERS, Size, Stage, stage
from tests.killing.verdict import look
from web.commands.stack import stop_on_signals

SECONDS_TO_END = 300.0


def main() -> int:
    """Run what was asked for; 0 when every promise was kept."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=20, help="of workers, by SIGKILL or SIGSTOP")
    words.add_argument("--restarts", type=int, default=4, help="immediate restarts of Postgres")
    words.add_argument("--redis", type=int, default=2, help="FLUSHALLs and kills of Redis")
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
        return under_fire(at, size, Score(asked.kills, asked.restarts, asked.redis), asked.seed)


def under_fire(at: Stage, size: Size, score: Score, seed: int) -> int:
    """Post while everything is being killed, and judge."""
    for script in at.scripts:
        script.begin(size.plans, score.seconds * 0.9, seed)
    conductor = Conductor(at, score, random.Random(seed))
    began = time.monotonic()
    conductor.run()
    of_faults = time.monotonic() - began
    seconds = _come_to_the_end(at)
    drafts_removed = at.janitor()
    verdict = look(at)
    counts = {**conductor.done, **{f"call {name}": times for name, times in at.weather.done.items()},
              **{f"ended by itself: {name}": times for name, times in at.keeper.ended.items()},
              "calls to Google": len(at.weather.arrived), "answers 500 of the API": _answers(at.scripts, 500),
              "drafts the janitor removed at the end": drafts_removed, "deliveries": verdict.deliveries,
              "seconds of faults": round(of_faults), "seconds from the last fault to the end": round(seconds)}
    return told(counts, verdict)


def _come_to_the_end(at: Stage) -> float:
    """Wait at most five minutes; what is not over by then is stuck, and the verdict says so."""
    began = time.monotonic()
    try:
        return at.wait_until_over(SECONDS_TO_END)
    except TimeoutError:
        for name in ("clock", *WORKERS):
            at.keeper.let_say_where(name)
        return time.monotonic() - began


def _answers(scripts: list[Script], status: int) -> int:
    return sum(script.statuses[status] for script in scripts)


if __name__ == "__main__":
    sys.exit(main())
