"""The whole main journey through the API, on the demo school."""

from typing import Any

import pytest

from config.settings import Settings
from integration.desk import Desk
from integration.sandbox.schools import MAYA
from integration.sandbox.world import World
from tests.conftest import Bell
from tests.web.api.asking import Script, script
from workers.jobs import DOERS


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No quota to wait for: these are tests of the API."""
    return settings.model_copy(update={"user_qpm": 100_000, "project_qpm": 100_000})


@pytest.fixture
def world(school_world: World) -> World:
    return school_world


def said(script: Script, path: str) -> Any:
    answer = script.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json


def everything(script: Script, path: str) -> list[Any]:
    found: list[Any] = []
    page = said(script, path)
    while True:
        found += page["items"]
        if page["next"] is None:
            return found
        page = said(script, page["next"])


def work(desk: Desk, bell: Bell) -> None:
    """Do what was rung, and what that rings."""
    while bell.rung:
        job, ids = bell.rung.pop(0)
        DOERS[job](desk, **ids)


def synced(desk: Desk, world: World, bell: Bell) -> Script:
    maya = script(desk, world, MAYA)
    asked = maya.post("/syncs").json
    work(desk, bell)
    assert said(maya, asked["url"])["state"] == "done"  # type: ignore[index]
    return maya


def planned(maya: Script) -> Any:
    """A plan of a small collection for grade 6."""
    link = maya.post("/resources", {"kind": "link", "title": "River atlas", "url": "https://rivers.example/atlas"}).json
    gathered = maya.post("/collections", {"title": "Rivers", "description": "Start here.", "grades": ["6"],
                                          "resource_ids": [link["id"]]}).json  # type: ignore[index]
    answer = maya.post("/plans", {"collection_id": gathered["id"], "rule": {"grades": ["6"]},  # type: ignore[index]
                                  "as": "material", "topic": "Library"}, key="plan")
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_page_leads_to_the_next_until_there_is_none(desk: Desk, world: World, bell: Bell) -> None:
    maya = synced(desk, world, bell)
    whole = said(maya, "/classes?limit=500")["items"]
    assert len(whole) > 40
    assert [each["id"] for each in everything(maya, "/classes?limit=7")] == [each["id"] for each in whole]
    fullest = max(whole, key=lambda each: len(said(maya, f"/classes/{each['id']}/stream?limit=500")["items"]))
    path = f"/classes/{fullest['id']}/stream"
    assert everything(maya, f"{path}?limit=2") == said(maya, f"{path}?limit=500")["items"]


def test_a_correction_survives_the_next_sync(desk: Desk, world: World, bell: Bell) -> None:
    maya = synced(desk, world, bell)
    one = said(maya, "/classes?doubtful=true")["items"][0]
    changed = maya.patch(f"/classes/{one['id']}", {"grades": ["4", "5"], "excluded": True}).json
    maya.post("/syncs")
    work(desk, bell)
    assert said(maya, f"/classes/{one['id']}") == changed
    assert (changed["grades"], changed["grade_confidence"], changed["excluded"]) == (["4", "5"], "set", True)


def test_a_plan_says_what_will_happen_and_writes_nothing(desk: Desk, world: World, bell: Bell) -> None:
    maya = synced(desk, world, bell)
    plan = planned(maya)
    assert (plan["state"], set(plan["counts"])) == ("planned", {"create", "update", "wait", "skip"})
    assert sum(plan["counts"].values()) == len(plan["items"]) > 0
    assert said(maya, f"/plans/{plan['id']}") == plan
    assert said(maya, f"/deliveries?plan={plan['id']}")["items"] == []


def test_what_was_accepted_stands_once_and_is_reached(desk: Desk, world: World, bell: Bell) -> None:
    maya = synced(desk, world, bell)
    plan = planned(maya)
    first, again = (maya.post(f"/plans/{plan['id']}/accept") for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    for waiting in everything(maya, f"/deliveries?plan={plan['id']}&state=waiting"):
        agreed = maya.post(f"/deliveries/{waiting['id']}/agree", {"by": "Rosa Gomez", "on": "2026-11-23"})
        assert agreed.status_code == 200, agreed.text
    work(desk, bell)
    went = plan["counts"]["create"] + plan["counts"]["wait"]
    published = everything(maya, f"/deliveries?plan={plan['id']}&state=published")
    assert len(published) == went > 0
    assert said(maya, f"/plans/{plan['id']}")["counts"]["published"] == went
    standing = {id for row in said(maya, "/reach?by=grade")["items"] for id in row["standing_ids"]}
    assert standing == {each["id"] for each in published}
    assert {each["verb"] for each in everything(maya, "/audit")} >= {"create", "publish", "agree"}
    class_id = published[0]["class_id"]
    maya.post("/syncs")
    work(desk, bell)
    assert published[0]["id"] in {each["delivery_id"] for each in everything(maya, f"/classes/{class_id}/stream")}


def test_an_entry_is_written_read_and_corrected(desk: Desk, world: World, bell: Bell) -> None:
    maya = synced(desk, world, bell)
    one = next(each for each in said(maya, "/classes?mode=co-taught")["items"] if each["teachers"])
    partner = maya.post("/partnerships", {"teacher_id": one["teachers"][0]["id"]}).json
    path = f"/partnerships/{partner['id']}/entries"  # type: ignore[index]
    made = maya.post(path, {"date": "2026-11-20", "activity": "Planned a unit together", "minutes": 45,
                            "classes": [one["id"]]})
    assert made.status_code == 201, made.text
    entry = made.json
    assert maya.patch(f"{path}/{entry['id']}", {"date": None}).status_code == 422  # type: ignore[index]
    corrected = maya.patch(f"{path}/{entry['id']}", {"minutes": 50}).json  # type: ignore[index]
    assert corrected == {**entry, "minutes": 50}  # type: ignore[dict-item]
    assert said(maya, path)["items"] == [corrected]
    assert (entry["source"], entry["classes"]) == ("hand", [one["id"]])  # type: ignore[index]
    again = maya.post(path, {**entry, "id": ""})  # type: ignore[dict-item]
    assert again.status_code == 422, "an id is not a field of an entry"
    fields = ("date", "teachers", "classes", "minutes", "activity", "level", "scheme", "codes", "evidence", "source")
    whole = maya.post(path, {**{name: entry[name] for name in fields}, "level": "B", "scheme": "tlc",  # type: ignore[index]
                             "evidence": ["https://juniper.example/rubric Rubric", "They asked better questions."]})
    assert whole.status_code == 201, whole.text
    assert whole.json["evidence"] == [{"url": "https://juniper.example/rubric", "text": "Rubric"},  # type: ignore[index]
                                      {"text": "They asked better questions."}]
    assert maya.post(path, {"date": "2026-11-20", "activity": "x", "teachers": ["another"]}).status_code == 422
