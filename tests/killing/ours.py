"""Start one of Throughline's processes so that it and all its children end with the run: `python -m tests.killing.ours WORDS`.

`--ahead SECONDS` before the words gives a worker a machine's clock that is wrong by so much; the database's clock stays right.
`--quiet SECONDS` lets nothing be sent for so long after a failover, instead of the ten minutes of earnest: longer than the latest
request and the stalest list of the run together.
Two words are the run's own: `google PORT SEED LIBRARIANS CLASSES` and `janitor`.
"""

import ctypes
import faulthandler
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, see prctl(2)
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Be killed when the parent ends: a process that is stopped could not obey anything milder."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def main(words: list[str]) -> None:
    """Run one process to its end."""
    os.register_at_fork(after_in_child=die_with_parent)
    # SIGUSR1 is Celery's own.
    faulthandler.register(signal.SIGUSR2)
    ahead = 0.0
    while words[0] in {"--ahead", "--quiet"}:
        seconds = float(words[1])
        if words[0] == "--quiet":
            _be_quiet_for(timedelta(seconds=seconds))
        else:
            ahead = seconds
        words = words[2:]
    if words[0] == "google":
        _google(*map(int, words[1:]))
    elif words[0] == "janitor":
        _janitor(timedelta(seconds=ahead))
    else:
        if ahead:
            _mislead_the_worker(timedelta(seconds=ahead))
        _throughline(words)


def _be_quiet_for(quiet: timedelta) -> None:
    from integration.delivery import generations

    generations.QUIET = quiet


def _throughline(words: list[str]) -> None:
    from web.commands import main as throughline

    sys.argv = ["throughline", *words]
    throughline()


def _mislead_the_worker(ahead: timedelta) -> None:
    from celery.signals import worker_process_init

    from workers.app import Bench

    def mislead(**_: object) -> None:
        Bench.desk = replace(Bench.desk, now=lambda: datetime.now(UTC) + ahead)

    worker_process_init.connect(mislead, weak=False)


def _google(port: int, seed: int, librarians: int, classes: int) -> None:
    from integration.sandbox.app import open_sandbox
    from tests.killing.schools import some_schools
    from web.commands.serving import serve

    serve(lambda: open_sandbox(some_schools(seed, librarians, classes)), "127.0.0.1", port)


def _janitor(ahead: timedelta) -> None:
    """Let the janitor work once, at a time when every draft is old enough for it."""
    from integration.delivery.janitor import clean
    from integration.desk import open_desk
    from integration.later import silence
    from web.commands.desks import settings_here

    def then() -> datetime:
        return datetime.now(UTC) + ahead

    desk = open_desk(settings_here(), ring=silence, now=then, database_now=then)
    removed = 0
    while found := clean(desk):
        removed += found
    print(removed)


if __name__ == "__main__":
    main(sys.argv[1:])
