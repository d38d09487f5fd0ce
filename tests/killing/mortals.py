"""Let one piece of work be done in a process of its own, which may die on its way."""

import multiprocessing
import signal
from collections.abc import Callable
from typing import Any

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.killing.worker", "tests.killing.sender"])


def let_work(work: Callable[..., None], *given: Any, at_birth: Callable[[int], object] = id) -> bool:
    """Whether the process lived to the end of its work; `at_birth` learns its number."""
    process = _PROCESSES.Process(target=work, args=given)
    process.start()
    assert process.pid is not None
    at_birth(process.pid)
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode == 0
