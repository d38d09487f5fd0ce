from dataclasses import replace
from datetime import timedelta

import pytest

from integration.desk import Desk
from integration.records.replies import Asked, begin
from integration.sandbox.world import World
from tests.conftest import Clock
from tests.rooms.delivery.weather import Outage, with_outage
from tests.web.api.asking import Script, fields, script
from web import create_app


@pytest.fixture
def asker(desk: Desk, world: World) -> Script:
    return script(desk, world)


def titles(asker: Script) -> list[str]:
    said = asker.get("/collections").json
    assert said is not None
    return [each["title"] for each in said["items"]]


def test_the_same_key_and_body_are_done_once_and_answered_alike(asker: Script) -> None:
    first = asker.post("/collections", {"title": "Rivers", "grades": ["6"]}, key="one")
    again = asker.post("/collections", {"grades": ["6"], "title": "Rivers"}, key="one")
    assert (first.status_code, first.json, first.content_type) == (again.status_code, again.json, again.content_type)
    assert first.status_code == 201
    assert titles(asker) == ["Rivers"]


def test_the_same_key_with_another_body_is_a_conflict(asker: Script) -> None:
    asker.post("/collections", {"title": "Rivers"}, key="one")
    answer = asker.post("/collections", {"title": "Lakes"}, key="one")
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert titles(asker) == ["Rivers"]


def test_the_same_key_on_another_path_is_a_conflict(asker: Script) -> None:
    asker.post("/syncs", {}, key="one")
    assert asker.post("/collections", {}, key="one").status_code == 409


def test_a_refusal_is_answered_alike_too(asker: Script) -> None:
    first, again = (asker.post("/collections", {"title": 5}, key="one") for _ in range(2))
    assert (first.status_code, first.data, first.content_type) == (again.status_code, again.data, again.content_type)
    assert first.status_code == 422


def test_without_a_key_the_same_body_is_done_twice(asker: Script) -> None:
    asker.post("/collections", {"title": "Rivers"})
    asker.post("/collections", {"title": "Rivers"})
    assert titles(asker) == ["Rivers", "Rivers"]


def test_two_librarians_may_use_the_same_key(desk: Desk, world: World, asker: Script) -> None:
    other = script(desk, world, "other@elsewhere.test")
    assert asker.post("/collections", {"title": "Rivers"}, key="one").status_code == 201
    assert other.post("/collections", {"title": "Lakes"}, key="one").status_code == 201


def test_a_key_is_forgotten_after_a_week(asker: Script, clock: Clock) -> None:
    asker.post("/collections", {"title": "Rivers"}, key="one")
    clock.forward(days=8)
    assert asker.post("/collections", {"title": "Lakes"}, key="one").status_code == 201


@pytest.mark.parametrize("key", ("a" * 201, "schön"))
def test_a_key_that_cannot_be_kept_is_refused(asker: Script, key: str) -> None:
    answer = asker.post("/collections", {"title": "Rivers"}, key=key)
    assert answer.status_code == 422
    assert list(fields(answer)) == ["Idempotency-Key"]


def test_a_key_whose_process_died_may_be_used_again(desk: Desk, asker: Script) -> None:
    asked = Asked(asker.account.school_id, asker.account.id, "one", "hash")
    now = desk.now()
    with desk.transaction() as session:
        first = begin(session, asked, now=now)
        waiting = begin(session, asked, now=now + timedelta(minutes=1))
        later = begin(session, asked, now=now + timedelta(minutes=6))
    assert (first.is_new, waiting.is_new, waiting.status, later.is_new) == (True, False, None, True)


@pytest.mark.parametrize("commits", range(8))
def test_a_database_that_goes_away_in_the_midst_of_it_is_never_an_error_of_ours(desk: Desk, asker: Script, commits: int) -> None:
    broken = replace(asker, client=create_app(with_outage(desk, Outage(commits, is_answer_lost=False))).test_client())
    answer = broken.post("/collections", {"title": "Rivers"}, key="one")
    assert answer.status_code in {201, 503}, answer.text
    assert answer.status_code == 503 or titles(asker) == ["Rivers"]
