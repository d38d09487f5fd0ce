"""Co-plans in the API."""

from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.web.api.asking import fields, script


def test_a_co_plan_is_written_changed_and_taken_away(desk: Desk, world: World) -> None:
    her = script(desk, world)
    rosa, ben = (make.teacher(desk, her.account.school_id, name=name) for name in ("Rosa Gomez", "Ben Adeyemi"))
    first, second = (f"/partnerships/{her.post('/partnerships', {'teacher_id': one.id}).json['id']}/co-plans"  # type: ignore[index]
                     for one in (rosa, ben))
    made = her.post(first, {"planned_on": "2026-11-20", "unit": "Webb", "goals": "Tell a source from an opinion"})
    assert made.status_code == 201 and made.json is not None and her.get(first).json == {"items": [made.json], "next": None}
    assert her.get(second).json == {"items": [], "next": None}
    path = f"{first}/{made.json['id']}"
    changed = her.patch(path, {"roles": "We both teach", "planned_on": None}).json
    assert changed == {**made.json, "roles": "We both teach"} == her.get(path).json
    assert her.get(f"{second}/{made.json['id']}").status_code == 404 == her.delete(f"{second}/{made.json['id']}").status_code
    assert her.delete(path).status_code == 204 and her.get(path).status_code == 404


def test_what_is_wrong_has_a_sentence(desk: Desk, world: World) -> None:
    her = script(desk, world)
    partner = her.post("/partnerships", {"teacher_id": make.teacher(desk, her.account.school_id).id}).json
    assert partner is not None
    wrong = her.post(f"/partnerships/{partner['id']}/co-plans", {"planned_on": "2027-11-20", "unit": ""})
    assert set(fields(wrong)) == {"planned_on", "unit", "goals"}
