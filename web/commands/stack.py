"""A stack of processes of our own: started one by one, watched, and stopped together, whatever ends first."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

import click

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, see prctl(2)
SECONDS_TO_STOP = 15.0
START_ANEW = os.EX_TEMPFAIL
"""The exit status of a process that asks to be started anew; any other means that something is wrong."""


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM. Not an error, so nothing but the door of the command catches it."""


@dataclass
class Stack:
    """Processes that live and die together. Use it in `with`: leaving stops everything that was started."""

    environ: Mapping[str, str]
    log: IO[bytes] | None = None
    """Where their log lines go; our own standard error when None."""
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, Sequence[str]] = field(default_factory=dict)

    def __enter__(self) -> "Stack":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process that ends when this one does, even when this one is killed (on Linux)."""
        self.commands[name] = command
        self.running[name] = subprocess.Popen(  # noqa: S603 — our own programs, no shell
            command, env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=self.log or sys.stderr.fileno(),
            stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=die_with_parent)

    def start_ours(self, *words: str) -> None:
        """Start one of Throughline's own processes, named by its command."""
        self.start(words[0], [sys.executable, "-m", "web.commands", *words])

    def check(self) -> None:
        """Start anew what asked for it; raise a ClickException naming a process that has ended though it should not."""
        for name, process in list(self.running.items()):
            status = process.poll()
            if status == START_ANEW:
                self.start(name, self.commands[name])
            elif status is not None:
                raise click.ClickException(f"The {name} process ended by itself with status {status}, so everything "
                                           "was stopped. Its last log lines say why.")

    def wait_until(self, is_ready: Callable[[], bool], what: str, *, seconds: float, pause: float = 0.05) -> None:
        """Wait until `is_ready`; raise a ClickException when a process ends or it takes longer than `seconds`."""
        until = time.monotonic() + seconds
        while not is_ready():
            self.check()
            if time.monotonic() > until:
                raise click.ClickException(f"{what} took longer than {seconds:.0f} seconds, so everything was stopped.")
            time.sleep(pause)

    def serve(self) -> None:
        """Stay until a process ends by itself (raises ClickException) or somebody asks to stop (raises StopAsked)."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask every process to end, and kill what does not within fifteen seconds; the first started goes last, alone."""
        processes = list(self.running.values())
        _see_off(processes[1:])
        _see_off(processes[:1])
        self.running.clear()


def _see_off(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        _wait_or_kill(process, until)


def _wait_or_kill(process: subprocess.Popen[bytes], until: float) -> None:
    try:
        process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stop_on_signals() -> None:
    """Make Ctrl-C and SIGTERM raise StopAsked in the main thread, once; a second one is not needed and changes nothing."""
    def ask(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise StopAsked

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Make this process end when the one that started it does (on Linux), and Ctrl-C end it."""
    # Ignored signals survive exec, and a parent started in the background of a script ignores SIGINT.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _libc is not None:
        _libc.prctl(_DIE_WITH_PARENT, signal.SIGTERM)
