"""Our Drive, with google-api-python-client inside it, against the pretend Google and Google's own document."""

from dataclasses import replace
from datetime import timedelta

import pytest

from integration.errors import Busy, GoogleError, Refused, SignInNeeded, Unsure
from integration.google import scopes
from integration.google.drive import Drive, Form, NewFile
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.discovery import document, find
from integration.sandbox.drive import DriveRefusal
from integration.sandbox.world import Person, World
from tests.conftest import Clock
from tests.make import ALL_SCOPES

ROOT = "http://google.test"
PAGE = NewFile("Citing: handout", b"<html><body><h1>Citing</h1><p>Cole, J. <i>The bus</i>.</p></body></html>", "text/html",
               Form.DOCUMENT, "kit-1", "handout")


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")


def drive(sandbox: Sandbox, world: World, person: Person, *granted: str) -> Drive:
    tokens = world.grant(person, (*ALL_SCOPES, *(granted or (scopes.FILES,))))
    return Drive(WsgiWire(sandbox), tokens.access_token, root=ROOT, renew=lambda stale: stale)


@pytest.mark.parametrize(("verb", "path", "name"), [
    ("POST", "/upload/drive/v3/files", "create"), ("POST", "/drive/v3/files", "create"), ("GET", "/drive/v3/files", "list"),
    ("GET", "/drive/v3/files/generateIds", "generateIds"), ("GET", "/drive/v3/files/1a", "get"),
    ("GET", "/drive/v3/files/1a/export", "export")])
def test_the_pretend_routes_are_those_of_the_document(verb: str, path: str, name: str) -> None:
    said = document("drive.v3")["resources"]["files"]["methods"][name]
    method, _ = find(verb, path)
    assert method.name == said["id"]
    assert method.scopes == set(said["scopes"]) and scopes.FILES in method.scopes


def test_a_page_becomes_a_doc_in_her_drive_and_is_found_by_its_mark(sandbox: Sandbox, world: World, maya: Person) -> None:
    hers = drive(sandbox, world, maya)
    id = hers.make(PAGE)
    kept = world.files[id]
    assert (kept.name, kept.type, kept.owner) == ("Citing: handout", Form.DOCUMENT, maya.google_id)
    assert b'<span style="font-style:italic">The bus</span>' in kept.content.data
    assert hers.find("kit-1") == {"handout": id} and hers.find("kit-2") == {}
    assert [call.name for call in sandbox.journal] == ["drive.files.create", "drive.files.list", "drive.files.list"]
    assert sandbox.journal.wrong() == []


def test_no_other_file_of_hers_is_seen(sandbox: Sandbox, world: World, maya: Person) -> None:
    marks = {"throughlineSet": "kit-1", "throughlinePart": "plan"}
    world.add_file(maya, "By hand", properties=marks)
    world.add_file(maya, "Of another app", app="another", properties=marks)
    world.add_file(world.add_person("rosa@juniper.example", "Rosa"), "Of somebody else", app="sandbox-client", properties=marks)
    assert drive(sandbox, world, maya).find("kit-1") == {}


def test_of_two_with_one_mark_the_older_is_meant_and_the_bin_is_not_looked_into(sandbox: Sandbox, world: World, maya: Person,
                                                                               clock: Clock) -> None:
    hers = drive(sandbox, world, maya)
    ids = []
    for _ in range(3):
        ids.append(hers.make(PAGE))
        clock.forward(seconds=1)
    assert hers.find("kit-1") == {"handout": ids[0]}
    world.files[ids[0]].is_trashed = True
    assert hers.find("kit-1") == {"handout": ids[1]}


@pytest.mark.parametrize(("kind", "error", "made"), [
    ("busy", Busy, 0), ("refused", Busy, 0), ("error_before", Unsure, 0), ("error_after", Unsure, 1), ("cut_after", Unsure, 1),
    ("revoked", SignInNeeded, 0)])
def test_each_trouble_is_said_and_nothing_is_made_twice(sandbox: Sandbox, world: World, maya: Person, kind: str,
                                                        error: type[Exception], made: int) -> None:
    sandbox.trouble.order(kind, on="writes")
    with pytest.raises(error):
        drive(sandbox, world, maya).make(PAGE)
    assert len(world.files) == made


def test_without_the_permission_nothing_is_made(sandbox: Sandbox, world: World, maya: Person) -> None:
    with pytest.raises(SignInNeeded):
        drive(sandbox, world, maya, scopes.SEND).make(PAGE)
    assert world.files == {}


def test_what_google_cannot_convert_is_refused_in_our_words(sandbox: Sandbox, world: World, maya: Person) -> None:
    with pytest.raises(Refused, match="Nothing was made"):
        drive(sandbox, world, maya).make(replace(PAGE, form=Form.SLIDES))
    assert world.files == {}


@pytest.mark.parametrize(("reason", "error", "sentence"), [
    ("userRateLimitExceeded", Busy, "slow down"), ("storageQuotaExceeded", Refused, "Your Drive is full"),
    ("accessNotConfigured", Refused, "not switched on"), ("domainPolicy", Refused, "district")])
def test_drives_own_reasons_are_understood(sandbox: Sandbox, world: World, maya: Person, reason: str, error: type[GoogleError],
                                           sentence: str) -> None:
    def says_no() -> None:
        raise DriveRefusal("PERMISSION_DENIED", reason, "Drive says no.")

    hers = drive(sandbox, world, maya)
    world.later(timedelta(0), says_no)
    with pytest.raises(error, match=sentence):
        hers.make(PAGE)
