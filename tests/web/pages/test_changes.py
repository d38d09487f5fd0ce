"""The page that shows what an update and taking back would do, and the buttons that do it."""

import pytest

from integration.courses.models import Course
from integration.delivery.ledger import deliveries
from integration.delivery.plan import Rule
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.rooms.delivery.makers import Library
from tests.web.pages.conftest import Browser, browser


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


@pytest.fixture
def lena(library: Library) -> Browser:
    return browser(library.desk, library.account)


@pytest.fixture
def sent(library: Library) -> tuple[Course, str]:
    """A class with a post whose title a teacher changed, and its plan, whose collection has new words."""
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]))
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], title="Mine")
    library.look()
    library.change(plan_id, title="Volcanoes and us", description="Anew.")
    return course, plan_id


def test_it_says_class_by_class_what_would_change_and_what_is_kept(lena: Browser, sent: tuple[Course, str]) -> None:
    page = lena.get(f"/plans/{sent[1]}/changes").text
    assert "Its text is brought up to date. Changed by the teacher and kept: title." in page
    assert "The new words are suggested to her." in page and "It stays, and you are asked about it." in page


def test_update_does_what_was_said_and_the_suggestion_is_shown(library: Library, lena: Browser, sent: tuple[Course, str]) -> None:
    answer = lena.send(f"/plans/{sent[1]}/update")
    assert answer.status_code == 303
    send_due(library.desk, library.school_id)
    [post] = library.posts(sent[0])
    assert post["title"] == "Mine" and post["description"].startswith("Anew.")
    [card] = deliveries(library.desk, library.school_id)
    page = lena.get(f"/deliveries/{card.id}").text
    assert "Changed by the teacher: title." in page and "Volcanoes and us" in page
    assert "Everything stands as the collection is now." in lena.get(f"/plans/{sent[1]}/changes").text


@pytest.mark.parametrize(("verb", "state"), [("take-back", "retracted"), ("leave", "published")])
def test_what_is_asked_about_is_answered_with_a_button(library: Library, lena: Browser, sent: tuple[Course, str], verb: str,
                                                      state: str) -> None:
    lena.send(f"/plans/{sent[1]}/retract")
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert f'action="/deliveries/{card.id}/{verb}"' in lena.get(f"/deliveries/{card.id}").text
    lena.send(f"/deliveries/{card.id}/{verb}")
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == state and not card.is_asked
