"""The librarian's pages about teachers and letters."""

import re

import pytest

from integration.consent.choices import choice_of
from integration.courses.shelf import teachers
from integration.delivery.ledger import deliveries
from integration.letters.shelf import letters
from tests.web.pages.conftest import Browser
from tests.web.pages.test_rooms import linked, made


@pytest.fixture
def asked(maya: Browser) -> Browser:
    """Maya, after a plan whose teachers are to be asked."""
    collection = made(maya)
    linked(maya, collection, "Webb telescope")
    plan = maya.send("/plans", {"collection": collection, "grades": "6", "as": "material", "topic": "Library"}).location
    maya.send(f"{plan}/accept")
    return maya


def test_each_asked_teacher_has_one_letter_that_waits_for_a_look(asked: Browser) -> None:
    found = letters(asked.desk, asked.account.school_id)
    waiting = deliveries(asked.desk, asked.account.school_id, state="waiting")
    assert found and len(found) <= len(waiting)
    assert {one.state for one in found} == {"draft"}
    assert "For you to look at" in asked.get("/letters").text


def test_a_letter_to_copy_has_her_link_and_can_be_said_to_be_sent(asked: Browser) -> None:
    one = letters(asked.desk, asked.account.school_id)[0]
    page = asked.get(f"/letters/{one.id}").text
    link = re.search(r"http://localhost:8000(/to/question/[\w-]+)", page)
    assert link is not None and asked.client.get(link[1]).status_code == 200
    assert asked.send(f"/letters/{one.id}/by-hand").status_code == 303
    assert asked.send(f"/letters/{one.id}/by-hand").status_code == 409
    assert asked.get("/letters").text.count("Sent") >= 1


def test_a_letter_can_be_laid_aside_and_a_habit_saved(asked: Browser) -> None:
    one = letters(asked.desk, asked.account.school_id)[0]
    assert asked.send(f"/letters/{one.id}/aside").status_code == 303
    assert asked.send("/letters/habits", {"kinds": ["question", "nonsense"]}).status_code == 303
    page = asked.get("/letters").text
    assert 'value="question" checked' in page and "Laid aside" in page


def test_a_menu_can_be_written_at_any_time_and_waits(maya: Browser) -> None:
    written = maya.send("/letters", {"kind": "january"})
    assert written.status_code == 303 and "WHAT WE CAN DO IN SPRING" in maya.get(written.location).text
    assert maya.send("/letters", {"kind": "newsletter"}).status_code == 422
    assert [one.state for one in letters(maya.desk, maya.account.school_id)] == ["draft"]


def test_her_own_gmail_is_offered_and_never_asked_by_itself(maya: Browser) -> None:
    assert 'href="/connect?again=yes&amp;also=mail&amp;return_to=/letters"' in maya.get("/letters").text
    assert "gmail.send" in maya.get("/connect?again=yes&also=mail&return_to=/letters").location
    assert "gmail.send" not in maya.get("/connect?again=yes&return_to=/letters").location
    assert "Send letters from your Gmail" in maya.get("/privacy").text


def test_an_address_that_is_none_is_shown_again(asked: Browser) -> None:
    one = letters(asked.desk, asked.account.school_id)[0]
    assert asked.send(f"/letters/{one.id}/send", {"to_address": "rosa"}).status_code == 422


def test_what_a_teacher_told_her_is_written_down_and_seen(maya: Browser) -> None:
    one = next(each for each in teachers(maya.desk, maya.account.school_id) if not each.is_librarian)
    assert maya.get("/teachers").status_code == 200
    page = f"/teachers/{one.id}"
    assert "asked each time" in maya.get(page).text
    said = {"choice": "always", "topics": "Library, Research", "max_per_week": "1", "blackout": "2026-W50"}
    assert maya.send(f"{page}/choice", said).status_code == 303
    assert "As she told you" in maya.get("/teachers").text
    assert choice_of(maya.desk, maya.account.school_id, one.id).topics == ("Library", "Research")
    assert maya.send(f"{page}/choice", {**said, "max_per_week": "many"}).status_code == 422


@pytest.mark.parametrize("address", ["/letters/none", "/teachers/none"])
def test_what_is_not_there_is_not_there(empty: Browser, address: str) -> None:
    assert empty.get(address).status_code == 404
    assert (empty.get("/teachers").status_code, empty.get("/letters").status_code) == (200, 200)
