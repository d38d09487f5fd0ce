"""A teacher without any account answers from her letter, on a phone: reads, changes the words and the day, says yes."""

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House
from tests.journeys.test_everybody import _arrive, _planned
from tests.post_office import PostOffice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

Look = Callable[[str], None]
READS_FOR = 2500
"""Milliseconds a person reads before she presses a button."""


def test_a_teacher_without_an_account_changes_the_words_and_says_yes(house: House, browser: Browser, page: Page,
                                                                     look: Look) -> None:
    _the_librarian_asks(house, browser)
    link, her_page = _the_letter(house.office)
    _a_mail_gateway_looks_and_presses_everything(browser, link)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Maya Okafor asks you")
    look("teacher-question")
    _she_says_yes_in_her_own_words(page)
    expect(page.get_by_role("button", name="Undo, and decide again")).to_be_visible()
    look("teacher-answered")
    post = _wait_for(house, "Our own words")
    assert (post["state"], post["description"]) == ("PUBLISHED", "Look at the first picture for a minute.")
    assert page.context.cookies() == []
    page.goto(her_page)
    expect(page.get_by_text("Our own words")).to_be_visible()
    look("teacher-everything")
    page.goto(link[:-1])
    look("teacher-nothing")


def _the_librarian_asks(house: House, browser: Browser) -> None:
    """Maya plans for grade 6, accepts, looks at one of the letters and sends it."""
    with browser.new_context(locale="en-US", timezone_id="America/New_York") as opened:
        maya = opened.new_page()
        maya.set_default_timeout(20_000)
        _arrive(maya, house, "Maya Okafor")
        expect(maya.get_by_role("link", name="6th Grade Library")).to_be_visible(timeout=90_000)
        maya.goto(f"{house.origin}/plans/{_planned(house, maya, 'First pictures')}")
        maya.get_by_role("button", name="Accept").click()
        maya.goto(f"{house.origin}/letters")
        maya.get_by_role("link", name=re.compile("“First pictures”|things from the library")).first.click()
        expect(maya.get_by_label("To", exact=True)).to_have_value(re.compile("@"))
        maya.get_by_role("button", name="Send it", exact=True).click()
        maya.get_by_text("It is on its way").wait_for()


def _the_letter(office: PostOffice) -> tuple[str, str]:
    """The two links in the letter, once it has come."""
    for _ in range(300):
        if office.taken:
            break
        time.sleep(0.2)
    body = office.letters[0].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    return _link(text, "question"), _link(text, "teacher")


def _link(text: str, sort: str) -> str:
    found = re.search(rf"https?://\S+/to/{sort}/\S+", text)
    assert found is not None
    return found[0]


def _a_mail_gateway_looks_and_presses_everything(browser: Browser, link: str) -> None:
    with browser.new_context() as opened:
        robot = opened.new_page()
        for _ in range(5):
            robot.goto(link)
        robot.get_by_role("radio", name=re.compile("^Yes, publish it")).first.check()
        for button in robot.get_by_role("button").all():
            button.click()
        expect(robot.get_by_text("Nothing was done yet")).to_be_visible()


def _she_says_yes_in_her_own_words(page: Page) -> None:
    card = page.locator("section.card").first
    card.get_by_text("Change the words or the day").click()
    card.get_by_label(re.compile("^Title")).fill("Our own words")
    card.get_by_label(re.compile("^Words")).fill("Look at the first picture for a minute.")
    today = datetime.now(ZoneInfo("America/New_York")).date()
    card.get_by_label(re.compile("^On which day")).fill(today.isoformat())
    card.get_by_role("radio", name=re.compile("^Yes, publish it")).check()
    page.wait_for_timeout(READS_FOR)
    page.get_by_role("button", name="Send my answer").click()


def _wait_for(house: House, title: str) -> dict[str, Any]:
    # The clock finds what is due a minute late at most where a Redis rings for all that is due at once.
    for _ in range(600):
        for course in house.state()["courses"].values():
            for post in course["posts"]:
                if post.get("title") == title and post["state"] == "PUBLISHED":
                    return dict(post)
        time.sleep(0.2)
    raise AssertionError(f"“{title}” never stood in a class")
