"""The plan's page offers it to classes that came later; she takes or leaves each with one press."""

import re

import pytest

from integration.courses.models import Course
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
def late(library: Library, lena: Browser) -> tuple[str, Course]:
    """A plan that was accepted, and a class that came after it."""
    library.own_class("6A")
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    assert 'id="offers"' not in lena.get(f"/plans/{plan_id}").text
    return plan_id, library.own_class("6B <i>late</i>")


def test_it_is_shown_on_the_plan_its_list_and_the_first_page(lena: Browser, late: tuple[str, Course]) -> None:
    page = lena.get(f"/plans/{late[0]}").text
    assert "Classes that came later" in page and "6B &lt;i&gt;late&lt;/i&gt;" in page and "Send it there too" in page
    assert f'href="/plans/{late[0]}#offers"' in lena.get("/plans").text and "1 new class fits" in lena.get("/plans").text


def test_taken_it_goes_and_is_offered_no_more(library: Library, lena: Browser, late: tuple[str, Course]) -> None:
    plan_id, course = late
    for _ in range(2):
        assert lena.send(f"/plans/{plan_id}/offers", {"class": course.id, "answer": "take"}).status_code == 303
    send_due(library.desk, library.school_id)
    assert len(library.posts(course, "PUBLISHED")) == 1 and 'id="offers"' not in lena.get(f"/plans/{plan_id}").text


def test_left_out_it_says_so_among_the_classes(library: Library, lena: Browser, late: tuple[str, Course]) -> None:
    plan_id, course = late
    lena.send(f"/plans/{plan_id}/offers", {"class": course.id, "answer": "leave"})
    page = lena.get(f"/plans/{plan_id}").text
    assert 'id="offers"' not in page and re.search(r"You left it out when it was offered, on November 24\.", page)
    assert library.posts(course) == []


def test_a_class_that_is_not_offered_is_not_found(lena: Browser, late: tuple[str, Course]) -> None:
    assert lena.send(f"/plans/{late[0]}/offers", {"class": "elsewhere", "answer": "take"}).status_code == 404
