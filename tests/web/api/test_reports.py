"""The reports, goals and outcomes through the API."""

import json
from datetime import date
from typing import Any

import pytest

from integration.accounts.personal_tokens import create_token
from integration.desk import Desk
from integration.google.scopes import FILES
from integration.partnerships.log import HandEntry, write
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import a_year
from tests.web.api.asking import Script, fields, script
from web import create_app


@pytest.fixture
def lee(desk: Desk, world: World) -> Script:
    return script(desk, world)


@pytest.mark.parametrize(("form", "head"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("csv", b"\xef\xbb\xbfPart"),
                                            ("xlsx", b"PK"), ("json", b"{")])
@pytest.mark.parametrize("said", ["2026-11", "2026"])
def test_a_report_comes_in_every_form_of_the_contract(lee: Script, said: str, form: str, head: bytes) -> None:
    answer = lee.get(f"/reports/{said}.{form}")
    assert answer.status_code == 200 and answer.data.lstrip().startswith(head)


def test_a_form_there_is_not_is_a_problem(lee: Script) -> None:
    assert [lee.get(f"/reports/{name}").status_code for name in ("2026-11.docx", "2026-11", "x.pdf", "2026-99.json")] == [404] * 4


def test_a_goal_is_served_by_what_she_says_and_comes_first_in_the_report(desk: Desk, lee: Script) -> None:
    school_id = lee.account.school_id
    entry = write(desk, school_id, HandEntry(make.teacher(desk, school_id).id, date(2026, 11, 3), "Book talk"))
    goal = lee.post("/goals", {"title": "Reading", "begins_on": "2026-08-01", "ends_on": "2027-06-30"}).json
    assert goal is not None
    assert lee.ask("PUT", f"/entries/{entry}/goals", {"goal_ids": [goal["id"]]}).json == {"goal_ids": [goal["id"]]}
    said = json.loads(lee.get("/reports/2026-11.json").data)
    assert next(iter(said["goals"]))["activities_ids"] == [entry]
    assert lee.patch(f"/goals/{goal['id']}", {"title": "Reading more"}).json == {**goal, "title": "Reading more"}
    assert lee.patch(f"/goals/{goal['id']}", {"begins_on": None}).status_code == 422
    assert lee.delete(f"/goals/{goal['id']}").status_code == 204
    assert lee.get(f"/goals/{goal['id']}").status_code == 404


def test_an_outcome_says_what_is_missing_and_then_its_sentence(desk: Desk, lee: Script) -> None:
    school_id = lee.account.school_id
    entry = write(desk, school_id, HandEntry(make.teacher(desk, school_id).id, date(2026, 11, 3), "Book talk"))
    path = f"/entries/{entry}/outcomes"
    assert set(fields(lee.post(path, {"kind": "average", "after": 7.0}))) == {"after_n"}
    made = lee.post(path, {"kind": "circulation", "before": 410, "after": 492}).json
    assert made is not None and made["sentence"] == "Loans rose from 410 to 492 during the unit, 20 % more."
    assert lee.get(path).json == {"items": [made], "next": None}
    assert lee.delete(f"/outcomes/{made['id']}").status_code == 204


def test_another_schools_entry_is_not_there(desk: Desk, world: World, lee: Script) -> None:
    other = script(desk, world, "other@elsewhere.test")
    entry = write(desk, lee.account.school_id, HandEntry(make.teacher(desk, lee.account.school_id).id, date(2026, 11, 3), "Talk"))
    assert other.get(f"/entries/{entry}/outcomes").status_code == 404
    assert other.ask("PUT", f"/entries/{entry}/goals", {"goal_ids": []}).status_code == 404


def test_the_list_behind_a_figure_comes_a_page_at_a_time(desk: Desk, world: World) -> None:
    year = a_year(desk, world, 2)
    lena = Script(create_app(desk).test_client(), create_token(desk, year.account.id), year.account)
    said = json.loads(lena.get("/reports/2026.json").data)["reach"]
    for name in ("deliveries", "standing", "classes", "students"):
        items: list[Any] = []
        path = f"/reports/2026/lists/{name}?limit=3"
        while path:
            answer = lena.get(path).json
            assert answer is not None and len(answer["items"]) <= 3
            items, path = items + answer["items"], answer["next"]
        assert [one["id"] for one in items] == said[f"{name}_ids"], name
    assert len(said["deliveries_ids"]) == said["deliveries"] > 3
    assert said["deliveries_list"].endswith("/api/v1/reports/2026/lists/deliveries")
    assert lena.get("/reports/2026/lists/moon").status_code == 404


def test_a_report_is_written_into_a_spreadsheet_and_again(desk: Desk, world: World) -> None:
    year = a_year(desk, world, 2, granted=(*make.ALL_SCOPES, FILES))
    lena = Script(create_app(desk).test_client(), create_token(desk, year.account.id), year.account)
    first, again = (lena.post("/reports/2026/sheet", said).json for said in ({}, {"anew": True}))
    assert first is not None and again is not None
    assert (first["tab"], first["link"]) == (202600, again["link"]) and first["file_id"] in first["link"]
    refused = script(desk, world, "omar@elsewhere.test").post("/reports/2026/sheet", {})
    assert refused.status_code == 403
