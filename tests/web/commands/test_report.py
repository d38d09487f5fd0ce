"""The commands `report` and `export` at a database of their own."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.settings import Settings
from integration.desk import open_desk
from integration.later import silence
from integration.partnerships.log import HandEntry, write
from integration.records.session import open_engine
from integration.sandbox.world import World
from integration.schema import bring_up_to_date
from tests import make
from tests.conftest import SETTINGS, Clock
from tests.web.commands.test_administer import run

ENVIRON = {f"THROUGHLINE_{name.upper()}": value for name, value in SETTINGS.items()}


@pytest.fixture
def environ(tmp_path: Path, world: World, clock: Clock) -> Iterator[dict[str, str]]:
    """The settings of a school with one entry in its log."""
    url = f"sqlite:///{tmp_path / 'school.db'}"
    engine = open_engine(url)
    bring_up_to_date(engine)
    desk = open_desk(Settings(database_url=url, **SETTINGS), ring=silence, engine=engine, now=clock)  # type: ignore[arg-type]
    maya = make.account(desk, world, world.add_person("maya@juniper.example", "Maya"))
    write(desk, maya.school_id, HandEntry(make.teacher(desk, maya.school_id).id, date(2026, 11, 3), "Book talk"))
    yield {**ENVIRON, "THROUGHLINE_DATABASE_URL": url}
    engine.dispose()


def test_a_report_is_printed_as_data_or_written_as_a_file(environ: dict[str, str], tmp_path: Path) -> None:
    assert json.loads(run("report", "2026-11", **environ).stdout)["log"]["entries"] == 1
    done = run("report", "2026-11", "--out", str(tmp_path / "page.pdf"), **environ)
    assert done.returncode == 0 and (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    dry = run("report", "2026", "--out", str(tmp_path / "no.xlsx"), "--dry-run", **environ)
    assert "Nothing was written" in dry.stdout and not (tmp_path / "no.xlsx").exists()


def test_what_cannot_be_made_ends_with_a_sentence(environ: dict[str, str]) -> None:
    wrong = run("report", "2026-13", **environ)
    assert wrong.returncode == 1 and "Ask for a month" in wrong.stderr
    assert run("report", "2026-11", "--form", "pdf", **environ).returncode == 1
    assert run("report", "2026-11", "--form", "docx", **environ).returncode == 2


def test_everything_is_exported_as_one_archive(environ: dict[str, str], tmp_path: Path) -> None:
    done = run("export", "--account", "maya@juniper.example", "--out", str(tmp_path / "all.zip"), **environ)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert json.loads(archive.read("entries.json"))[0]["activity"] == "Book talk"
        assert {"courses.json", "goals.json", "kits.csv", "weeks.csv", "README.txt"} <= set(archive.namelist())
