"""The Postgres of the run: a server that can be cut off, and a standby that lags behind and takes its place.

Our processes know one address only, a folder whose socket leads to whichever server is the first one just then, as a virtual
address does; nothing is restarted when that changes.
"""

import shutil
import subprocess

from tests.killing.server import SOCKET, Server, new_folder

WRITTEN = "select (select count(*) from delivery_steps) + (select count(*) from delivery_attempts) + (select count(*) from plans)"
"""Rows that are only ever added, of all that happens in the run."""


class Postgres:
    """The first server, and its standby when there is one. Use it in `with`."""

    def __init__(self) -> None:
        self.folder = new_folder()
        self.folder.chmod(0o755)
        self.first = Server()
        self.standby: Server | None = None
        self._copying: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address for SQLAlchemy."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def __enter__(self) -> "Postgres":
        self.first.prepare()
        self._lead_to_the_first()
        self.start()
        self.first.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.drop_standby()
        self.first.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the first server; `wait` says when it is there."""
        self.first.start()

    def wait(self) -> None:
        """Wait until it answers."""
        self.first.wait()

    def cut(self) -> None:
        """End it at once, in mid-word."""
        self.first.cut()

    @property
    def is_copying(self) -> bool:
        """Whether a standby is being made just now."""
        return self._copying is not None

    def tend_standby(self) -> bool:
        """Whether there is a standby that follows; one is made when there is none."""
        if self.standby is None:
            self.standby = Server()
            self._copying = self.standby.begin_copy(self.first)
        if self._copying is not None:
            status = self._copying.poll()
            if status == 0:
                self._copying = None
                self.standby.start()
            elif status is not None:
                # The first server was cut off meanwhile.
                self.drop_standby()
            return False
        return self._follows(self.standby)

    def fall_behind(self) -> None:
        """From now on the standby hears of nothing more."""
        assert self.standby is not None
        self.standby.ask("alter system set primary_conninfo = ''", "select pg_reload_conf()")

    def promote(self) -> int | None:
        """Cut the first server off for good and put the standby in its place; how many rows are forgotten. None: not just now."""
        assert self.standby is not None
        known, remembered = self.first.ask(WRITTEN), self.standby.ask(WRITTEN)
        if known is None or remembered is None:
            return None
        former, self.first, self.standby = self.first, self.standby, None
        former.cut()
        self.first.promote()
        self._lead_to_the_first()
        former.remove()
        return int(known[0]) - int(remembered[0])

    def drop_standby(self) -> None:
        """End the standby, whether it is finished or not."""
        if self._copying is not None:
            self._copying.kill()
            self._copying.wait()
            self._copying = None
        if self.standby is not None:
            self.standby.remove()
            self.standby = None

    def _follows(self, standby: Server) -> bool:
        found = standby.ask("select count(*) from pg_stat_wal_receiver where status = 'streaming'")
        return found is not None and found[0] == "1"

    def _lead_to_the_first(self) -> None:
        """Let the one address lead to it, from one moment to the next."""
        fresh = self.folder / "fresh"
        fresh.symlink_to(self.first.socket)
        fresh.replace(self.folder / SOCKET)
