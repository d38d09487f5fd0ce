"""A plan goes into one class first, by keyboard; the page shows the pilot once it stands, and one press sends the rest."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def test_one_class_first_and_then_the_grade(house: House, page: Page) -> None:
    _arrive(page, house)
    _plan(page, house)
    page.locator("summary", has_text="Try it in one class first").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("The pilot")).to_be_focused()
    page.get_by_label("The pilot").select_option(label="6th Grade Library")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The pilot")).to_be_visible()
    go_on = page.get_by_role("button", name=re.compile("^Go on to the other"))
    expect(go_on).to_be_visible(timeout=60_000)
    assert page.locator(".badge", has_text="Published").count() == 1
    assert page.locator(".badge", has_text="Waiting for the pilot").count() > 1
    expect(page.locator("#pilot").get_by_role("link", name=re.compile("^Look at it in Classroom"))).to_be_visible()
    go_on.press("Enter")
    expect(page.locator(".badge", has_text="Waiting for the pilot")).to_have_count(0)
    expect(page.locator("#pilot")).to_have_count(0)
    expect(page.locator(".badge", has_text="Waiting for teacher").first).to_be_visible()


def _arrive(page: Page, house: House) -> None:
    page.goto(f"{house.origin}/connect")
    page.get_by_role("button", name=re.compile("Maya Okafor")).click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url("**/classes")
    expect(page.get_by_role("link", name="6th Grade Library")).to_be_visible(timeout=90_000)


def _plan(page: Page, house: House) -> None:
    """Gather one link and plan it for grade 6."""
    page.goto(f"{house.origin}/collections/new")
    page.get_by_label(re.compile("^Title")).fill("One class first")
    page.get_by_role("button", name="Make the collection").click()
    page.get_by_role("link", name="Link", exact=True).click()
    page.get_by_label(re.compile("^Title")).fill("One class first")
    page.get_by_label(re.compile("^Address")).fill("https://www.loc.gov/free-to-use/")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Plan it for classes").click()
    page.get_by_role("group", name="Grades", exact=True).get_by_label("Grade 6", exact=True).check()
    page.get_by_role("button", name="Show me what would happen").click()
    page.wait_for_url(re.compile("/plans/[^/]+$"))
