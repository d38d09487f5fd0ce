"""What must hold for everybody: a page read at 400 %, a keyboard alone, no scripts, an empty shelf, a no at Google's door."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 at 400 %."""
PAGES = ("/welcome", "/", "/classes", "/collections", "/plans/new", "/plans", "/deliveries", "/reach", "/partnerships",
         "/weeks", "/series/new", "/pauses", "/proposals", "/reach/coverage", "/reports", "/goals", "/pd", "/quick-wins",
         "/partnerships/bring-a-log", "/reports/2026", "/account", "/kits", "/kits/new", "/kits/coverage",
         "/sources", "/sources/new", "/ladder", "/curriculum", "/reflections")
RING = "getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth"
MANY_TABS = 30


@pytest.fixture(scope="session")
def maya(house: House, browser: Browser) -> Iterator[BrowserContext]:
    """Maya's browser: connected, her classes read."""
    with browser.new_context(locale="en-US", timezone_id="America/New_York", reduced_motion="reduce") as opened:
        page = opened.new_page()
        _arrive(page, house, "Maya Okafor")
        expect(page.get_by_role("link", name="6th Grade Library")).to_be_visible(timeout=90_000)
        page.close()
        yield opened


@pytest.fixture
def her(maya: BrowserContext) -> Iterator[Page]:
    """A new page in Maya's browser."""
    page = maya.new_page()
    page.set_default_timeout(20_000)
    yield page
    page.close()


@pytest.fixture
def plain(house: House, maya: BrowserContext, browser: Browser) -> Iterator[Page]:
    """Maya's page in a browser that runs no scripts."""
    with browser.new_context(locale="en-US", java_script_enabled=False, storage_state=maya.storage_state()) as opened:
        page = opened.new_page()
        page.set_default_timeout(20_000)
        yield page


def test_no_page_scrolls_sideways_at_400_percent(house: House, her: Page) -> None:
    plan_id = _planned(house, her, "For a narrow page")
    her.set_viewport_size(ZOOMED)
    her.goto(f"{house.origin}/classes")
    a_class = her.get_by_role("link", name="6th Grade Library").first.get_attribute("href")
    for path in (*PAGES, a_class, f"/plans/{plan_id}"):
        her.goto(f"{house.origin}{path}")
        assert her.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], f"{path} scrolls sideways"


def test_a_plan_is_accepted_with_the_keyboard_alone(house: House, her: Page) -> None:
    her.goto(f"{house.origin}/plans/{_planned(house, her, 'By keyboard')}")
    for _ in range(MANY_TABS):
        her.keyboard.press("Tab")
        if her.evaluate("document.activeElement.textContent.trim()") == "Accept":
            break
    expect(her.get_by_role("button", name="Accept")).to_be_focused()
    assert her.evaluate(RING) == "solid 3px"
    her.keyboard.press("Enter")
    expect(her.get_by_role("heading", name="How far it is")).to_be_visible()


def test_a_plan_is_accepted_without_scripts_and_a_reload_shows_what_became_of_it(house: House, her: Page, plain: Page) -> None:
    plain.goto(f"{house.origin}/plans/{_planned(house, her, 'Without scripts')}")
    plain.get_by_role("button", name="Accept").click()
    expect(plain.get_by_role("heading", name="How far it is")).to_be_visible()
    for _ in range(60):
        if plain.locator(".badge", has_text="Published").count():
            break
        plain.wait_for_timeout(500)
        plain.reload()
    expect(plain.locator(".badge", has_text="Published")).to_be_visible()


def test_who_agreed_is_one_press_from_the_plan(house: House, her: Page) -> None:
    her.goto(f"{house.origin}/plans/{_planned(house, her, 'Who agreed')}")
    her.get_by_role("button", name="Accept").click()
    her.get_by_role("link", name=re.compile("^Write down who agreed for")).first.click()
    expect(her.get_by_label(re.compile("^Who agreed"))).to_be_in_viewport()


def test_odd_names_are_shown_as_they_are(house: House, her: Page) -> None:
    her.goto(f"{house.origin}/classes")
    expect(her.get_by_text("<b>Bold Readers</b> Grade 5").first).to_be_attached()
    assert her.locator("main b").count() == 0
    longest = max(her.locator("main a").all_text_contents(), key=lambda name: sum(ord(sign) > 0x1F000 for sign in name))
    her.get_by_role("link", name=longest).first.click()
    expect(her.get_by_role("heading", level=1)).to_have_text(longest)
    assert len(longest) > 100


def test_a_librarian_without_classes_is_told_what_to_do(house: House, page: Page) -> None:
    _arrive(page, house, "Nora Empty")
    page.goto(f"{house.origin}/classes")
    expect(page.get_by_text("Google shows this account no class you own or co-teach")).to_be_visible(timeout=60_000)
    page.goto(house.origin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your quilt begins here")


def test_a_no_at_google_is_taken_kindly(house: House, page: Page) -> None:
    _choose(page, house, "Nora Empty")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You said no, and that is fine")
    expect(page.get_by_role("link", name="Try again")).to_be_visible()


def test_a_permission_left_out_is_named_with_what_stops_without_it(house: House, page: Page) -> None:
    _choose(page, house, "Nora Empty")
    page.get_by_role("checkbox").last.uncheck()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("status").filter(has_text="You left out")).to_be_visible()




def _choose(page: Page, house: House, name: str) -> None:
    page.goto(f"{house.origin}/connect")
    page.get_by_role("button", name=re.compile(name)).click()


def _arrive(page: Page, house: House, name: str) -> None:
    _choose(page, house, name)
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url("**/classes")


def _planned(house: House, page: Page, title: str) -> str:
    """Gather one link and plan it for grade 6; gives the plan's id."""
    page.goto(f"{house.origin}/collections/new")
    page.get_by_label(re.compile("^Title")).fill(title)
    page.get_by_role("button", name="Make the collection").click()
    page.get_by_role("link", name="Link", exact=True).click()
    page.get_by_label(re.compile("^Title")).fill(title)
    page.get_by_label(re.compile("^Address")).fill("https://www.loc.gov/programs/teachers/")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Plan it for classes").click()
    page.get_by_role("group", name="Grades", exact=True).get_by_label("Grade 6", exact=True).check()
    page.get_by_role("button", name="Show me what would happen").click()
    page.wait_for_url(re.compile("/plans/[^/]+$"))
    return page.url.rsplit("/", 1)[1]
