"""A script makes sources and kits, plans a kit by its id, and reads what is printed."""

import json
from typing import Any

import pytest

from integration.accounts.keys import seal
from integration.accounts.models import Account
from integration.desk import Desk, open_desk
from integration.google.scopes import FILES
from integration.partnerships.spreadsheet import read_sheet
from integration.sandbox.world import World
from integration.workshops.bring_map import bring_map
from integration.workshops.file_away import make_documents
from tests import make
from tests.rooms.outside.server import Page, serving
from tests.rooms.workshops.makers import BOOK, PAGE
from tests.rooms.workshops.test_look_up import ARTICLE, CSL
from tests.web.api.asking import Script, fields, script


@pytest.fixture
def asks(desk: Desk, world: World) -> Script:
    return script(desk, world)


def _kit(asks: Script, **given: Any) -> Any:
    ids = [asks.post("/sources", {"csl": each}).json["id"] for each in (BOOK, PAGE)]  # type: ignore[index]
    answer = asks.post("/kits", {"grade": "7", "style": "mla9", "source_ids": ids, **given})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_kit_says_how_its_sources_are_cited(asks: Script) -> None:
    made = _kit(asks)
    assert made["citations"][0]["html"] == "Cole, Joanna. <i>The Magic School Bus: Lost in the Solar System</i>. Scholastic, 2001."
    assert asks.get(f"/kits/{made['id']}").json == made


def test_a_kit_is_planned_by_its_id_and_its_text_has_the_model(asks: Script, desk: Desk) -> None:
    card = make.course(desk, asks.account, grades=["7"])
    made = _kit(asks, doses=["before", "during"])
    plan = asks.post("/plans", {"kit_id": made["id"], "rule": {"class_ids": [card.id]}}).json
    assert plan is not None
    assert plan["collection_id"] == made["doses"][0]["collection_id"]
    assert "Cole, Joanna. The Magic School Bus" in plan["items"][0]["text"]


def test_a_part_the_kit_does_not_have_is_said(asks: Script) -> None:
    made = _kit(asks)
    assert set(fields(asks.post("/plans", {"kit_id": made["id"], "dose": "after", "rule": {"grades": ["7"]}}))) == {"dose"}


def test_a_plan_of_neither_a_collection_nor_a_kit_is_refused(asks: Script) -> None:
    assert set(fields(asks.post("/plans", {"rule": {"grades": ["7"]}}))) == {"collection_id"}


def test_a_resource_of_the_shelf_may_stand_for_a_source(asks: Script) -> None:
    link = asks.post("/resources", {"kind": "link", "title": "Coral reefs", "url": "https://www.nasa.gov/reefs"}).json
    assert link is not None
    made = asks.post("/kits", {"grade": "5", "source_ids": [link["id"]]}).json
    assert made is not None
    assert made["citations"][0]["text"] == "“Coral Reefs.” NASA. nasa.gov/reefs."


def test_a_source_is_changed_and_put_away(asks: Script) -> None:
    id = asks.post("/sources", {"csl": BOOK}).json["id"]  # type: ignore[index]
    assert asks.patch(f"/sources/{id}", {"csl": {**BOOK, "title": "The bus"}}).json["title"] == "The bus"  # type: ignore[index]
    assert asks.delete(f"/sources/{id}").status_code == 204
    assert asks.get("/sources").json == {"items": [], "next": None}


def test_a_kit_put_away_is_not_there(asks: Script) -> None:
    id = _kit(asks)["id"]
    assert asks.delete(f"/kits/{id}").status_code == 204
    assert asks.get(f"/kits/{id}").status_code == 404


def test_a_kit_becomes_files_in_her_drive_once_she_allowed_it(asks: Script, desk: Desk, world: World) -> None:
    at = f"/kits/{_kit(asks)['id']}/documents"
    assert asks.get(at).json == {"state": "not granted", "reason": "", "given": "page", "files": []}
    assert asks.post(at).status_code == 403 and world.files == {}
    person = world.person(asks.account.google_id)
    assert person is not None
    token = world.grant(person, (*make.ALL_SCOPES, FILES)).refresh_token
    with desk.transaction() as session:
        row = session.get_one(Account, asks.account.id)
        row.scopes = [*make.ALL_SCOPES, FILES]
        row.sealed_refresh_token, row.key_id = seal(desk.settings.keys, token, bound_to=row.id)
    begun = asks.post(at)
    assert (begun.status_code, begun.json["state"]) == (202, "making")  # type: ignore[index]
    assert "make them first" in fields(asks.patch(at, {"given": "both"}))["given"]
    make_documents(desk, begun.json["id"])  # type: ignore[index]
    told = asks.patch(at, {"given": "both"}).json
    assert told is not None and (told["state"], told["given"]) == ("made", "both")
    assert {each["sheet"] for each in told["files"] if not each["for_class"]} == {"plan", "slides", "key"}
    assert all(each["url"].startswith("https://docs.google.com/") for each in told["files"])


def test_a_source_is_looked_up_and_kept_only_when_it_is_sent_again(desk: Desk, world: World) -> None:
    with serving({"/10.1000/mst.12": Page(json.dumps(ARTICLE), type=CSL)}) as served:
        near = desk.settings.model_copy(update={"lookup_networks": "127.0.0.1/32", "doi_url": served.root})
        asks = script(open_desk(near, ring=desk.ring, wire=desk.wire()), world)
        found = asks.post("/sources/look-up", {"what": "10.1000/mst.12"}).json
        assert found is not None and found["is_found"] and asks.get("/sources").json == {"items": [], "next": None}
        assert asks.post("/sources", {"csl": found["csl"]}).status_code == 201


def test_what_cannot_be_looked_up_is_said_in_a_field(asks: Script) -> None:
    answer = asks.post("/sources/look-up", {"what": "9780140328722"})
    assert answer.status_code == 422 and "does not fit" in fields(answer)["what"]


def test_a_kit_has_its_days_from_the_map(asks: Script, desk: Desk) -> None:
    made = _kit(asks, doses=["before", "during"])
    assert asks.get(f"/kits/{made['id']}/windows").json == {"items": []}
    bring_map(desk, asks.account.school_id, read_sheet(b"unit,grade,starts,ends\nOceans,7,2027-02-02,2027-02-19\n"))
    answer = asks.get(f"/kits/{made['id']}/windows").json
    assert answer is not None and [day["at"] for day in answer["items"][0]["days"]] == [
        "2027-01-26T07:00:00-05:00", "2027-02-10T07:00:00-05:00"]
