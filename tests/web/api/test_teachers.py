"""What teachers allow, through the API: as the contract has it."""

import pytest

from integration.courses.models import Course
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.web.api.asking import Script, fields, script


@pytest.fixture
def her(desk: Desk, world: World) -> Script:
    return script(desk, world)


@pytest.fixture
def science(desk: Desk, her: Script) -> Course:
    return make.course(desk, her.account, teachers=(make.teacher(desk, her.account.school_id),))


def test_who_said_nothing_is_asked(her: Script, science: Course) -> None:
    answer = her.get(f"/teachers/{teacher_of(her, science)}/choice").json
    assert answer is not None
    assert {name: answer[name] for name in ("choice", "topics", "max_per_week", "blackout", "chosen_by")} == {
        "choice": "ask", "topics": [], "max_per_week": None, "blackout": [], "chosen_by": ""}


def test_what_was_put_is_got_again_and_can_be_put_twice(her: Script, science: Course) -> None:
    said = {"choice": "always", "topics": ["Library"], "max_per_week": 1, "blackout": ["2026-W50", "2027-04-12"]}
    path = f"/teachers/{teacher_of(her, science)}/choice"
    assert her.ask("PUT", path, said).status_code == 200
    assert her.ask("PUT", path, said).status_code == 200
    got = her.get(path).json
    assert got is not None
    assert {name: got[name] for name in said} == said
    assert got["chosen_by"] == f"account:{her.account.id}"


def test_one_class_can_have_a_choice_of_its_own(her: Script, science: Course) -> None:
    path = f"/teachers/{teacher_of(her, science)}/choice"
    assert her.ask("PUT", f"{path}?class={science.id}", {"choice": "never"}).status_code == 200
    assert (her.get(path).json or {})["choice"] == "ask"
    assert (her.get(f"{path}?class={science.id}").json or {})["choice"] == "never"
    assert her.ask("PUT", f"{path}?class=nonsense", {"choice": "never"}).status_code == 404


@pytest.mark.parametrize(("said", "field"), [
    ({"choice": "sometimes"}, "choice"), ({}, "choice"), ({"choice": "ask", "max_per_week": 0}, "max_per_week"),
    ({"choice": "ask", "blackout": ["spring"]}, "blackout"), ({"choice": "ask", "topics": ["x" * 101]}, "topics"),
    ({"choice": "ask", "topics": ["a\u202eb"]}, "topics")])
def test_a_wrong_field_is_named_and_nothing_is_kept(her: Script, science: Course, said: dict[str, object], field: str) -> None:
    path = f"/teachers/{teacher_of(her, science)}/choice"
    answer = her.ask("PUT", path, said)
    assert answer.status_code == 422
    assert set(fields(answer)) == {field}
    assert (her.get(path).json or {})["chosen_by"] == ""


def test_a_teacher_of_another_school_is_not_there(her: Script, desk: Desk) -> None:
    elsewhere = make.teacher(desk, make.school(desk))
    assert her.get(f"/teachers/{elsewhere.id}/choice").status_code == 404
    assert her.ask("PUT", f"/teachers/{elsewhere.id}/choice", {"choice": "always"}).status_code == 404


def teacher_of(her: Script, science: Course) -> str:
    listed = her.get("/teachers").json
    assert listed is not None
    return str(listed["items"][0]["id"])
