"""The plan's page says how many Google refused, and tries them again with one press."""

import pytest

from integration.delivery.ledger import deliveries
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


def test_the_number_and_the_button_come_with_the_first_refusal_and_go_with_the_last(library: Library, lena: Browser) -> None:
    closed = [library.own_class(name) for name in ("6A", "6B")]
    library.own_class("6C")
    plan_id = library.accepted()
    assert f"/plans/{plan_id}/retry" not in lena.get(f"/plans/{plan_id}").text
    for course in closed:
        library.world.archive(course.google_id)
    send_due(library.desk, library.school_id)
    page = lena.get(f"/plans/{plan_id}").text
    assert "Google refused 2 classes" in page and "Try all 2 again" in page
    assert "Try all 2 again" in lena.get(f"/plans/{plan_id}/progress").text
    for course in closed:
        library.world.change_course(course.google_id, courseState="ACTIVE")
    answer = lena.send(f"/plans/{plan_id}/retry")
    assert answer.status_code == 303 and "2 classes are tried again" in lena.get(f"/plans/{plan_id}").text
    send_due(library.desk, library.school_id)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["published"] * 3
    assert f"/plans/{plan_id}/retry" not in lena.get(f"/plans/{plan_id}").text
