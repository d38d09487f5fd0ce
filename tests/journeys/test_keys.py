"""The page for the principal and the log with the keyboard alone: everything is reached in the order of the page, and seen."""

import pytest
from playwright.sync_api import Page, expect

from integration.desk import Desk
from integration.partnerships.shelf import entries, partnerships
from integration.sandbox.world import World
from tests.journeys.test_points import signed_in
from tests.rooms.reports.years import Year, a_year

pytestmark = pytest.mark.browser
NUMBERED = """() => {
    const shown = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])')]
        .filter(each => each.type !== 'hidden' && each.checkVisibility());
    const names = new Set();
    return shown.filter(each => each.type !== 'radio' || !names.has(each.name) && names.add(each.name))
        .map((each, at) => (each.dataset.walked = each.type === 'radio' ? each.name : at, each.dataset.walked));
}"""
"""Numbers all that can be used; of radio buttons their group, in which arrows move."""
HERE = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const named = at.type === 'radio' ? at.name : at.dataset.walked;
    // Chromium marks the day, the month or the year of a date itself.
    const outlined = at.type === 'date' || [at, ...at.labels ?? []].some(each => {
        const look = getComputedStyle(each);
        return parseFloat(look.outlineWidth) >= 2 && look.outlineStyle !== 'none';
    });
    return [named ?? '', outlined, box.bottom > 0 && box.top < innerHeight];
}"""


def walk(page: Page) -> list[str]:
    """Tab from the top to the end of what is on the page; what was passed, each with its focus seen."""
    wanted, passed = page.evaluate(NUMBERED), list[str]()
    for _ in range(len(wanted) + 60):
        page.keyboard.press("Tab")
        named, is_outlined, is_in_view = page.evaluate(HERE)
        if named:
            assert is_outlined and is_in_view, f"the focus is not seen on {page.evaluate('document.activeElement.outerHTML')[:300]}"
            passed += [named] if passed[-1:] != [named] else []  # a day is typed in three places of one field
        if named == wanted[-1]:
            break
    assert passed == wanted
    return passed


def tab_to(page: Page, words: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        if said.startswith(words):
            return
    raise AssertionError(f"“{words}” is not reached with the Tab key")


def test_every_figure_of_the_report_is_reached_and_opened_with_keys(page: Page, desk: Desk, world: World) -> None:
    year = a_year(desk, world, 3, classes=8, posts=12, entries=8)
    with signed_in(page, desk, year.account) as here:
        page.goto(f"{here}/reports/2026")
        assert len(walk(page)) > 20
        page.goto(f"{here}/reports/2026")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.href ?? ''").endswith("/list/classes"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("classes reached")
        walk(page)


def test_something_is_written_into_the_log_with_keys(page: Page, desk: Desk, world: World) -> None:
    year: Year = a_year(desk, world, 3, classes=8, posts=0, entries=6)
    card = partnerships(desk, year.school_id)[0]
    with signed_in(page, desk, year.account) as here:
        page.goto(f"{here}/partnerships/{card.id}")
        walk(page)
        page.goto(f"{here}/partnerships/{card.id}")
        tab_to(page, "What you did")
        page.keyboard.type("Citation workshop")
        tab_to(page, "Minutes")
        page.keyboard.type("45")
        tab_to(page, "Write it down")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Written down.")).to_be_visible()
    newest = entries(desk, year.school_id, card.id)[0]
    assert (newest.activity, newest.minutes) == ("Citation workshop", 45)
