"""Work done in a process that ends with it, so that what it had to load is not kept while the stack serves."""

import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

import click

from integration.errors import ThroughlineError
from web.commands.stack import Stack, die_with_parent

T = TypeVar("T")


def run_apart(work: Callable[[], T], what: str, *, stack: Stack, seconds: float) -> T:
    """Do `work` in a fork and answer its result, watching `stack` meanwhile. Raises ClickException with what went wrong."""
    sys.stdout.flush()
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_work, args=(work, there), daemon=True)
    process.start()
    there.close()
    try:
        stack.wait_until(here.poll, what, seconds=seconds)
        result: T = _result(here, what)
        return result
    finally:
        process.terminate()
        process.join()


def _work(work: Callable[[], Any], there: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    # Ctrl-C reaches the whole group; the process that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer: tuple[bool, Any]
    try:
        answer = (True, work())
    except ThroughlineError as error:
        answer = (False, str(error))
    except click.ClickException as error:
        answer = (False, error.message)
    sys.stdout.flush()
    there.send(answer)


def _result(here: Connection, what: str) -> Any:
    try:
        is_done, answer = here.recv()
    except EOFError:
        raise click.ClickException(f"{what} ended half-way, so everything was stopped. The lines above say why.") from None
    if not is_done:
        raise click.ClickException(answer)
    return answer
