"""Log lines carry numbers and known words; never a token, a name or an address."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config.logging import set_up_logging


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_name_that_is_logged_by_mistake_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    careless = {"teacher": "Rosa Gomez", "email": "rosa@juniper.example", "token": "ya29.secret"}
    structlog.get_logger("x").info("a sync ended", classes=60, **careless)
    line = json.loads(capsys.readouterr().err)
    assert line["classes"] == 60
    assert careless.keys().isdisjoint(line)


def test_lines_of_other_libraries_become_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    logging.getLogger("some.library").info("started")
    assert json.loads(capsys.readouterr().err)["event"] == "started"
