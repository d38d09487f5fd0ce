"""The plan's page with a pilot: one class first, its post to look at, and the rest with one press."""

import pytest

from integration.courses.models import Course
from integration.delivery.ledger import deliveries
from integration.delivery.plan import Rule
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests import make
from tests.rooms.delivery.makers import Library
from tests.web.pages.conftest import Browser, browser

LONG = "6. Klasse „Naturkunde & Erdgeschichte“ <b>mit</b> " + "sehr langem Namen " * 6


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


@pytest.fixture
def lena(library: Library) -> Browser:
    return browser(library.desk, library.account)


@pytest.fixture
def classes(library: Library) -> list[Course]:
    return [library.own_class("6A"), library.own_class(LONG)]


def piloted(library: Library, lena: Browser, course: Course) -> str:
    plan_id = library.plan()
    assert lena.send(f"/plans/{plan_id}/accept", {"pilot": course.id}).status_code == 303
    return plan_id


def test_a_plan_with_several_classes_offers_a_pilot_and_one_with_a_single_class_does_not(
        library: Library, lena: Browser, classes: list[Course]) -> None:
    page = lena.get(f"/plans/{library.plan()}").text
    assert "Try it in one class first" in page and "The 1 other class waits" in page
    assert "<b>mit</b>" not in page, "a name is never taken for markup"
    alone = library.plan(rule=Rule(class_ids=[classes[0].id]))
    assert "Try it in one class first" not in lena.get(f"/plans/{alone}").text


def test_a_class_that_need_not_wait_for_its_teacher_is_proposed(library: Library, lena: Browser) -> None:
    library.teachers_class("6 A first by name")
    own = library.own_class("6B")
    assert f'<option value="{own.id}" selected>' in lena.get(f"/plans/{library.plan()}").text


def test_while_the_pilot_is_on_its_way_there_is_no_button_to_go_on(library: Library, lena: Browser, classes: list[Course]) -> None:
    plan_id = piloted(library, lena, classes[0])
    page = lena.get(f"/plans/{plan_id}").text
    assert "nothing is sent there by itself" in page and f"/plans/{plan_id}/go-on" not in page
    assert "It waits for the pilot in 6A." in page and "1 waiting for the pilot" in page and "for its teacher" not in page


def test_once_it_stands_its_post_is_shown_and_one_press_sends_the_rest(library: Library, lena: Browser,
                                                                       classes: list[Course]) -> None:
    plan_id = piloted(library, lena, classes[0])
    send_due(library.desk, library.school_id)
    page = lena.get(f"/plans/{plan_id}").text
    [post] = library.posts(classes[0])
    assert post["alternateLink"] in page and "Go on to the other 1 class" in page and f"/plans/{plan_id}/retract" in page
    assert 'id="pilot" hx-swap-oob="true"' in lena.get(f"/plans/{plan_id}/progress").text, "it comes by itself to a waiting page"
    assert lena.send(f"/plans/{plan_id}/go-on").status_code == 303
    send_due(library.desk, library.school_id)
    assert len(library.posts(classes[1], "PUBLISHED")) == 1
    assert 'id="pilot"' not in lena.get(f"/plans/{plan_id}").text


def test_what_waits_for_the_pilot_says_so_on_its_page_and_asks_for_no_teacher(library: Library, lena: Browser,
                                                                               classes: list[Course]) -> None:
    plan_id = piloted(library, lena, classes[0])
    [waits] = deliveries(library.desk, library.school_id, course_id=classes[1].id)
    page = lena.get(f"/deliveries/{waits.id}").text
    assert "Waiting for the pilot" in page and f'href="/plans/{plan_id}#pilot"' in page and "Who agreed" not in page
    assert "Waiting for a teacher" not in lena.get("/").text


def test_a_pilot_that_came_to_nothing_offers_the_other_classes(library: Library, lena: Browser, sandbox: Sandbox,
                                                               classes: list[Course]) -> None:
    sandbox.trouble.order("archived", on="courses.courseWorkMaterials.create")
    plan_id = piloted(library, lena, classes[0])
    send_due(library.desk, library.school_id)
    assert "Another class as the pilot" in lena.get(f"/plans/{plan_id}").text
    lena.send(f"/plans/{plan_id}/pilot", {"pilot": classes[1].id})
    send_due(library.desk, library.school_id)
    assert len(library.posts(classes[1], "PUBLISHED")) == 1


@pytest.mark.usefixtures("classes")
def test_a_pilot_the_plan_does_not_go_into_is_said_beside_the_choice(library: Library, lena: Browser) -> None:
    plan_id = library.plan()
    answer = lena.send(f"/plans/{plan_id}/accept", {"pilot": "elsewhere"})
    assert answer.status_code == 422 and "Choose one of the classes into which this plan goes" in answer.text
