"""Our Sheets, with google-api-python-client inside it, against the pretend Google and Google's own document."""

import pytest

from integration.errors import GoogleError, Refused, SignInNeeded, Unsure
from integration.google import scopes
from integration.google.drive import Drive, Form, NewFile
from integration.google.sheets import Sheets, Tab
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.discovery import document, find
from integration.sandbox.world import Person, World
from tests.make import ALL_SCOPES

ROOT = "http://google.test"
NEW = NewFile("The library", b"", "", Form.SHEETS, "account:1", "reports")
TAB = Tab(202611, "November", 5, 2)


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")


def opened(sandbox: Sandbox, world: World, person: Person, *granted: str) -> tuple[Drive, Sheets]:
    token = world.grant(person, granted or (*ALL_SCOPES, scopes.FILES)).access_token
    wire = WsgiWire(sandbox)
    return (Drive(wire, token, root=ROOT, renew=lambda stale: stale), Sheets(wire, token, root=ROOT, renew=lambda stale: stale))


@pytest.mark.parametrize(("verb", "path", "name"), [
    ("GET", "/v4/spreadsheets/1a", "get"), ("POST", "/v4/spreadsheets/1a:batchUpdate", "batchUpdate")])
def test_the_pretend_routes_are_those_of_the_document(verb: str, path: str, name: str) -> None:
    said = document("sheets.v4")["resources"]["spreadsheets"]["methods"][name]
    method, _ = find(verb, path)
    assert method.name == said["id"]
    assert method.scopes == set(said["scopes"]) and scopes.FILES in method.scopes


def test_a_tab_is_added_with_our_number_and_then_overwritten(sandbox: Sandbox, world: World, maya: Person) -> None:
    drive, sheets = opened(sandbox, world, maya)
    id = drive.make(NEW)
    assert sheets.tabs(id) == [Tab(0, "Sheet1", 1000, 26)]
    sheets.overwrite(id, None, TAB, [["=1+1", 2], ["", 3.5, None, "x"]])
    there = sheets.tabs(id)[-1]
    assert there == Tab(202611, "November", 5, 4)
    assert world.files[id].tabs[202611].cells == {
        (0, 0): {"stringValue": "=1+1"}, (0, 1): {"numberValue": 2}, (1, 1): {"numberValue": 3.5}, (1, 3): {"stringValue": "x"}}
    sheets.overwrite(id, there, TAB, [["a"]] * 7)
    assert world.files[id].tabs[202611].cells == {(row, 0): {"stringValue": "a"} for row in range(7)}
    assert sheets.tabs(id)[-1].rows == 7 and sandbox.journal.wrong() == []


def test_no_other_spreadsheet_is_seen_or_written(sandbox: Sandbox, world: World, maya: Person) -> None:
    _, sheets = opened(sandbox, world, maya)
    others = [world.add_file(maya, "By hand", Form.SHEETS), world.add_file(maya, "Of another app", Form.SHEETS, app="another"),
              world.add_file(world.add_person("rosa@juniper.example", "Rosa"), "Hers", Form.SHEETS, app="sandbox-client")]
    for file in others:
        with pytest.raises(Refused):
            sheets.tabs(file.id)
        with pytest.raises(Refused):
            sheets.overwrite(file.id, None, TAB, [["a"]])
        assert list(file.tabs) == [0]


def test_a_tab_added_twice_is_refused_and_nothing_is_written(sandbox: Sandbox, world: World, maya: Person) -> None:
    drive, sheets = opened(sandbox, world, maya)
    id = drive.make(NEW)
    sheets.overwrite(id, None, TAB, [["kept"]])
    with pytest.raises(Refused, match="Nothing of it was changed"):
        sheets.overwrite(id, None, TAB, [["other"]])
    assert world.files[id].tabs[202611].cells == {(0, 0): {"stringValue": "kept"}}


@pytest.mark.parametrize(("kind", "error", "is_written"), [("error_after", Unsure, True), ("cut_after", Unsure, True),
                                                           ("error_before", Unsure, False), ("revoked", SignInNeeded, False)])
def test_each_trouble_is_said(sandbox: Sandbox, world: World, maya: Person, kind: str, error: type[GoogleError],
                              is_written: bool) -> None:
    drive, sheets = opened(sandbox, world, maya)
    id = drive.make(NEW)
    sandbox.trouble.order(kind, on="sheets.spreadsheets.batchUpdate")
    with pytest.raises(error):
        sheets.overwrite(id, None, TAB, [["a"]])
    assert (202611 in world.files[id].tabs) is is_written


def test_without_the_permission_nothing_is_read(sandbox: Sandbox, world: World, maya: Person) -> None:
    _, sheets = opened(sandbox, world, maya, *ALL_SCOPES)
    with pytest.raises(SignInNeeded):
        sheets.tabs("1a")
