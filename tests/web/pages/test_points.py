"""The talking points in a browser: read, printed, changed."""

import re

import pytest

from integration.desk import Desk
from integration.reports.points import guidelines
from integration.sandbox.world import World
from tests.rooms.reports.years import a_year
from tests.web.pages.conftest import Browser, browser

HREF = re.compile(r'href="(/reports/2026/list/[^"]+)"')


@pytest.fixture
def her(desk: Desk, world: World) -> Browser:
    return browser(desk, a_year(desk, world, 1, classes=6, posts=6, entries=8).account)


def test_each_line_has_its_source_and_opens_the_list_behind_its_number(her: Browser) -> None:
    page = her.get("/reports/2026/points").text
    assert all(each.name in page and each.by in page for each in guidelines())
    assert len(set(HREF.findall(page))) == len(guidelines())
    assert [address for address in HREF.findall(page) if her.get(address).status_code != 200] == []
    assert "/reports/2026/points" in her.get("/reports/2026").text


def test_she_changes_an_ask_and_leaves_a_guideline_out(her: Browser) -> None:
    keep = [each.key for each in guidelines()][1:]
    asks = {f"ask-{each.key}": each.ask for each in guidelines()} | {"ask-frl-partnerships": "A seat <b>at</b> the table."}
    assert her.send("/reports/2026/points", {**asks, "keep": keep}).status_code == 303
    page = her.get("/reports/2026/points").text
    assert "A seat &lt;b&gt;at&lt;/b&gt; the table." in page
    assert f"<h2>{guidelines()[0].name}</h2>" not in page and f"<h2>{guidelines()[1].name}</h2>" in page
    assert her.send("/reports/2026/points", {**asks, "ask-frl-partnerships": "x" * 301, "keep": keep}).status_code == 422


def test_the_pdf_comes_as_one_and_a_period_there_is_not_says_so(her: Browser) -> None:
    assert her.get("/reports/2026/points.pdf").content_type == "application/pdf"
    assert her.get("/reports/2026-13/points").status_code == 404


def test_a_month_without_anything_says_so(empty: Browser) -> None:
    assert "no number to set beside a guideline yet" in empty.get("/reports/2026-11/points").text
