"""Proposals in the API."""

from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.web.api.asking import fields, script


def test_a_proposal_is_made_and_listed(desk: Desk, world: World) -> None:
    her = script(desk, world)
    rosa = make.teacher(desk, her.account.school_id)
    made = her.post("/proposals", {"teacher_id": rosa.id, "on": "2026-12-03", "minutes": 20, "activity": "Workshop",
                                   "who": "We both."})
    assert made.status_code == 201 and her.get("/proposals").json == {"items": [made.json], "next": None}
    assert made.json is not None and her.post(f"/proposals/{made.json['id']}/done").status_code == 409


def test_what_is_wrong_has_a_sentence(desk: Desk, world: World) -> None:
    her = script(desk, world)
    rosa = make.teacher(desk, her.account.school_id)
    wrong = her.post("/proposals", {"teacher_id": rosa.id, "on": "2020-01-01", "minutes": 20, "activity": "", "who": "We both."})
    assert set(fields(wrong)) == {"on", "activity"}
