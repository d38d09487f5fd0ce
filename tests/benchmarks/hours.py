"""Whether anybody waits because somebody else queued very much: hours of the quota on a virtual clock.

    python -m tests.benchmarks.hours [--posts 50000]

A post is two calls: the draft, and publishing it. One school of three librarians queues 50,000, more than the whole project may
send in half an hour. Beside it schools queue twenty posts each, half of them post by post and half in two batches, and every few
seconds somebody posts to one class. Afterwards six schools of one to three librarians share the limit for ten minutes, all with
more to do than goes.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from integration.google.quota import Share
from tests.databases import fresh_engine
from tests.rooms.google.hours import Google, Hours, Pusher, jain, quota

CALLS_A_POST = 2
POST_BY_POST, IN_BATCHES = 2, 20
"""Calls that leave together."""
SMALL, POSTS_OF_A_SMALL = 40, 20
BEGIN_OF_THE_SMALL, APART = 120.0, 20.0
SINGLES_EVERY = 7.0
SHARED_FOR = 600.0


@dataclass(frozen=True)
class Place:
    """A Google and the hours in which it is called."""

    engine: Engine
    hours: Hours
    google: Google

    def begin(self, user: str, school: str, posts: float, *, at: float = 0.0, calls: int = POST_BY_POST,
              share: Share = Share.BATCH) -> Pusher:
        """Let one thread of a librarian send so many posts, from a moment on."""
        one = Pusher(quota(self.engine, self.hours, user, school, share=share), self.google, self.hours, calls,
                     posts * CALLS_A_POST)
        self.hours.begin(one, at=at)
        return one


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--posts", type=int, default=50_000)
    posts = words.parse_args().posts
    alone = {calls: alone_seconds(calls) for calls in (POST_BY_POST, IN_BATCHES)}
    with place() as at:
        beside_the_big(at, posts, alone)
    with place() as at:
        among_equals(at)


@contextmanager
def place() -> Iterator[Place]:
    """An empty hour."""
    with tempfile.TemporaryDirectory() as folder, fresh_engine(Path(folder)) as engine:
        hours = Hours()
        yield Place(engine, hours, Google(hours))


def alone_seconds(calls: int) -> float:
    """How long a small school's posts take when nobody else is there."""
    with place() as at:
        small = at.begin("small", "small", POSTS_OF_A_SMALL, calls=calls)
        at.hours.pass_until(600)
        return small.ended_at


def beside_the_big(at: Place, posts: int, alone: Mapping[int, float]) -> None:
    """The big school in batches of fifty, the small ones one after the other, single posts all the time."""
    end = posts * CALLS_A_POST / at.google.limits.project * 60
    big = [at.begin(f"big {number % 3}", "big", posts / 6, calls=50) for number in range(6)]
    small = {number: at.begin(f"small {number}", f"small {number}", POSTS_OF_A_SMALL, at=BEGIN_OF_THE_SMALL + APART * number,
                              calls=POST_BY_POST if number % 2 else IN_BATCHES) for number in range(SMALL)}
    moments = range(int(BEGIN_OF_THE_SMALL), int(end), int(SINGLES_EVERY))
    singles = {share: [at.begin(f"{share} {moment}", f"{share} {moment % 31}", 1, at=moment, share=share) for moment in moments]
               for share in (Share.BATCH, Share.INTERACTIVE)}
    at.hours.pass_until(end * 1.3)
    used = at.google.between("project", 60, end) / at.google.limits.project / (end / 60 - 1)
    print(f"one school queues {posts:,} posts and is done after {max(each.ended_at for each in big) / 60:.1f} minutes (the limit "
          f"allows {end / 60:.1f}); {used:.1%} of the limit used; windows above a limit: {len(at.google.windows_above())}")
    print(f"{'beside it':<60} {'how many':>8} {'median':>8} {'95 %':>8} {'longest':>8}")
    for calls, how in ((POST_BY_POST, "post by post"), (IN_BATCHES, "in two batches")):
        line(f"schools with 20 posts {how}, seconds ({alone[calls]:.1f} alone)",
             [each.ended_at - BEGIN_OF_THE_SMALL - APART * number for number, each in small.items() if each.calls == calls])
    line("single posts in bulk, seconds until they go", [each.waits[0] for each in singles[Share.BATCH]])
    line("single posts of a person who waits, the same", [each.waits[0] for each in singles[Share.INTERACTIVE]])


def line(what: str, found: Sequence[float]) -> None:
    """One line of the table."""
    print(f"{what:<60} {len(found):>8} {statistics.median(found):>8.2f} {statistics.quantiles(found, n=20)[-1]:>8.2f} "
          f"{max(found):>8.2f}", flush=True)


def among_equals(at: Place) -> None:
    """Schools of one to three librarians, some in batches and some in single calls, all with more than goes."""
    many = {(school, librarian): at.begin(f"{school}.{librarian}", f"{school}", 1e9, calls=(POST_BY_POST, 50)[school % 2])
            for school in range(6) for librarian in range(1 + school % 3)}
    at.hours.pass_until(SHARED_FOR)
    done = [[each.done for (of, _), each in many.items() if of == school] for school in range(6)]
    inside = ", ".join(f"{jain(each):.4f}" for each in done if len(each) > 1)
    between = jain([sum(each) for each in done])
    print(f"six schools that all have more to do than goes, for {SHARED_FOR / 60:.0f} minutes: Jain {between:.4f} among schools, "
          f"{inside} among the librarians of each that has several; windows above a limit: "
          f"{len(at.google.windows_above())}")


if __name__ == "__main__":
    main()
