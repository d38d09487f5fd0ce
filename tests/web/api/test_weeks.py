"""The weekly round in the API."""

from integration.desk import Desk
from integration.sandbox.world import World
from tests.web.api.asking import script


def test_a_round_is_run_followed_and_listed(desk: Desk, world: World) -> None:
    her = script(desk, world)
    begun = her.post("/weeks/run")
    assert begun.status_code == 202 and begun.json is not None and begun.json["state"] == "queued"
    shown, listed = her.get(begun.json["url"]).json, her.get("/weeks").json
    assert shown is not None and listed is not None and listed["items"] == [shown]
    assert [step["step"] for step in shown["steps"]][:2] == ["sync_courses", "sync_streams"]


def test_another_schools_round_is_not_there(desk: Desk, world: World) -> None:
    her, other = script(desk, world), script(desk, world, "other@elsewhere.test")
    begun = her.post("/weeks/run").json
    assert begun is not None and other.get(f"/weeks/{begun['id']}").status_code == 404
