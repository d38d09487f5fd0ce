"""The embedded stack: SQLite, a Redis of its own, web, worker and clock on one machine, without anything to set up."""

import base64
import os
import secrets
import shutil
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from config.settings import Settings, load_settings, other_environment
from web.commands.apart import run_apart
from web.commands.redis_server import SETTING, Queue, choose_queue
from web.commands.stack import Stack

HERE = "127.0.0.1"


@contextmanager
def folder_for(data: Path | None) -> Iterator[Path]:
    """The folder that keeps the data: `data`, or one that is thrown away afterwards."""
    if data is not None:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield data.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="throughline-") as thrown_away:
        yield Path(thrown_away)


@contextmanager
def run_folder() -> Iterator[Path]:
    """A private folder with a short path: a unix socket's address holds some hundred characters only."""
    root = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 — mkdtemp makes the folder private
    folder = Path(tempfile.mkdtemp(prefix="tl-", dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(data: Path, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of the stack: the settings that are given, and for the rest what needs no setting up."""
    defaults = {
        "THROUGHLINE_DATABASE_URL": f"sqlite:///{data / 'throughline.db'}",
        "THROUGHLINE_SECRET_KEYS": _kept_key(data),
        "THROUGHLINE_BASE_URL": f"http://localhost:{port}",
    }
    return {**other_environment(), **defaults, **{name: value for name, value in given.items() if value != ""}}


def prepare(environ: dict[str, str], run: Path) -> tuple[Settings, Queue]:
    """Choose the queue, check the settings and bring the database up to date."""
    queue = choose_queue(environ, run)
    environ[SETTING] = queue.url
    settings = load_settings(environ=environ)
    run_apart(lambda: _migrate(settings.database_url), "Bringing the database up to date", stack=Stack(environ), seconds=600)
    return settings, queue


def _migrate(database_url: str) -> None:
    from sqlalchemy.exc import OperationalError

    from integration.records.session import open_engine
    from integration.schema import bring_up_to_date

    engine = open_engine(database_url)
    try:
        bring_up_to_date(engine)
    except OperationalError as error:
        raise click.ClickException(f"The database did not answer: {error.orig}. Nothing was started. "
                                   "See THROUGHLINE_DATABASE_URL.") from error
    finally:
        engine.dispose()


def start_ours(stack: Stack, queue: Queue, port: int) -> None:
    """Start web, worker and clock, and wait until the web page answers."""
    stack.start_ours("web", "--host", HERE, "--port", str(port))
    if queue.url:
        # A worker that hears nothing any more leaves, to be started anew.
        stack.start_ours("worker", "--concurrency", "1", again=True)
    stack.start_ours("clock")
    stack.wait_until(lambda: answers(f"http://{HERE}:{port}/readyz"), "Starting the web page", seconds=60)


def answers(address: str) -> bool:
    """Whether somebody answers there without an error."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port(wanted: int | None, usual: int) -> int:
    """`wanted`, which must be free; or else `usual`, or else any free one. Raises ClickException."""
    if wanted is not None:
        if not _is_free(wanted):
            raise click.ClickException(f"Port {wanted} is in use by another program, so nothing was started. "
                                       "Choose another with --port.")
        return wanted
    return usual if usual and _is_free(usual) else _any_port()


def _is_free(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return door.connect_ex((HERE, port)) != 0 and _can_bind(port)


def _can_bind(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HERE, port))
        except OSError:
            return False
        return True


def _any_port() -> int:
    with socket.socket() as door:
        door.bind((HERE, 0))
        return int(door.getsockname()[1])


def _kept_key(data: Path) -> str:
    """The secret key of this folder, made at the first start and readable by its owner only."""
    file = data / "secret.key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(new_key() + "\n")
    return file.read_text().strip()


def new_key() -> str:
    """A fresh secret key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
