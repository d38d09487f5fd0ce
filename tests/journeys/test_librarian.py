"""The librarian's journey, through the front door, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from integration.sandbox.names import CANARY
from tests.journeys.conftest import House
from tests.watching import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

Look = Callable[[str], None]


def test_a_librarian_connects_and_a_collection_stands_in_grade_6(house: House, page: Page, look: Look) -> None:
    page.goto(house.origin)
    look("welcome")
    _connect(page, look)
    _see_the_classes(page, look)
    _correct_one(page, look)
    _gather(page, look)
    _plan(page, look)
    _open_a_class(page, look)
    _open_reach(page, look)
    _the_ledger_is_what_stands(house, page)
    _google_was_asked_as_documented(house)
    _no_student_left_a_trace(house)


def _connect(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Connect with Google").click()
    page.get_by_role("button", name=re.compile("Maya Okafor")).click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url("**/classes")
    look("connecting")


def _see_the_classes(page: Page, look: Look) -> None:
    expect(page.get_by_role("link", name="6th Grade Library")).to_be_visible(timeout=90_000)
    page.goto(page.url)
    look("classes")


def _correct_one(page: Page, look: Look) -> None:
    page.get_by_role("link", name="MS Choir 6-8").first.click()
    grades = page.get_by_role("group", name="Set the grades yourself")
    grades.get_by_label("Grade 6", exact=True).uncheck()
    page.get_by_role("button", name="Save the grades").click()
    expect(page.get_by_text("Your grades stay as you set them")).to_be_visible()
    look("class-corrected")


def _gather(page: Page, look: Look) -> None:
    page.goto(_at(page, "/collections/new"))
    page.get_by_label(re.compile("^Title")).fill("Start your research here")
    page.get_by_role("button", name="Make the collection").click()
    page.get_by_role("link", name="Link", exact=True).click()
    page.get_by_label(re.compile("^Title")).fill("Primary sources")
    page.get_by_label(re.compile("^Address")).fill("https://www.loc.gov/programs/teachers/")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("link", name="Plan it for classes")).to_be_visible()
    look("collection")


def _plan(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Plan it for classes").click()
    page.get_by_role("group", name="Grades", exact=True).get_by_label("Grade 6", exact=True).check()
    look("plan-new")
    page.get_by_role("button", name="Show me what would happen").click()
    expect(page.get_by_text("Nothing is posted yet")).to_be_visible()
    look("plan")
    _accept_in_two_tabs(page)
    expect(page.locator("#sum progress")).to_have_count(0, timeout=60_000)
    look("plan-accepted")


def _accept_in_two_tabs(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Accept").click()
    other.get_by_role("button", name="Accept").click()
    # Chromium may forget to close a page whose next one is just coming in.
    expect(other.get_by_text("You may leave this page")).to_be_visible()
    other.close()


def _open_a_class(page: Page, look: Look) -> None:
    page.get_by_role("link", name="6th Grade Library", exact=True).click()
    expect(page.get_by_role("link", name="Start your research here").first).to_be_visible()
    look("class")


def _open_reach(page: Page, look: Look) -> None:
    page.goto(_at(page, "/reach"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look("reach")
    page.goto(_at(page, "/"))
    look("quilt")


def _the_ledger_is_what_stands(house: House, page: Page) -> None:
    ledger = page.request.get(_at(page, "/api/v1/deliveries?state=published")).json()["items"]
    posts = [post for course in house.state()["courses"].values() for post in course["posts"] if post["project"]]
    assert len(ledger) >= 1
    assert sorted(row["google_id"] for row in ledger) == sorted(post["id"] for post in posts if post["state"] == "PUBLISHED")
    assert len(posts) == len(ledger)


def _google_was_asked_as_documented(house: House) -> None:
    calls = house.calls()
    assert len(calls) > 100
    assert faults(calls) == []


def _no_student_left_a_trace(house: House) -> None:
    kept = [path for path in house.data.rglob("*") if path.is_file()]
    assert {path.name for path in kept} >= {"log", "throughline.db"}
    assert [path.name for path in kept if CANARY.lower().encode() in path.read_bytes().lower()] == []


def _at(page: Page, path: str) -> str:
    return re.sub(r"(https?://[^/]+).*", r"\1", page.url) + path
