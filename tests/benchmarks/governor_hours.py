"""The quota governor through hours on a virtual clock: batches, many callers, and a storm of 429s."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from integration.google.quota import Quota, Share
from tests.databases import fresh_engine
from tests.rooms.google.hours import DEFAULT, Google, Hours, Pusher, quota

MINUTE = 60.0
SPAN = 20 * MINUTE
STORM = (5 * MINUTE, 15 * MINUTE)
Case = Callable[[Engine, Hours, Google], str]


def print_hours() -> None:
    """One line a case, in the columns of the table above; the ratio is that of the time before any storm."""
    for name, case, limit, until in CASES:
        with tempfile.TemporaryDirectory() as folder, fresh_engine(Path(folder)) as engine:
            hours = Hours()
            google = Google(hours)
            said = case(engine, hours, google)
            steady = google.between("project", MINUTE, until) / (limit * (until / MINUTE - 1))
            fullest = google.worst("project" if limit == DEFAULT.project else "l0")
            print(f"{name:<42} {len(google.arrivals['project']):>8,} {steady:>7.3f} {fullest:>8,} "
                  f"{len(google.windows_above()):>6} {said}", flush=True)


def begin(hours: Hours, google: Google, way: Quota, calls: int = 1, threads: int = 1) -> list[Pusher]:
    """Let somebody call without end."""
    pushers = [Pusher(way, google, hours, calls) for _ in range(threads)]
    for each in pushers:
        hours.begin(each)
    return pushers


def alone_in_batches(engine: Engine, hours: Hours, google: Google) -> str:
    """Two processes of one librarian, each sending whole batches."""
    for _ in range(2):
        begin(hours, google, quota(engine, hours, "l0"), calls=50)
    hours.pass_until(SPAN)
    return ""


def six_in_single_calls(engine: Engine, hours: Hours, google: Google) -> str:
    """Six librarians of six schools, four threads each."""
    for number in range(6):
        begin(hours, google, quota(engine, hours, f"l{number}", f"s{number}"), threads=4)
    hours.pass_until(SPAN)
    return ""


def six_in_batches(engine: Engine, hours: Hours, google: Google) -> str:
    """Six librarians in batches of 50, beside them a person's single calls and a repair."""
    for number in range(6):
        begin(hours, google, quota(engine, hours, f"l{number}", f"s{number}"), calls=50)
    person, = begin(hours, google, quota(engine, hours, "p", "sp", share=Share.INTERACTIVE))
    repair, = begin(hours, google, quota(engine, hours, "r", "sr", share=Share.REPAIR))
    hours.pass_until(SPAN)
    every = len(google.arrivals["project"])
    return f"the person {person.done / every:.0%}, the repair {repair.done / every:.0%}"


def storm(engine: Engine, hours: Hours, google: Google) -> str:
    """Google answers 429 every four seconds for ten minutes; how soon 90 % are back, in steps of ten seconds."""
    way = quota(engine, hours, "l0")
    begin(hours, google, way, threads=6)
    hours.begin(lambda: refuse(hours, way), at=STORM[0])
    hours.pass_until(SPAN)
    during = google.between("l0", STORM[0] + MINUTE, STORM[1]) / 9
    back = next(after for after in range(0, 300, 10)
                if google.between("l0", STORM[1] + after, STORM[1] + after + 10) >= 0.9 * DEFAULT.user / 6)
    return f"{during / DEFAULT.user:.0%} during it, 90 % back after {back} s"


def refuse(hours: Hours, way: Quota) -> None:
    """The storm."""
    while hours.at < STORM[1]:
        way.slow_down(1)
        hours.sleep(4)


CASES = (("* one librarian, batches of 50", alone_in_batches, DEFAULT.user, SPAN),
         ("* six librarians, single calls", six_in_single_calls, DEFAULT.project, SPAN),
         ("* six librarians, batches, a person, repair", six_in_batches, DEFAULT.project, SPAN),
         ("* a ten-minute storm of 429s", storm, DEFAULT.user, STORM[0]))
