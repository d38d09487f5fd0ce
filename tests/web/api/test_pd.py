"""Sessions for the staff in the API."""

from integration.desk import Desk
from integration.sandbox.world import World
from tests.web.api.asking import Script, fields, script


def begun(her: Script) -> str:
    """A series' path."""
    made = her.post("/pd-series", {"title": "Digital Dive"})
    assert made.status_code == 201 and made.json is not None
    return f"/pd-series/{made.json['id']}"


def test_a_session_is_planned_held_and_taken_away(desk: Desk, world: World) -> None:
    her = script(desk, world)
    series = begun(her)
    made = her.post(f"{series}/sessions", {"topic": "Databases", "on": "2026-11-03", "minutes": 45, "audience": "All teachers"})
    assert made.status_code == 201 and made.json is not None and made.json["attendance"] is None
    path = f"/pd-sessions/{made.json['id']}"
    assert her.patch(path, {"attendance": 12}).json == {**made.json, "attendance": 12} == her.get(path).json
    assert her.get(f"{series}/sessions").json == {"items": [{**made.json, "attendance": 12}], "next": None}
    assert her.delete(series).status_code == 409
    assert her.delete(path).status_code == 204 == her.delete(series).status_code
    assert her.get("/pd-series").json == {"items": [], "next": None}


def test_a_series_is_renamed(desk: Desk, world: World) -> None:
    her = script(desk, world)
    series = begun(her)
    assert her.patch(series, {"about": "A webinar a month"}).json == her.get(series).json
    assert her.get(series).json["about"] == "A webinar a month" and her.get(series).json["title"] == "Digital Dive"  # type: ignore[index]


def test_what_is_wrong_has_a_sentence(desk: Desk, world: World) -> None:
    her = script(desk, world)
    wrong = her.post(f"{begun(her)}/sessions", {"topic": "", "on": "2027-11-03", "minutes": 0, "attendance": 3})
    assert set(fields(wrong)) == {"topic", "minutes", "attendance"}
    assert set(fields(her.post("/pd-series", {"title": " "}))) == {"title"}
