"""Our Gmail, with google-api-python-client inside it, against the pretend Google and Google's own document."""

import base64
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from integration.errors import Busy, Refused, SignInNeeded, Unsure
from integration.google import scopes
from integration.google.gmail import Gmail
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.discovery import document, find
from integration.sandbox.world import Person, World
from tests.make import ALL_SCOPES

ROOT = "http://google.test"


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")


def gmail(sandbox: Sandbox, world: World, person: Person, *granted: str) -> Gmail:
    tokens = world.grant(person, (*ALL_SCOPES, *granted))
    return Gmail(WsgiWire(sandbox), tokens.access_token, root=ROOT, renew=lambda stale: stale)


def letter(to: str = "rosa@juniper.example") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["Message-ID"] = "library@elsewhere.example", "Día", "<one@juniper.example>"
    if to:
        message["To"] = to
    message.set_content("Dear Rosa – look.")
    return message.as_bytes()


def test_the_pretend_route_is_the_one_in_the_document() -> None:
    method, path = find("POST", "/gmail/v1/users/me/messages/send")
    said = document("gmail.v1")["resources"]["users"]["resources"]["messages"]["methods"]["send"]
    assert (method.name, path, method.takes, method.gives) == (said["id"], {"userId": "me"}, "Message", "Message")
    assert method.scopes == set(said["scopes"]) and scopes.SEND in method.scopes


def test_a_letter_arrives_whole_and_from_her_own_address(sandbox: Sandbox, world: World, maya: Person) -> None:
    gmail(sandbox, world, maya, scopes.SEND).send(letter())
    [taken] = world.mail
    assert (taken["From"], taken["To"], taken["Subject"]) == ("Maya Okafor <maya@juniper.example>", "rosa@juniper.example", "Día")
    assert taken["Message-ID"] == "<one@juniper.example>" and "Dear Rosa – look." in taken.get_content()
    assert [call.name for call in sandbox.journal] == ["gmail.users.messages.send"] and sandbox.journal.wrong() == []


@pytest.mark.parametrize(("kind", "error", "taken"), [
    ("busy", Busy, 0), ("refused", Busy, 0), ("error_before", Unsure, 0), ("error_after", Unsure, 1), ("cut_after", Unsure, 1),
    ("revoked", SignInNeeded, 0)])
def test_each_trouble_is_said_and_nothing_is_sent_twice(sandbox: Sandbox, world: World, maya: Person, kind: str,
                                                        error: type[Exception], taken: int) -> None:
    sandbox.trouble.order(kind, on="writes")
    with pytest.raises(error):
        gmail(sandbox, world, maya, scopes.SEND).send(letter())
    assert len(world.mail) == taken


def test_without_the_permission_nothing_goes(sandbox: Sandbox, world: World, maya: Person) -> None:
    with pytest.raises(SignInNeeded):
        gmail(sandbox, world, maya).send(letter())
    assert world.mail == []


@pytest.mark.parametrize("raw", [letter(to=""), b""])
def test_what_is_no_letter_is_refused_in_our_words(sandbox: Sandbox, world: World, maya: Person, raw: bytes) -> None:
    with pytest.raises(Refused, match="Nothing was sent"):
        gmail(sandbox, world, maya, scopes.SEND).send(raw)


def test_the_answer_holds_what_google_answers(sandbox: Sandbox, world: World, maya: Person) -> None:
    token = world.grant(maya, (scopes.SEND,)).access_token
    body = b'{"raw": "%s"}' % base64.urlsafe_b64encode(letter())
    reply = WsgiWire(sandbox).carry("POST", f"{ROOT}/gmail/v1/users/me/messages/send", {
        "authorization": f"Bearer {token}", "content-type": "application/json"}, body, 5)
    assert reply.status == 200 and b'"labelIds": ["SENT"]' in reply.body
