"""Thank-yous in the API: a script can ask and take back, and cannot say yes for a teacher."""

from datetime import date

from integration.desk import Desk
from integration.partnerships.log import HandEntry, write
from integration.sandbox.world import World
from tests import make
from tests.web.api.asking import script


def test_a_thank_you_is_written_and_a_no_kept(desk: Desk, world: World) -> None:
    her = script(desk, world)
    rosa = make.teacher(desk, her.account.school_id)
    path = f"/entries/{write(desk, her.account.school_id, HandEntry(rosa.id, date(2026, 11, 10), 'Maps', 20))}/thanks"
    assert her.get(path).status_code == 404 == her.delete(path).status_code
    made = her.post(path)
    assert made.status_code == 201 and made.json is not None and her.post(path).json == made.json
    assert her.get(path).json == {"words": "Thank you, Rosa Gomez, for “Maps”.", "state": "open", "answered_at": None}
    assert her.delete(path).status_code == 204 and her.get(path).json["state"] == "declined"  # type: ignore[index]
    assert her.ask("PATCH", path, {"state": "agreed"}).status_code == 405
    assert her.post("/entries/none/thanks").status_code == 404
