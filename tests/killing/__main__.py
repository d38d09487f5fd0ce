"""Kill the real worker while it posts, again and again, and look at what stands: `python -m tests.killing [--kills 20]`.

The worker runs on a real Postgres and a real Redis, the pretend Google in a process of its own, slow enough to be hit in mid-call.
A killed worker's delivery is free again when its lease is over, so this takes some minutes.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.journeys.apart import Apart, apart

GRADES = ("6", "7", "5", "4")


def main() -> int:
    """Post to several grades under fire; 0 when every class has exactly one post of each plan, and no draft is left."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=20)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder, apart(Path(folder)) as at:
        at.synced()
        at.order("POST", {"kind": "slow", "on": "writes", "seconds": 0.2, "times": 0})
        plans = [at.planned(grade) for grade in GRADES]
        for plan_id in plans:
            at.ask("POST", f"/plans/{plan_id}/accept", {})
            at.agree_to_all(plan_id)
        for _ in range(asked.kills):
            time.sleep(random.uniform(0.2, 2.5))
            kill_worker(at)
        at.order("DELETE")
        began = time.monotonic()
        at.stack.wait_until(lambda: all(set(at.states(each)) == {"published"} for each in plans), "Finishing", seconds=600, pause=1)
        return report(at, plans, asked.kills, time.monotonic() - began)


def kill_worker(at: Apart) -> None:
    """SIGKILL the worker with all its children, and start another as a process manager would."""
    worker = at.stack.running.pop("worker")
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    at.stack.start_ours("worker", "--concurrency", "1")


def report(at: Apart, plans: list[str], kills: int, seconds: float) -> int:
    """Hold the classes against the ledger."""
    rows = [row for plan_id in plans for row in at.every(f"/deliveries?plan={plan_id}")]
    posts = at.posts()
    shown = Counter((post["course"], post["id"]) for post in posts if post["state"] == "PUBLISHED")
    drafts = sum(post["state"] == "DRAFT" for post in posts)
    in_classes = Counter(post["course"] for post in posts if post["state"] == "PUBLISHED")
    in_ledger = Counter(row["link"].split("/c/")[1].split("/")[0] for row in rows)
    print(f"{kills} kills, {len(rows)} deliveries, {len(shown)} visible posts, {drafts} drafts left, "
          f"{seconds:.0f} s from the last kill to the end; classes and ledger agree: {in_classes == in_ledger}")
    return 0 if in_classes == in_ledger and len(shown) == len(rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
