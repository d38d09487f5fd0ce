"""A pretend Google in a process of its own: far away, with its own quota, and a share of faults when asked for.

The town in it follows from the number of classes, so that both processes know its ids without telling each other.
"""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from integration.records.clock import utc_now
from integration.sandbox.app import open_sandbox
from integration.sandbox.quota import Window
from integration.sandbox.refusal import Refusal
from integration.sandbox.server import make_sandbox_server
from integration.sandbox.world import Person, World

USER, PROJECT = 1200, 3000
SPREAD = 0.3
"""Of the logarithm of the latency: one trip in forty takes twice the median or longer."""
FAULTS = ("error_before", "error_after")


class Counting(Window):
    """Google's windows, which also count what came and what was refused."""

    calls = refused = 0

    def spend(self, project: str, user: str) -> None:
        self.calls += 1
        try:
            super().spend(project, user)
        except Refusal:
            self.refused += 1
            raise


@dataclass
class Town:
    """A librarian and her own classes."""

    world: World
    person: Person
    course_ids: list[str]


@dataclass(frozen=True)
class Google:
    """How to reach it, and what to ask of it besides."""

    root: str
    refresh_token: str
    pipe: Connection

    def seen(self) -> tuple[int, int]:
        """How many calls came so far, and how many of them were answered with 429."""
        self.pipe.send("seen")
        calls, refused = self.pipe.recv()
        return int(calls), int(refused)

    def stumble(self, share: float) -> None:
        """From now on answer this share of the calls with 503, half of them although it was done."""
        self.pipe.send(share)
        self.pipe.recv()


def town(classes: int) -> Town:
    """The same one for the same number."""
    world = World(seed=1, now=utc_now)
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Town(world, person, [world.add_course(person, f"Grade 6 Library {number}") for number in range(classes)])


@contextmanager
def far_google(classes: int, scopes: tuple[str, ...], *, latency: float, window: float, limit: int = USER) -> Iterator[Google]:
    """Start it; gone afterwards. `latency` is the median in seconds of a trip there and back."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_be_google, args=(theirs, classes, scopes, latency, window, limit), daemon=True)
    process.start()
    port, refresh_token = ours.recv()
    yield Google(f"http://127.0.0.1:{port}", refresh_token, ours)
    process.terminate()
    process.join()


def _be_google(pipe: Connection, classes: int, scopes: tuple[str, ...], latency: float, window: float, limit: int) -> None:
    place, quota = town(classes), Counting(user=limit, project=max(PROJECT, limit), seconds=window)
    tokens = place.world.grant(place.person, scopes)
    sandbox, random = open_sandbox(place.world, quota=quota), Random(1)

    def far(environ: Any, start: Any) -> Any:
        if latency:
            time.sleep(latency * exp(random.gauss(0, SPREAD)))
        return sandbox(environ, start)
    server = make_sandbox_server(far)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send((server.server_port, tokens.refresh_token))
    while (asked := pipe.recv()) is not None:
        if asked != "seen":
            sandbox.trouble.clear()
            for kind in FAULTS if asked else ():
                sandbox.trouble.order(kind, on="courses.*", times=0, share=asked / len(FAULTS))
        pipe.send((quota.calls, quota.refused))
