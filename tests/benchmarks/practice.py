"""How many answers a second the practice page takes, and how long each lasts beside `/healthz`, with a whole class at once.

    python -m tests.benchmarks.practice [--students 35] [--seconds 10] [--processes 2]

The web processes run apart with gunicorn and a real Postgres, as in earnest; each student reads a question, tries it wrong,
then right. The students share the machine with what they measure, so the ratio to `/healthz` says more than the seconds.
"""

import argparse
import http.client
import re
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from tests.journeys.apart import Apart, apart
from web.commands import embedded

BOOK = {"type": "book", "title": "Coral reefs", "author": [{"family": "Cole", "given": "Joanna"}], "publisher": "Scholastic",
        "issued": {"date-parts": [[2013]]}}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
WRONG, RIGHT = "Joanna Cole. Coral Reefs. 2013.", "Cole, Joanna. Coral Reefs. Scholastic, 2013."
Request = tuple[str, str, str | None]


def main() -> None:
    """Measure both pages and print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--students", type=int, default=35)
    words.add_argument("--seconds", type=float, default=10.0)
    words.add_argument("--processes", type=int, default=2)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder, apart(Path(folder)) as at:
        link, port = practice_link(at), embedded.free_port(None, 0)
        at.stack.start_ours("web", "--host", embedded.HERE, "--port", str(port), "--processes", str(asked.processes))
        at.stack.wait_until(lambda: embedded.answers(f"http://{embedded.HERE}:{port}/readyz"), "The web page", seconds=60)
        path = f"{urlsplit(link).path}/write-0"
        pages: dict[str, list[Request]] = {
            "/healthz": [("GET", "/healthz", None)], "a question": [("GET", path, None)],
            "a try": [("POST", path, urlencode({"answer": typed, "nonce": nonce_of(port, path)})) for typed in (WRONG, RIGHT)]}
        print(f"{asked.students} at once, {asked.seconds:g} s each, {asked.processes} web processes")
        print(f"{'page':<12} {'a second':>9} {'p50 ms':>8} {'p95 ms':>8} {'p95 ratio':>10} {'failed':>7}")
        first = 0.0
        for name, requests in pages.items():
            pressed(port, requests, 5, 1.0)
            seconds, failed, whole = pressed(port, requests, asked.students, asked.seconds)
            cuts = quantiles(seconds, n=20)
            first = first or cuts[18]
            print(f"{name:<12} {len(seconds) / whole:>9.0f} {cuts[9] * 1000:>8.1f} {cuts[18] * 1000:>8.1f} "
                  f"{cuts[18] / first:>10.2f} {failed:>7}", flush=True)


def practice_link(at: Apart) -> str:
    """A kit that stands in one of the librarian's classes, and that class's link."""
    at.synced()
    source = at.ask("POST", "/sources", {"csl": BOOK})["id"]
    kit = at.ask("POST", "/kits", {"grade": "6", "style": "mla9", "source_ids": [source]})["id"]
    plan = at.ask("POST", "/plans", {"kit_id": kit, "rule": {"grades": ["6"]}, "as": "material", "topic": "Library"})["id"]
    at.ask("POST", f"/plans/{plan}/accept", {})
    at.agree_to_all(plan)
    at.stack.wait_until(lambda: links(at) != [], "Posting", seconds=60, pause=0.2)
    return links(at)[0]


def nonce_of(port: int, path: str) -> str:
    """What the page's own form carries; without it a try is neither judged nor counted."""
    with urllib.request.urlopen(f"http://{embedded.HERE}:{port}{path}") as page:
        found = re.search(r'name="nonce" value="([^"]+)"', page.read().decode())
    assert found is not None
    return found[1]


def links(at: Apart) -> list[str]:
    """The practice links that stand in classes."""
    return sorted(set(re.findall(rf"{re.escape(at.origin)}/practice/[\w=-]+", repr(at.posts()))))


def pressed(port: int, requests: list[Request], students: int, seconds: float) -> tuple[list[float], int, float]:
    """Let them all press for so long; gives each answer's seconds, how many failed, and the seconds it all took."""
    took: list[float] = []
    failed: list[int] = []
    began = time.perf_counter()
    threads = [threading.Thread(target=press, args=(port, requests, began + seconds, took, failed)) for _ in range(students)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return took, len(failed), time.perf_counter() - began


def press(port: int, requests: list[Request], until: float, took: list[float], failed: list[int]) -> None:
    """One student, one connection, one request after the other."""
    line = http.client.HTTPConnection(embedded.HERE, port, timeout=30)
    number = 0
    while (began := time.perf_counter()) < until:
        method, path, body = requests[number % len(requests)]
        line.request(method, path, body, FORM if body else {})
        answer = line.getresponse()
        answer.read()
        took.append(time.perf_counter() - began)
        number += 1
        if answer.status != 200:
            failed.append(answer.status)
    line.close()


if __name__ == "__main__":
    main()
