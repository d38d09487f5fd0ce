"""The rules of the house, as tests."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import integration
from config.settings import PREFIX, Settings, load_settings
from integration.desk import Desk
from integration.later import Job
from tests.run import BIN
from web import create_app, gate
from workers.jobs import DOERS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"records", "google", "sandbox", "outside", "accounts", "courses", "citations", "letters", "streams", "curation",
         "consent", "partnerships", "learning", "workshops", "delivery", "reach", "reports", "week"}


def test_data_flows_one_way_between_the_rooms() -> None:
    done = subprocess.run([str(BIN / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_job_has_somebody_who_does_it() -> None:
    assert set(DOERS) == set(Job)


def test_every_job_has_a_task_of_the_same_name() -> None:
    code = ("from integration.later import Job\nfrom workers.tasks import app\n"
            "assert {job.value for job in Job} <= set(app.tasks), sorted(app.tasks)\n")
    environ = {"THROUGHLINE_DATABASE_URL": "sqlite://", "THROUGHLINE_SECRET_KEYS": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
               "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_route_says_who_may_use_it(desk: Desk) -> None:
    app = create_app(desk)
    assert [rule.endpoint for rule in app.url_map.iter_rules() if gate.declared(app, rule.endpoint) is None] == []


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained_in_the_example(name: str) -> None:
    lines = (ROOT / "config" / "example.env").read_text().splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith(f"{PREFIX}{name.upper()}=")), None)
    assert at is not None, f"{PREFIX}{name.upper()} is missing"
    assert re.match(r"# .{20,}", lines[at - 1])


def test_the_example_can_be_used_once_it_has_a_key() -> None:
    key = {"THROUGHLINE_SECRET_KEYS": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="}
    assert load_settings(str(ROOT / "config" / "example.env"), key).database_url.startswith("sqlite")


def test_every_room_is_in_the_floor_plan() -> None:
    there = {folder.name for folder in (ROOT / "integration").iterdir() if (folder / "__init__.py").exists()}
    assert there == {room for room in there if re.search(rf"^ *{room}/ ", integration.__doc__ or "", re.MULTILINE)} == ROOMS


def test_only_the_settings_read_the_environment() -> None:
    assert [str(path) for path in _modules() if _reads_environment(path)] == []


def test_only_nature_lets_time_pass_and_draws_lots() -> None:
    """Else a simulation could not be repeated to the byte."""
    said = re.compile(r"time\.(sleep|monotonic|perf_counter|time)\(|datetime\.now|utcnow|uuid[147]?\(|\brandom\.\w+\("
                      "|token_hex|randbelow")
    rooms = ("accounts", "courses", "streams", "curation", "consent", "partnerships", "delivery", "reach", "reports", "google",
             "letters", "learning", "workshops", "week")
    found = [str(path) for path in _modules() if any(f"integration/{room}/" in path.as_posix() for room in rooms)
             and said.search(path.read_text())]
    assert found == []


def test_only_the_outermost_doors_catch_everything() -> None:
    assert [str(path) for path in _modules() if re.search(r"except( Exception| BaseException)?:", path.read_text())] == []


def test_no_test_patches_anything() -> None:
    word = "mo" + "ck"
    tests = (ROOT / "tests").rglob("*.py")
    assert [str(path) for path in tests if re.search(rf"import {word}|unittest.{word}", path.read_text())] == []


def test_no_registry_is_written_down() -> None:
    assert [name for name in ("requirements.lock", "tests/requirements.lock") if "://" in (ROOT / name).read_text()] == []


def _modules() -> list[Path]:
    found = [path for top in ("integration", "web", "workers") for path in (ROOT / top).rglob("*.py")]
    assert found
    return found


def _reads_environment(path: Path) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and isinstance(node.value, ast.Name)
               and node.value.id == "os" for node in ast.walk(ast.parse(path.read_text())))
