"""A pretend Google in a process of its own: far away, with its own quota, and a share of faults when asked for.

The town in it follows from the number of classes, so that both processes know its ids without telling each other. What became of
the posts is judged there too, from Google's side.
"""

import errno
import multiprocessing
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from integration.records.clock import utc_now
from integration.sandbox.app import Sandbox, open_sandbox
from integration.sandbox.quota import Window
from integration.sandbox.refusal import Refusal
from integration.sandbox.server import make_sandbox_server
from integration.sandbox.trouble import Kind
from integration.sandbox.world import Person, World

USER, PROJECT = 1200, 3000
SPREAD = 0.3
"""Of the logarithm of the latency: one trip in forty takes twice the median or longer."""
OF_CLASSROOM = ("/v1/", "/batch")
BY_CALL = (Kind.ERROR_BEFORE, Kind.ERROR_AFTER)
"""The faults that meet single calls; an answer that is lost on its way is that of a whole trip, be it a call or a batch."""


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
    """Librarians, each with her own classes."""

    world: World
    people: list[Person]
    classes: list[list[str]]
    """Google's ids of the classes of each."""

    @property
    def person(self) -> Person:
        """The first of them."""
        return self.people[0]

    @property
    def course_ids(self) -> list[str]:
        """The classes of the first."""
        return self.classes[0]


@dataclass(frozen=True)
class Judged:
    """What stands in the classes. `doubled`: those whose students ever saw more than one post of ours."""

    standing: int
    """Classes in which exactly one post with the wording asked for stands before the students."""
    empty: int
    """Classes in which nothing stands before them."""
    doubled: int
    drafts: int
    """Posts that students never see, left for the janitor."""


@dataclass(frozen=True)
class Google:
    """How to reach it, and what to ask of it besides."""

    root: str
    refresh_tokens: list[str]
    pipe: Connection

    def seen(self) -> tuple[int, int]:
        """How many calls came so far, and how many of them were answered with 429."""
        calls, refused = self._ask("seen")
        return int(calls), int(refused)

    def stumble(self, share: float) -> None:
        """From now on, each with this share: 503 although nothing was done, 503 although it was, an answer lost on its way."""
        self._ask("stumble", share)

    def judge(self, wording: str) -> Judged:
        """What stands in the classes now."""
        judged = self._ask("judge", wording)
        assert isinstance(judged, Judged)
        return judged

    def _ask(self, *question: Any) -> Any:
        self.pipe.send(question)
        return self.pipe.recv()


def town(classes: int, *others: int) -> Town:
    """A librarian with so many classes, and others with so many each. The same one for the same numbers."""
    world = World(seed=1, now=utc_now)
    people = [world.add_person(f"lena{number}@juniper.example", "Lena Ortiz", domain="juniper.example")
              for number in range(1 + len(others))]
    return Town(world, people, [[world.add_course(person, f"Grade 6 Library {number}") for number in range(count)]
                                for person, count in zip(people, (classes, *others), strict=True)])


@contextmanager
def far_google(classes: int, scopes: tuple[str, ...], *, latency: float, window: float, limit: int = USER,
               others: tuple[int, ...] = ()) -> Iterator[Google]:
    """Start it, with the town of `classes` and `others`; gone afterwards. `latency` is the median in seconds of a trip and back."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_be_google, args=(theirs, (classes, *others), scopes, latency, window, limit), daemon=True)
    process.start()
    port, refresh_tokens = ours.recv()
    yield Google(f"http://127.0.0.1:{port}", refresh_tokens, ours)
    process.terminate()
    process.join()


def _be_google(pipe: Connection, classes: tuple[int, ...], scopes: tuple[str, ...], latency: float, window: float,
               limit: int) -> None:
    place, quota = town(*classes), Counting(user=limit, project=max(PROJECT, limit), seconds=window)
    tokens = [place.world.grant(person, scopes) for person in place.people]
    sandbox = open_sandbox(place.world, quota=quota)
    distance = Distance(sandbox, latency)
    server = make_sandbox_server(distance)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send((server.server_port, [each.refresh_token for each in tokens]))
    answers: dict[str, Callable[..., Any]] = {
        "seen": lambda: (quota.calls, quota.refused), "stumble": distance.stumble,
        "judge": lambda wording: judge(sandbox, wording)}
    while True:
        name, *given = pipe.recv()
        pipe.send(answers[name](*given))


class Distance:
    """The way to the pretend Google and back, on which a call takes its time and an answer may be lost."""

    def __init__(self, sandbox: Sandbox, latency: float) -> None:
        self._sandbox = sandbox
        self._latency = latency
        self._lost = 0.0
        self._random = Random(1)

    def __call__(self, environ: Any, start: Any) -> Any:
        if self._latency:
            time.sleep(self._latency * exp(self._random.gauss(0, SPREAD)))
        answer = self._sandbox(environ, start)
        if environ["PATH_INFO"].startswith(OF_CLASSROOM) and self._random.random() < self._lost:
            raise ConnectionResetError(errno.ECONNRESET, "The answer was lost on its way.")
        return answer

    def stumble(self, share: float) -> None:
        """See `Google.stumble`."""
        self._lost = share
        self._sandbox.trouble.clear()
        for kind in BY_CALL if share else ():
            self._sandbox.trouble.order(kind, on="courses.*", times=0, share=share)


def judge(sandbox: Sandbox, wording: str) -> Judged:
    """What stands in the classes, and by the journal whatever students ever saw."""
    shown: dict[str, set[str]] = defaultdict(set)
    for call in sandbox.journal:
        if call.name.endswith(".patch") and (call.body or {}).get("state") == "PUBLISHED" and (
                call.status == 200 or call.trouble == Kind.ERROR_AFTER):
            _, _, _, course, _, post = call.path.split("/")
            shown[course].add(post)
    found = [sandbox.world.posts(id) for id in sandbox.world.courses]
    standing = [[post for post in posts if post["state"] == "PUBLISHED"] for posts in found]
    return Judged(
        standing=sum(len(posts) == 1 and wording in posts[0]["text"] for posts in standing),
        empty=sum(not posts for posts in standing),
        doubled=sum(len(ids) > 1 for ids in shown.values()),
        drafts=sum(post["state"] == "DRAFT" for posts in found for post in posts))
