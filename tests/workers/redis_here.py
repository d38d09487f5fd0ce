"""A real Redis for a test: the machine's own, or the one in the wheel."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from web.commands.embedded import run_folder
from web.commands.redis_server import choose_queue, start_queue
from web.commands.stack import Stack


@contextmanager
def redis_here(folder: Path) -> Iterator[str]:
    """The address of a Redis that lives as long as the block; where there is none the test is skipped."""
    with run_folder() as run, Stack({}) as stack:
        chosen = choose_queue({}, run)
        if not chosen.program:
            pytest.skip("There is no redis-server on this machine, and none bundled for it.")
        with (folder / "log").open("ab") as log:
            stack.log = log
            start_queue(stack, chosen, run, folder)
            yield chosen.url
