"""What was planned together, on the partnership's page."""

from integration.partnerships.co_plans import co_plans
from integration.partnerships.log import begin
from tests import make
from tests.web.pages.conftest import Browser

SAID = {"unit": "Webb <b>telescope", "goals": "Tell a source from an opinion", "roles": "We both", "materials": "Three articles",
        "assessment": "Exit ticket", "planned_on": "2026-11-20"}


def test_it_is_written_shown_changed_and_taken_away(empty: Browser) -> None:
    school_id = empty.account.school_id
    partner = begin(empty.desk, school_id, make.teacher(empty.desk, school_id).id)
    here = f"/partnerships/{partner}"
    assert empty.get(f"{here}/co-plans/new").status_code == 200
    assert empty.send(f"{here}/co-plans", SAID).status_code == 303
    shown = empty.get(here).text
    assert "Webb &lt;b&gt;telescope" in shown and all(SAID[name] in shown for name in ("goals", "roles", "materials", "assessment"))
    [card] = co_plans(empty.desk, school_id, partner)
    assert "Exit ticket" in empty.get(f"{here}/co-plans/{card.id}").text
    assert empty.send(f"{here}/co-plans/{card.id}", {**SAID, "unit": "Webb"}).status_code == 303
    assert [each.unit for each in co_plans(empty.desk, school_id, partner)] == ["Webb"]
    assert empty.send(f"{here}/co-plans/{card.id}/remove").status_code == 303
    assert co_plans(empty.desk, school_id, partner) == []
    assert empty.get(f"{here}/co-plans/{card.id}").status_code == 404


def test_what_she_typed_comes_back_with_its_mistake(empty: Browser) -> None:
    partner = begin(empty.desk, empty.account.school_id, make.teacher(empty.desk, empty.account.school_id).id)
    answer = empty.send(f"/partnerships/{partner}/co-plans", {**SAID, "unit": "", "planned_on": "2027-11-20"})
    assert answer.status_code == 422 and "Three articles" in answer.text
    assert 'id="unit-mistake"' in answer.text and 'id="planned_on-mistake"' in answer.text
