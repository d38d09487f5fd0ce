"""The weekly round in the API."""

from integration.desk import Desk
from integration.sandbox.world import World
from tests.web.api.asking import script


def test_a_round_is_run_followed_and_listed(desk: Desk, world: World) -> None:
    her = script(desk, world)
    begun = her.post("/weeks/run")
    assert begun.status_code == 202 and begun.json is not None and begun.json["state"] == "queued"
    shown, listed = her.get(begun.json["url"]).json, her.get("/weeks").json
    assert shown is not None and listed is not None
    assert listed["items"] == [{name: shown[name] for name in shown if name != "brief"}]
    assert [step["step"] for step in shown["steps"]][:2] == ["sync_courses", "sync_streams"]


def test_another_schools_round_is_not_there(desk: Desk, world: World) -> None:
    her, other = script(desk, world), script(desk, world, "other@elsewhere.test")
    begun = her.post("/weeks/run").json
    assert begun is not None and other.get(f"/weeks/{begun['id']}").status_code == 404


def test_a_pause_is_begun_listed_and_ended(desk: Desk, world: World) -> None:
    her = script(desk, world)
    begun = her.post("/pauses", {"scope": "school", "first": "2026-12-07", "last": "2026-12-11", "reason": "Testing"})
    assert begun.status_code == 201 and begun.json is not None and begun.json["is_on"] is False
    assert her.get("/pauses").json == {"items": [begun.json], "next": None}
    assert her.post(f"/pauses/{begun.json['id']}/end").status_code == 200
    assert her.get("/pauses").json == {"items": [], "next": None}


def test_a_holiday_is_added_and_removed(desk: Desk, world: World) -> None:
    her = script(desk, world)
    added = her.post("/holidays", {"name": "Fall break", "first": "2026-11-30", "last": "2026-12-04"}).json
    assert added is not None and her.get("/holidays").json == {"items": [added], "next": None}
    her.delete(f"/holidays/{added['id']}")
    assert her.get("/holidays").json == {"items": [], "next": None}


def test_a_series_is_begun_queued_and_stopped(desk: Desk, world: World) -> None:
    her = script(desk, world)
    collection = her.post("/collections", {"title": "Volcanoes"}).json
    begun = her.post("/series", {"name": "Spotlight", "rule": {"grades": ["7"]}})
    assert collection is not None and begun.status_code == 201 and begun.json is not None
    queued = her.post(f"/series/{begun.json['id']}/queue", {"collection_ids": [collection["id"]]}).json
    assert queued is not None and [item["state"] for item in queued["items"]] == ["queued"] and queued["next_at"] is not None
    stopped = her.post(f"/series/{begun.json['id']}/stop").json
    assert stopped is not None and stopped["stopped_at"] is not None
    assert her.get("/series").json == {"items": [stopped], "next": None}


def test_the_round_to_come_is_said_with_what_it_would_post(desk: Desk, world: World) -> None:
    her = script(desk, world)
    her.post("/series", {"name": "Spotlight", "rule": {"grades": ["7"]}})
    coming = her.get("/weeks/next").json
    assert coming is not None and coming["week"] == "2026-W49" and coming["due"][0]["sentence"].startswith("Its queue is empty")
