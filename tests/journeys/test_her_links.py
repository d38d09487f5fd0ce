"""A teacher's pages with long names, at 400 %, with the keyboard alone, and after a robot chose something for good on them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from integration.accounts.models import Account, School
from integration.consent.models import QuestionPost
from integration.courses.models import Course, Teacher
from integration.delivery.models import Delivery
from integration.records.clock import utc_now
from tests.journeys.door import Door
from tests.journeys.test_everybody import MANY_TABS, RING, ZOOMED
from tests.journeys.test_links import A_PERSON_READS, AN_UNDO

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

Look = Callable[[str], None]
LONG = "Interdisciplinary Humanities & Environmental Science Honors Seminar (Block 3, Rm 214B) ☀️ – Fall/Spring"
UNBROKEN = "Geographieunterrichtsvorbereitungsmaterialiensammlungsverzeichnis" * 2
NAME = "Maximiliane-Alexandrina von der Hohenlohe-Langenburg y Fernández de la Vega"


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs, because the server's does."""
    return utc_now


def test_long_names_are_whole_on_a_phone_and_at_400_percent(door: Door, page: Page, look: Look) -> None:
    with door.library.desk.transaction() as session:
        session.execute(update(Course).values(name=LONG))
        session.execute(update(QuestionPost).values(title=UNBROKEN))
        session.execute(update(Delivery).values(title=UNBROKEN))
        session.execute(update(Teacher).values(name=NAME))
        session.execute(update(Account).values(name=NAME))
        session.execute(update(School).values(name=f"{NAME} Memorial K–8 School of the Arts and Sciences"))
    door.propose()
    for sort in ("question", "teacher", "proposal"):
        page.goto(door.link(sort))
        look(f"long-{sort}")
        page.set_viewport_size(ZOOMED)
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], f"{sort} scrolls sideways"


def test_she_says_yes_in_her_own_words_with_the_keyboard_alone(door: Door, page: Page) -> None:
    page.goto(door.link("question"))
    _tab_to(page, "Yes, publish it")
    page.keyboard.press("Space")
    _tab_to(page, "Change the words or the day")
    assert page.evaluate(RING) == "solid 3px"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Our volcanoes")
    page.wait_for_timeout(A_PERSON_READS * 1000)
    _tab_to(page, "Send my answer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert door.shown(minutes=AN_UNDO) == ["Our volcanoes"]


def test_what_a_patient_robot_chose_for_good_loosens_nothing_and_goes_with_one_press(door: Door, browser: Browser, page: Page,
                                                                                     look: Look) -> None:
    link = door.link("teacher")
    with browser.new_context() as opened:
        robot = opened.new_page()
        robot.goto(link)
        robot.get_by_role("radio", name="Always yes").check()
        robot.wait_for_timeout(A_PERSON_READS * 1000)
        robot.get_by_role("button", name="Save").click()
    door.library.accepted(with_link=False)
    assert door.shown(minutes=14) == []
    page.goto(door.link("question"))
    expect(page.get_by_text("The library may always share with your classes")).to_be_visible()
    look("teacher-always-question")
    page.goto(link)
    look("teacher-always")
    page.wait_for_timeout(A_PERSON_READS * 1000)
    page.get_by_role("button", name="Undo that").click()
    expect(page.get_by_text("The library may always share with your classes")).to_have_count(0)
    expect(page.get_by_role("radio", name="Ask each time")).to_be_checked()
    assert door.shown(days=2) == []


def _tab_to(page: Page, words: str) -> None:
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.closest('label, summary, button') ?? document.activeElement).textContent"
                         ).strip().startswith(words):
            return
    raise AssertionError(f"“{words}” is not reached with the Tab key")
