"""`throughline cite check` as a script calls it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from web.commands.cite import cite

SOURCE = {"id": "b", "type": "book", "title": "Beloved", "author": [{"family": "Morrison", "given": "Toni"}],
          "publisher": "Knopf", "issued": {"date-parts": [[1987]]}}
RIGHT, WRONG = "Morrison, Toni. <i>Beloved</i>. Knopf, 1987.", "Toni Morrison. <i>Beloved</i>. Knopf, 1987."


@pytest.fixture
def sources(tmp_path: Path) -> str:
    file = tmp_path / "sources.json"
    file.write_text(json.dumps([SOURCE]))
    return str(file)


def answered(*args: str, entry: str = "") -> Any:
    done = CliRunner().invoke(cite, ["check", *args], input=entry)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_one_entry_is_checked(sources: str) -> None:
    [fault] = answered("--style", "mla9", "--sources", sources, "--source", "b", entry=WRONG)["faults"]
    assert (fault["code"], WRONG[fault["start"]:fault["end"]]) == ("author_not_inverted", "Toni Morrison")
    assert answered("--style", "mla9", "--sources", sources, "--source", "b", entry=RIGHT) == {"faults": []}


def test_a_list_is_checked(sources: str) -> None:
    done = answered("--style", "mla9", "--sources", sources, "--list", entry=f"{RIGHT}\n")
    assert done == {"faults": [], "entries": [{"line": 1, "source": "b", "faults": []}]}


def test_a_batch_is_checked(sources: str, tmp_path: Path) -> None:
    batch = tmp_path / "batch.json"
    batch.write_text(json.dumps([{"id": "x", "style": "mla9", "source": "b", "markup": "html", "entry": RIGHT},
                                 {"id": 7, "style": "mla9", "source": "b", "markup": "plain", "entry": "https://a.example/b"}]))
    done = answered("--sources", sources, "--batch", str(batch))
    assert [(each["id"], [fault["code"] for fault in each["faults"]]) for each in done] == [("x", []), (7, ["url_only"])]


@pytest.mark.parametrize("args", [(), ("--style", "mla9")])
def test_what_is_left_out_is_wrong_usage(sources: str, args: tuple[str, ...]) -> None:
    assert CliRunner().invoke(cite, ["check", "--sources", sources, *args]).exit_code == 2
