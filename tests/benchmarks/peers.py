"""What a user would pick instead, as the design page on quality measured it on two shared cores, and our own column measured now.

    python -m tests.benchmarks.peers [--classes 1000] [--window 10]

The CPU is that of our process alone; the pretend Google and Postgres are others. Without latency means that Google is near and its
limits are lifted; the row on the default quota keeps them, in a shorter window. Doubled and lost are judged on Google's side.
"""

import argparse
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from config.settings import Settings
from integration.delivery.accept import accept
from integration.delivery.lease import LEASE
from integration.delivery.models import DeliveryState as S
from integration.delivery.send import send_due
from integration.google.scopes import EMAILS, ROSTERS
from integration.records.clock import utc_now
from tests import make
from tests.benchmarks.bars import Bar, at_most, print_bars
from tests.benchmarks.delivery import FIRST, PATIENCE, Push, connected, counted, is_open, planned, prepared, sit
from tests.benchmarks.far_google import USER, Google, far_google, town
from tests.benchmarks.pulling import Basket, pull

MANY = 10_000_000
PEERS = ("plain google-api-python-client loop", "best plain variant (8 threads or batch of 50)", "kippnorcal ETL", "GAM7")
"""As the design page names them."""
QUOTED = {
    "pull": ("4,010 calls / 4.6 CPU s", "4,010 calls / 1.1–1.3 CPU s", "2,681 calls (no materials) / 4.1 CPU s",
             "4,050 calls / 6.4 CPU s"),
    "second pull, nothing changed": ("the same again", "the same again", "the same again", "the same again"),
    "post": ("1,000 calls / 1.3 CPU s / 1.6 s", "1,000 calls / 0.4 CPU s / 0.5 s", "cannot",
             "2,000 calls + 791 tokens / 38 CPU s / 201 s"),
    "1 % each of 503 before, 503 after, answer lost": (
        "stops: 984 of 1,000 lost; with retries 20 doubled", "10 doubled and 10 lost; one lost batch answer: 50 doubled", "–",
        "1 % doubled, 1 % lost, exit 0"),
    "default quota": ("slower than the quota", "515 of 1,000 lost to 429", "sleeps 20 s", "slower than the quota"),
    "killed half-way, run again": ("501 doubled", "513 doubled", "–", "150 of 150 doubled"),
}


@dataclass(frozen=True)
class Found:
    """What one piece of work took."""

    calls: int
    processor: float
    seconds: float
    said: str = ""
    bad: int = 0
    """Classes in which something is doubled or missing, and calls answered with 429."""

    def saying(self, more: str) -> "Found":
        """The same with a word added."""
        return replace(self, said=self.said + more)

    def __str__(self) -> str:
        return f"{self.calls:,} calls / {self.processor:.1f} CPU s / {self.seconds:.1f} s{self.said}"


def main() -> None:
    """Measure and print the table and the bars."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--classes", type=int, default=1000)
    words.add_argument("--window", type=float, default=10.0)
    asked = words.parse_args()
    print_bars(beside_the_peers(asked.classes, asked.window))


def beside_the_peers(classes: int, window: float) -> list[Bar]:
    """Our column, the whole table, and what ours is held to."""
    first, second = pulls(classes, make.ALL_SCOPES)
    without = pulls(classes, tuple(scope for scope in make.ALL_SCOPES if scope not in {ROSTERS, EMAILS}))[1]
    ours = {"pull": first, "second pull, nothing changed": second.saying(f"; {without.calls:,} calls without rosters"),
            "post": post(classes),
            "1 % each of 503 before, 503 after, answer lost": post(classes, faults=0.01),
            "default quota": post(classes, window=window, limit=USER), "killed half-way, run again": killed(classes)}
    for what, theirs in QUOTED.items():
        print(f"\n{what}: {classes:,} classes now, 1,000 on the design page")
        for peer, said in zip(PEERS, theirs, strict=True):
            print(f"    {peer:<48} {said}")
        print(f"    {'ours, measured now':<48} {ours[what]}", flush=True)
    return [at_most("second pull without rosters: calls a class", 2.1, without.calls / classes),
            *(at_most(f"{what}: doubled, lost or answered with 429", 0, found.bad)
              for what, found in ours.items() if "pull" not in what)]


def pulls(classes: int, scopes: tuple[str, ...]) -> tuple[Found, Found]:
    """Everything of her classes that she allowed for the first time, then again with nothing changed."""
    basket = Basket()
    with far_google(classes, scopes, latency=0.0, window=60.0, limit=MANY) as google:
        desk, account = connected(google, town(classes), scopes, ring=basket, user_qpm=MANY, project_qpm=MANY)
        first, second = (timed(google, lambda: pull(desk, basket, account)) for _ in range(2))
    return first, second


def post(classes: int, *, faults: float = 0.0, window: float = 60.0, limit: int = MANY) -> Found:
    """A post to each class, to its end; with the usual `limit` Google is 150 ms away."""
    with far_google(classes, make.ALL_SCOPES, latency=0.15 if limit == USER else 0.0, window=window, limit=limit) as google:
        quota = {} if limit == USER else {"user_qpm": MANY, "project_qpm": MANY}
        push = prepared(google, classes, 1, window, **quota)
        google.stumble(faults)
        accept(push.desk, push.school_id, planned(push), push.account_id)
        return judged(push, timed(google, lambda: send_all(push)))


def killed(classes: int) -> Found:
    """A worker is killed once half of it stands; another takes over when the leases are over, by a clock that is put ahead.

    Google is 150 ms away, so that much is under way when it happens.
    """
    with far_google(classes, make.ALL_SCOPES, latency=0.15, window=60.0, limit=MANY) as google:
        push = prepared(google, classes, 1, 60.0, user_qpm=MANY, project_qpm=MANY)
        accept(push.desk, push.school_id, planned(push), push.account_id)
        process = multiprocessing.get_context("spawn").Process(target=send_until_killed, args=(push.desk.settings, push.school_id))
        process.start()
        assert process.pid is not None
        while counted(push.desk, push.school_id, S.PUBLISHED) < classes / 2:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        stood = counted(push.desk, push.school_id, S.PUBLISHED)
        assert stood < classes, "It was killed too late."
        later = sit(push.desk.settings, now=lambda: utc_now() + timedelta(seconds=LEASE + 1))
        again = Push(**{**vars(push), "desk": later})
        return judged(again, timed(google, lambda: send_all(again)), f"; killed when {stood:,} stood")


def send_until_killed(settings: Settings, school_id: str) -> None:
    """A worker that does not know what awaits it."""
    desk = sit(settings)
    while is_open(desk, school_id):
        send_due(desk, school_id)


def send_all(push: Push) -> None:
    """Send what is due until all has come to its end."""
    until = time.monotonic() + PATIENCE
    while is_open(push.desk, push.school_id) and time.monotonic() < until:
        if not send_due(push.desk, push.school_id):
            time.sleep(0.1)


def timed(google: Google, do: Callable[[], None]) -> Found:
    """Do it; what it took."""
    calls, processor, began = google.seen()[0], time.process_time(), time.perf_counter()
    do()
    return Found(google.seen()[0] - calls, time.process_time() - processor, time.perf_counter() - began)


def judged(push: Push, found: Found, more: str = "") -> Found:
    """The same with what Google says of it."""
    refused, stands = push.google.seen()[1], push.google.judge(FIRST)
    lost = push.classes - stands.standing
    said = f"; {stands.doubled} doubled, {lost} lost, {refused} answered with 429{more}"
    return replace(found, said=said, bad=stands.doubled + lost + refused)


if __name__ == "__main__":
    main()
