"""Postgres goes away for a minute in the middle of a push: nothing is asked of Google meanwhile, and all goes on by itself."""

import time
from collections import Counter

from integration.delivery.lease import LEASE
from tests.killing.asker import Asker
from tests.killing.keeper import wait_for
from tests.killing.report import told
from tests.killing.stage import Size, Stage
from tests.killing.verdict import look

AWAY = 60.0
UNDER_WAY = 20.0
"""Seconds a call may last that had begun before."""
BACK_WITHIN = 30.0
HELD_FOR = max(0.0, LEASE - AWAY)
"""Seconds that what a worker held when Postgres went stays held after it is back: nobody can give it up meanwhile."""
SECONDS_TO_END = 300.0


def postgres_off(at: Stage, size: Size) -> int:
    """Take Postgres away in the middle, give it back, and judge; 0 when every promise was kept."""
    at.order({"kind": "slow", "on": "writes", "seconds": 0.3, "times": 0})
    for script in at.scripts:
        for each in range(size.plans):
            script.accept(script.plan_one(f"{script.number}-{each}", "material"))
    wait_for(lambda: sum(_published(at).values()) > 0, "The first post", 60)
    at.postgres.cut()
    gone = time.monotonic()
    with Asker(at) as asker:
        while time.monotonic() < gone + AWAY:
            at.keeper.tend()
            time.sleep(0.2)
    pids = {name: process.pid for name, process in at.keeper.running.items()}
    at.postgres.start()
    at.postgres.wait()
    back = time.monotonic()
    seconds = at.wait_until_over(SECONDS_TO_END)
    at.janitor()
    return _told(at, asker, gone, back, seconds, sum(at.keeper.running[name].pid != pid for name, pid in pids.items()))


def _told(at: Stage, asker: Asker, gone: float, back: float, seconds: float, begun_again: int) -> int:
    away = [came for came in at.weather.arrived if gone < came < back]
    after = [came for came in at.weather.arrived if came > back]
    first = min(after) - back
    answers = asker.status_counts()
    calm = sum(times for (address, _), times in asker.answers.items() if address in {"/healthz", "/metrics"})
    verdict = look(at)
    broken = {f"calls later than {UNDER_WAY:.0f} s after Postgres went": sum(came > gone + UNDER_WAY for came in away),
              "answers without Retry-After": asker.without_retry_after,
              "answers other than 503": answers.total() - answers[503] - calm,
              f"whole seconds beyond {BACK_WITHIN:.0f} to the first call after": int(max(0.0, first - BACK_WITHIN)),
              f"whole seconds beyond {BACK_WITHIN:.0f} from the last lease to the end":
              int(max(0.0, seconds - HELD_FOR - BACK_WITHIN)),
              "processes that ended with an error": sum(
                  times for name, times in at.keeper.ended.items() if not name.endswith(" 0"))}
    return told({"deliveries": verdict.deliveries, "seconds away": round(back - gone),
                 "calls that were under way when it went": len(away), "seconds of the slowest answer": round(asker.slowest, 2),
                 "seconds from back to the first call": round(first, 1), "seconds from back to the end": round(seconds, 1),
                 "begun again after it was back": begun_again, **{f"answers {status}": times for status, times in answers.items()}},
                verdict, broken=broken)


def _published(at: Stage) -> Counter[str]:
    return Counter(post["id"] for course in at.courses().values() for post in course["posts"]
                   if post["project"] and post["state"] == "PUBLISHED")
