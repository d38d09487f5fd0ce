import re
from typing import Any

import pytest

from integration.accounts.sessions import open_session
from integration.desk import Desk
from integration.sandbox.world import World
from tests.web.api.asking import ROOT, Script, fields, script
from web import create_app

PATHS = ("/syncs/x", "/classes", "/classes/x", "/classes/x/stream", "/resources", "/resources/x", "/collections",
         "/collections/x", "/plans", "/plans/x", "/deliveries", "/deliveries/x", "/partnerships", "/partnerships/x",
         "/partnerships/x/entries", "/reach", "/audit")
MISFITS: tuple[tuple[str, Any, dict[str, str]], ...] = (
    ("/syncs", {"full": "yes"}, {"full": "This must be true or false."}),
    ("/resources", {}, {"title": "This is needed.", "kind": "This is needed."}),
    ("/collections", {"title": 5}, {"title": "This must be text."}),
    ("/collections", {"title": "a", "colour": "red"},
     {"colour": "There is no such field. Leave it out, or look at its spelling."}),
    ("/collections", {"title": "a\x00b"}, {"title": "It has a NUL character, which cannot be kept. Take it out."}),
    ("/plans", {"collection_id": "x", "rule": {"grades": [6]}}, {"rule.grades.0": "This must be text."}),
    ("/plans", {"collection_id": "x", "rule": {"grades": "6"}}, {"rule.grades": "This must be a list."}),
    ("/deliveries/x/agree", {"by": "Rosa Gomez", "on": 5}, {"on": "This must be a day, such as 2026-11-24."}),
)


@pytest.fixture
def asker(desk: Desk, world: World) -> Script:
    return script(desk, world)


@pytest.mark.parametrize("path", PATHS)
def test_nobody_without_a_token_learns_anything(desk: Desk, path: str) -> None:
    answer = create_app(desk).test_client().get(ROOT + path)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", [path for path in PATHS if "/x" in path])
def test_what_does_not_exist_is_a_404_problem(asker: Script, path: str) -> None:
    answer = asker.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(("path", "body", "said"), MISFITS)
def test_a_body_that_does_not_fit_says_so_for_each_field(asker: Script, path: str, body: Any, said: dict[str, str]) -> None:
    answer = asker.post(path, body)
    assert answer.status_code == 422
    assert fields(answer) == said


def test_a_query_that_does_not_fit_says_so(asker: Script) -> None:
    assert fields(asker.get("/reach?by=moon&from=5"))["from"] == "This must be a day, such as 2026-11-24."
    assert set(fields(asker.get("/classes?limit=0&color=red"))) == {"limit", "color"}
    assert set(fields(asker.get("/deliveries?state=lost"))) == {"state"}


@pytest.mark.parametrize(("sent", "kind", "status"), (
    (b"{", "application/json", 400), (b"[]", "application/json", 422), (b'"{}"', "application/json", 422),
    (b"title=a", "application/x-www-form-urlencoded", 415), (b"\xff", "application/json", 400)))
def test_what_is_no_json_object_is_refused(asker: Script, sent: bytes, kind: str, status: int) -> None:
    answer = asker.client.post(f"{ROOT}/collections", data=sent, content_type=kind,
                               headers={"Authorization": f"Bearer {asker.token}"})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_a_path_that_is_not_there_is_a_problem_too(asker: Script) -> None:
    assert asker.get("/moon").content_type == "application/problem+json"
    assert asker.delete("/classes").status_code == 405


def test_a_session_changes_nothing_without_the_csrf_header_and_all_with_it(desk: Desk, asker: Script) -> None:
    browser = create_app(desk).test_client()
    with browser.session_transaction() as cookie:
        cookie["session"] = open_session(desk, asker.account.id)
    assert browser.get(f"{ROOT}/collections").status_code == 200
    assert browser.post(f"{ROOT}/collections", json={"title": "Rivers"}).status_code == 400
    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.get("/account").text)[0]
    answer = browser.post(f"{ROOT}/collections", json={"title": "Rivers"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 201


def test_another_schools_class_is_not_there(desk: Desk, world: World, asker: Script) -> None:
    hers = script(desk, world, "other@elsewhere.test")
    made = hers.post("/collections", {"title": "Hers"}).json
    assert made is not None
    assert asker.get(f"/collections/{made['id']}").status_code == 404
    assert asker.patch(f"/collections/{made['id']}", {"title": "Mine"}).status_code == 404
