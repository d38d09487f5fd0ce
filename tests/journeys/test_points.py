"""The talking points, the curriculum map, her journal and how a partnership goes: as pictures, without a fault that axe finds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from integration.accounts.models import Account
from integration.desk import Desk
from integration.partnerships.log import begin
from integration.partnerships.spreadsheet import read_sheet
from integration.sandbox.world import World
from integration.workshops.bring_map import bring_map
from tests import make
from tests.rooms.reports.years import a_year, empty_year
from tests.web.pages.conftest import browser

pytestmark = pytest.mark.browser
MAP = ("unit,grade,subject,starts,ends,topics\nCivil War,8,Social studies,2027-02-02,2027-02-20,causes; letters\n"
       "Interdisciplinary research on watersheds and their communities,6-8,,2027-01-11,2027-01-29,\n")


@contextmanager
def signed_in(page: Page, desk: Desk, account: Account) -> Iterator[str]:
    """A server at whose pages she is signed in; its address."""
    lena = browser(desk, account)
    cookie = lena.client.get_cookie("throughline")
    assert cookie is not None
    server = make_server("127.0.0.1", 0, lena.client.application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}"
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": here}])
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()


def test_what_she_says_and_brings_can_be_read_by_everybody(page: Page, glance: Callable[[str], None], desk: Desk, world: World
                                                           ) -> None:
    year = a_year(desk, world, 1, classes=6, posts=6, entries=8)
    bring_map(desk, year.school_id, read_sheet(MAP.encode()))
    with signed_in(page, desk, year.account) as here:
        page.goto(f"{here}/reports/2026/points")
        expect(page.get_by_role("heading", name="Position Statement on School Library Scheduling")).to_be_visible()
        glance("points")
        page.goto(f"{here}/curriculum")
        expect(page.get_by_text("Civil War").first).to_be_visible()
        glance("curriculum")


def test_what_she_keeps_for_herself_can_be_read_by_her(page: Page, glance: Callable[[str], None], desk: Desk, world: World) -> None:
    account = empty_year(desk, world).account
    partner = begin(desk, account.school_id, make.teacher(desk, account.school_id).id)
    with signed_in(page, desk, account) as here:
        page.goto(f"{here}/partnerships/{partner}/health")
        expect(page.get_by_text("Planning: no time set")).to_be_visible()
        glance("partnership-health")
        page.goto(f"{here}/reflections")
        page.get_by_label("Your answer").fill("Rosa and I plan on Tuesdays.\nIt works.")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("Rosa and I plan on Tuesdays.")).to_be_visible()
        glance("reflections")
