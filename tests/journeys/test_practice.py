"""A student practises on a phone without scripts: four faults, four explanations, then right; nobody is named anywhere."""

import json
import re
import sqlite3
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SOURCES = "TY  - BOOK\nAU  - Lopez, Ana\nTI  - Deep water\nPB  - Penguin\nPY  - 2020\nER  - \n\n" \
          "TY  - BOOK\nAU  - Cole, Joanna\nTI  - Coral reefs\nPB  - Scholastic\nPY  - 2013\nER  - \n"
"""The page lists the newest first, and so is the kit made."""
PHONE: Any = {"width": 390, "height": 844}
NARROW: Any = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 at 400 %."""
RIGHT = "Cole, Joanna. Coral Reefs. Scholastic, 2013."
FAULTS = {
    "Joanna Cole. Coral Reefs. Scholastic, 2013.": "author_not_inverted",
    "Cole, Joanna. Coral reefs. Scholastic, 2013.": "title_capitalization",
    "Cole, Joanna. Coral Reefs. 2013.": "missing_publisher",
    "Cole, Joanna. Coral Reefs. Scholastic.": "missing_date",
}
"""What she types first, and what is wrong with it."""
BROWSER_NAME = "Grade seven phone 8f1c"


@dataclass(frozen=True)
class Workshop:
    """A kit that stands in a class."""

    kit_id: str
    practice: str
    handout: str


@pytest.fixture(scope="session")
def maya(house: House, browser: Browser) -> Iterator[BrowserContext]:
    """Maya's browser: connected, her classes read."""
    with browser.new_context(locale="en-US", timezone_id="America/New_York", reduced_motion="reduce") as opened:
        page = opened.new_page()
        page.goto(f"{house.origin}/connect")
        page.get_by_role("button", name=re.compile("Maya Okafor")).click()
        page.get_by_role("button", name="Allow").click()
        expect(page.get_by_role("link", name="6th Grade Library")).to_be_visible(timeout=90_000)
        page.close()
        yield opened


@pytest.fixture(scope="session")
def workshop(house: House, maya: BrowserContext) -> Workshop:
    """A kit of two books, planned into Maya's own class and standing there."""
    page = maya.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{house.origin}/sources")
    page.set_input_files("input[type=file]", {"name": "list.ris", "mimeType": "text/plain", "buffer": SOURCES.encode()})
    page.get_by_role("button", name=re.compile("^Bring")).click()
    page.goto(f"{house.origin}/kits/new?grade=6")
    page.get_by_label(re.compile("^Title")).fill("Citing our ocean unit")
    page.get_by_label("Coral reefs").check()
    page.get_by_label("Deep water").check()
    page.get_by_role("button", name="Make the kit").click()
    page.wait_for_url(re.compile("/kits/[0-9a-f]{32}$"))
    kit_id, handout = page.url.rsplit("/", 1)[1], page.get_by_role("link", name="The handout").get_attribute("href") or ""
    page.get_by_role("link", name="Plan it during").click()
    page.get_by_role("button", name="Show me what would happen").click()
    page.get_by_role("button", name="Accept").click()
    for _ in range(120):
        if found := _standing(house):
            break
        page.wait_for_timeout(500)
    page.close()
    return Workshop(kit_id, found[0], handout)


@pytest.fixture
def student(browser: Browser) -> Iterator[Page]:
    """A student's phone, without scripts."""
    with browser.new_context(locale="en-US", java_script_enabled=False, viewport=PHONE, user_agent=BROWSER_NAME) as opened:
        page = opened.new_page()
        page.set_default_timeout(20_000)
        yield page


def test_a_student_makes_four_faults_reads_four_explanations_and_gets_it_right(house: House, workshop: Workshop,
                                                                               student: Page) -> None:
    student.goto(f"{workshop.practice}/write-0")
    read = [_tried(student, typed) for typed in FAULTS]
    assert len(set(read)) == len(FAULTS), read
    assert "Right" in _tried(student, RIGHT)
    _hand_in_the_exit_ticket(student, workshop)
    counted = {(question, what) for question, what, _ in _counts(house)}
    assert {("write-0", code) for code in FAULTS.values()} <= counted
    assert {("write-0", "right"), ("after", "done"), ("after", "points")} <= counted


def test_nothing_about_her_is_kept(house: House, workshop: Workshop, student: Page) -> None:
    student.goto(f"{workshop.practice}/write-0")
    typed = "Typed by nobody, Quillfeather. Coral Reefs."
    _tried(student, typed)
    _hand_in_the_exit_ticket(student, workshop)
    assert student.context.storage_state() == {"cookies": [], "origins": []}
    kept = b"".join(each.read_bytes() for each in house.data.rglob("*") if each.is_file())
    assert [word for word in ("Quillfeather", BROWSER_NAME) if word.encode() in kept] == []


def test_every_page_of_the_workshop_is_without_a_fault(house: House, workshop: Workshop, maya: BrowserContext,
                                                       page: Page, look: Callable[[str], None]) -> None:
    page.context.add_cookies(maya.cookies())  # type: ignore[arg-type]
    for name, address in _pages(house, workshop).items():
        page.goto(address)
        look(f"workshop-{name}")


def test_no_page_of_the_workshop_scrolls_sideways_at_400_percent(house: House, workshop: Workshop, maya: BrowserContext) -> None:
    page = maya.new_page()
    page.set_viewport_size(NARROW)
    for name, address in _pages(house, workshop).items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], f"{name} scrolls sideways"
    page.close()


def test_a_question_is_answered_with_the_keyboard_alone(workshop: Workshop, page: Page) -> None:
    page.goto(f"{workshop.practice}/part-0")
    _tab_to(page, "input")
    page.keyboard.press("Space")
    _tab_to(page, "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()


def _tab_to(page: Page, tag: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName").lower() == tag:
            return
    raise AssertionError(f"Twenty presses of Tab come to no {tag}.")


def _tried(student: Page, typed: str) -> str:
    """What she reads after typing this."""
    student.get_by_label("Your citation").fill(typed)
    student.get_by_role("button", name=re.compile("Check it|Try again")).click()
    return student.get_by_role("status").inner_text()


def _hand_in_the_exit_ticket(student: Page, workshop: Workshop) -> None:
    student.goto(f"{workshop.practice}/ticket/after")
    for group in student.get_by_role("group", name="Choose one").all():
        group.get_by_role("radio").first.check()
    student.get_by_role("button", name="Hand it in").click()
    expect(student.get_by_role("heading", level=1)).to_contain_text("Handed in")


def _pages(house: House, workshop: Workshop) -> dict[str, str]:
    """Every page of the workshop, for students and for her."""
    hers = {"kits": "/kits", "kits-new": "/kits/new", "kit": f"/kits/{workshop.kit_id}", "kits-coverage": "/kits/coverage",
            "sources": "/sources", "sources-new": "/sources/new", "ladder": "/ladder"}
    asked = ("part-0", "fault-0", "right-0", "gap-0", "write-0", "ticket/before", "ticket/after")
    return {**{name: f"{house.origin}{path}" for name, path in hers.items()}, "handout": workshop.handout,
            "practice": workshop.practice,
            **{f"practice-{key.replace('/', '-')}": f"{workshop.practice}/{key}" for key in asked}}


def _standing(house: House) -> list[str]:
    """The practice links that stand in Google's classes."""
    with urllib.request.urlopen(f"{house.google}/_sandbox/state") as answer:
        return sorted(set(re.findall(rf"{re.escape(house.origin)}/practice/[\w=-]+", json.dumps(json.load(answer)))))


def _counts(house: House) -> list[tuple[str, str, int]]:
    """What the database holds of practice."""
    path = next(each for each in house.data.glob("*.db"))
    with sqlite3.connect(path) as database:
        return database.execute("SELECT question, what, count FROM practice_counts").fetchall()
