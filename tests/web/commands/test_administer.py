"""The command: exit statuses, and a backup that comes back whole."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from config.settings import Settings
from integration.accounts.models import Account
from integration.accounts.rotate import rotate
from integration.desk import Desk, open_desk
from integration.errors import AlreadyDone, Invalid
from integration.later import silence
from integration.records.clock import utc_now
from integration.records.heartbeats import beat
from integration.records.session import open_engine
from integration.sandbox.world import World
from integration.schema import bring_up_to_date
from tests import make
from tests.conftest import SETTINGS
from web.commands import backups

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
OTHER_KEY = base64.urlsafe_b64encode(b"n" * 32).decode()


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    return subprocess.run([sys.executable, "-m", "web.commands", *words], cwd=ROOT, capture_output=True, text=True,
                          env={**kept, "PYTHONPATH": str(ROOT), **environ})


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    bring_up_to_date(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(tmp_path: Path, world: World) -> Iterator[tuple[Engine, Desk]]:
    engine = open_engine(f"sqlite:///{tmp_path / 'filled.db'}")
    bring_up_to_date(engine)
    settings = Settings(database_url=str(engine.url), **SETTINGS)  # type: ignore[arg-type]
    desk = open_desk(settings, ring=silence, engine=engine)
    make.course(desk, make.account(desk, world, world.add_person("maya@juniper.example", "Maya")))
    yield engine, desk
    engine.dispose()


def test_an_unknown_setting_is_an_error_with_a_sentence() -> None:
    done = run("migrate", THROUGHLINE_DATABSE_URL="x")
    assert done.returncode == 1
    assert "Unknown setting THROUGHLINE_DATABSE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_settings_are_named_each_in_a_sentence_that_says_where_to_read_on() -> None:
    done = run("migrate")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{name} is not set, and nothing was started. Set it in the environment; config/example.env explains it."
        for name in ("THROUGHLINE_DATABASE_URL", "THROUGHLINE_SECRET_KEYS")]


def test_wrong_usage_ends_with_two() -> None:
    assert run("backup").returncode == 2


def test_a_new_key_can_be_used_at_once(tmp_path: Path) -> None:
    key = run("keys", "new").stdout.strip()
    done = run("migrate", THROUGHLINE_SECRET_KEYS=key, THROUGHLINE_DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}")
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")


def test_a_token_for_nobody_is_a_sentence(tmp_path: Path) -> None:
    where = {"THROUGHLINE_SECRET_KEYS": OTHER_KEY, "THROUGHLINE_DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}"}
    run("migrate", **where)
    done = run("token", "create", "--account", "nobody@juniper.example", **where)
    assert done.returncode == 1
    assert "nobody@juniper.example" in done.stderr


def test_a_backup_comes_back_whole(tmp_path: Path, filled: tuple[Engine, Desk], fresh: Engine) -> None:
    engine, _desk = filled
    count = backups.write(engine, tmp_path / "backup", NOW)
    assert backups.read(fresh, tmp_path / "backup", NOW).rows == count
    with engine.connect() as before, fresh.connect() as after:
        rows = [list(connection.execute(select(Account.__table__)).mappings()) for connection in (before, after)]
    assert rows[0] == rows[1]


def test_a_backup_does_not_overwrite_a_file(tmp_path: Path, fresh: Engine) -> None:
    (tmp_path / "backup").write_text("precious")
    with pytest.raises(AlreadyDone):
        backups.write(fresh, tmp_path / "backup", NOW)
    assert (tmp_path / "backup").read_text() == "precious"


def test_a_backup_cut_short_changes_nothing(tmp_path: Path, filled: tuple[Engine, Desk], fresh: Engine) -> None:
    engine, _desk = filled
    whole = tmp_path / "backup"
    backups.write(engine, whole, NOW)
    whole.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(Invalid):
        backups.read(fresh, whole, NOW)
    with fresh.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Account)) == 0


def test_rotating_seals_with_the_newest_key_and_then_has_nothing_to_do(filled: tuple[Engine, Desk]) -> None:
    engine, desk = filled
    both = {**SETTINGS, "secret_keys": f"{OTHER_KEY},{SETTINGS['secret_keys']}"}
    settings = Settings(database_url=desk.settings.database_url, **both)  # type: ignore[arg-type]
    newer = open_desk(settings, ring=silence, engine=engine)
    assert rotate(newer) == 1
    assert rotate(newer) == 0


def test_the_doctor_says_which_workers_live(filled: tuple[Engine, Desk]) -> None:
    engine, desk = filled
    with desk.transaction() as session:
        beat(session, "one", utc_now(), has_worked=True)
        beat(session, "two", utc_now(), has_worked=False)
    done = run("doctor", **{f"THROUGHLINE_{name.upper()}": value for name, value in SETTINGS.items()},
               THROUGHLINE_DATABASE_URL=str(engine.url), THROUGHLINE_REDIS_URL="redis://127.0.0.1:1/0")
    assert "2 seen within a minute; the last job was in hand at" in done.stdout + done.stderr
