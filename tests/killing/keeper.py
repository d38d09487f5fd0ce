"""A process manager for the run: starts each process, starts it again when it ends, and can hurt it on demand."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.killing.ours import die_with_parent


@dataclass
class Keeper:
    """Keeps processes running by name. Use it in `with`; leaving kills all of them."""

    environ: Mapping[str, str]
    log: IO[bytes]
    commands: dict[str, Sequence[str]] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)
    ended: Counter[str] = field(default_factory=Counter)
    """How often a process ended though nobody had hurt it, by name and status."""
    _hurt: set[int] = field(default_factory=set)

    def __enter__(self) -> "Keeper":
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.running):
            self.drop(name)

    def keep(self, name: str, command: Sequence[str]) -> None:
        """Start a process and keep it running from now on."""
        self.commands[name] = command
        self._start(name)

    def keep_ours(self, name: str, *words: str) -> None:
        """Keep one of Throughline's own processes, or one of the run's."""
        self.keep(name, [sys.executable, "-m", "tests.killing.ours", *words])

    def drop(self, name: str) -> None:
        """Kill a process with all its children, for good."""
        del self.commands[name]
        process = self.running.pop(name)
        self._signal(process, signal.SIGKILL)
        process.wait()

    def tend(self) -> None:
        """Start again whatever has ended."""
        for name, process in list(self.running.items()):
            if process.poll() is None:
                continue
            if process.pid not in self._hurt:
                self.ended[f"{name} with status {process.returncode}"] += 1
            # Children that outlive their parent would work unseen.
            self._signal(process, signal.SIGKILL)
            self._start(name)

    def kill(self, name: str) -> None:
        """SIGKILL a process with all its children."""
        self._signal(self.running[name], signal.SIGKILL)

    def kill_a_child(self, name: str, chance: random.Random) -> bool:
        """SIGKILL one child of a process; False when it has none."""
        children = _children(self.running[name].pid)
        if children:
            _send(chance.choice(children), signal.SIGKILL)
        return bool(children)

    def ask_to_end(self, name: str) -> int:
        """SIGTERM, as a deploy does; answer the process's id."""
        process = self.running[name]
        self._hurt.add(process.pid)
        _send(process.pid, signal.SIGTERM)
        return process.pid

    def freeze(self, name: str) -> int:
        """SIGSTOP a process with all its children; answer the id to thaw it by."""
        process = self.running[name]
        self.frozen.add(name)
        self._signal(process, signal.SIGSTOP)
        return process.pid

    def thaw(self, name: str, pid: int) -> None:
        """SIGCONT, when it still is the same process."""
        self.frozen.discard(name)
        if self.running[name].pid == pid:
            self._signal(self.running[name], signal.SIGCONT)

    def let_say_where(self, name: str) -> None:
        """Let a process and its children write into the log where each of their threads is just now."""
        os.killpg(self.running[name].pid, signal.SIGUSR2)

    def is_still(self, name: str, pid: int) -> bool:
        """Whether this very process still runs under the name."""
        return self.running[name].pid == pid and self.running[name].poll() is None

    def _start(self, name: str) -> None:
        self.frozen.discard(name)
        self.running[name] = subprocess.Popen(
            self.commands[name], env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=die_with_parent)

    def _signal(self, process: subprocess.Popen[bytes], number: int) -> None:
        self._hurt.add(process.pid)
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return


def wait_for(is_there: Callable[[], bool], what: str, seconds: float, pause: float = 0.1) -> float:
    """Wait until something is so; answer how many seconds it took. Raises TimeoutError."""
    began = time.monotonic()
    while not is_there():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what} took longer than {seconds:.0f} seconds.")
        time.sleep(pause)
    return time.monotonic() - began


def _children(pid: int) -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit() and _parent(each) == pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
