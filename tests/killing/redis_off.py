"""Redis is killed before the first accept and stays away: everything is delivered all the same, and no page breaks."""

from datetime import datetime
from typing import Any

from tests.killing.asker import Asker
from tests.killing.report import told
from tests.killing.stage import Size, Stage
from tests.killing.verdict import look

SECONDS_TO_END = 600.0
SOON = 20.0
"""Seconds within which 95 of 100 deliveries are to have begun."""


def redis_off(at: Stage, size: Size) -> int:
    """Do a whole run without Redis and judge; 0 when every promise was kept."""
    at.keeper.drop("redis")
    with Asker(at) as asker:
        for script in at.scripts:
            script.worst_is_over.set()
            script.begin(size.plans, 60.0, 1)
        seconds = at.wait_until_over(SECONDS_TO_END)
    at.janitor()
    waits = sorted(wait for script in at.scripts for plan in script.plans
                   for row in script.every(f"/deliveries?plan={plan.id}&limit=500") for wait in _wait(row))
    answers, slow = asker.status_counts(), waits[len(waits) * 95 // 100]
    for script in at.scripts:
        answers += script.statuses
    broken = {"answers 5xx or none": sum(times for status, times in answers.items() if status >= 500 or status == 0),
              f"whole seconds beyond {SOON:.0f} before 95 % had begun": int(max(0.0, slow - SOON))}
    verdict = look(at)
    return told({"deliveries": verdict.deliveries, "pages and calls asked": answers.total(),
                 "seconds of the slowest answer": round(asker.slowest, 2), "seconds until 50 % had begun":
                 round(waits[len(waits) // 2], 1), "seconds until 95 % had begun": round(slow, 1),
                 "ended by itself": at.keeper.ended.total(), "seconds of the whole run": round(seconds)}, verdict, broken=broken)


def _wait(row: dict[str, Any]) -> list[float]:
    """Seconds from the moment a delivery could go to the moment it was begun; none when it never was."""
    steps = [(step["state"], datetime.fromisoformat(step["at"])) for step in row["history"]]
    ready = [at for state, at in steps if state == "ready"]
    begun = [at for state, at in steps if state in {"sending", "checking", "published"}]
    return [(begun[0] - ready[0]).total_seconds()] if ready and begun else []
