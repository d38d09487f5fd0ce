"""Hand-made posts with the same links are counted and marked on the plan, on the collection, and in the API."""

import pytest

from integration.delivery.plan import NewPlan, Rule, plan
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.rooms.delivery.makers import Library
from tests.web.api.asking import script
from tests.web.pages.conftest import Browser, browser


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


@pytest.fixture
def lena(library: Library) -> Browser:
    return browser(library.desk, library.account)


@pytest.fixture
def collection_id(library: Library) -> str:
    """A collection whose link stands in seven of eight classes already, made by hand."""
    courses = [library.own_class(f"Grade 6 Library <b> {number}") for number in range(8)]
    for course in courses[1:]:
        library.world.add_post(course.google_id, "material", library.person, title="By hand & <i>early</i>",
                               materials=[{"link": {"url": "https://volcano.example/start"}}])
    library.look()
    return library.collection()


def planned(library: Library, collection_id: str) -> str:
    return plan(library.desk, library.school_id, library.account.id, NewPlan(collection_id, Rule(grades=["6"])))


def test_the_collection_counts_them_and_says_they_cannot_be_updated(lena: Browser, collection_id: str) -> None:
    page = lena.get(f"/collections/{collection_id}").text
    assert "7 posts have the same links" in page and page.count("Cannot be updated") == 7 and "The other 2" in page
    assert "<i>early</i>" not in page


def test_the_plan_marks_each_class_before_it_is_accepted(library: Library, lena: Browser, collection_id: str) -> None:
    page = lena.get(f"/plans/{planned(library, collection_id)}").text
    assert "7 classes have such a post already, made by hand" in page
    assert page.count("Made by hand: cannot be updated") == 7 and page.count("See it in Classroom") == 7


def test_a_collection_that_is_new_everywhere_says_nothing(library: Library, lena: Browser) -> None:
    library.own_class("6A")
    collection_id = library.collection()
    assert "by hand" not in lena.get(f"/collections/{collection_id}").text
    assert "by hand" not in lena.get(f"/plans/{planned(library, collection_id)}").text


def test_the_api_lists_them_with_the_plan(desk: Desk, world: World) -> None:
    lee = script(desk, world)
    library = Library(desk, world, world.people_by_email["librarian@juniper.test"], lee.account)
    course = library.own_class("6A")
    library.world.add_post(course.google_id, "announcement", library.person, text="Look",
                           materials=[{"link": {"url": "https://volcano.example/start"}}])
    library.look()
    said = lee.get(f"/plans/{planned(library, library.collection())}").json
    assert said is not None and [(each["class_id"], each["title"], each["is_hers"]) for each in said["by_hand"]] == [
        (course.id, "Look", True)]
