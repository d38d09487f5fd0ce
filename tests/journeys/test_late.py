"""What came too late, on the page she resumes on: as a picture, and without a fault that axe finds."""

from collections.abc import Callable
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from integration.desk import Desk
from integration.sandbox.world import World
from integration.week.holidays import add_holiday
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.test_late import THURSDAY, fallen_due_during_a_pause
from tests.web.pages.conftest import browser

pytestmark = pytest.mark.browser


def test_what_came_too_late_can_be_read_and_answered_by_everybody(page: Page, look: Callable[[str], None], desk: Desk, world: World,
                                                                   clock: Clock) -> None:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    library = Library(desk, world, person, make.account(desk, world, person))
    library.own_class("Interdisciplinary Humanities and Environmental Science Honors Seminar, Grade 6")
    fallen_due_during_a_pause(library, clock)
    add_holiday(desk, library.school_id, "Winter break", THURSDAY.date().replace(day=21), THURSDAY.date().replace(day=31))
    lena = browser(desk, library.account)
    cookie = lena.client.get_cookie("throughline")
    assert cookie is not None
    server = make_server("127.0.0.1", 0, lena.client.application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        at = f"http://127.0.0.1:{server.server_port}"
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": at}])
        page.goto(f"{at}/pauses")
        expect(page.get_by_role("heading", name="What came too late")).to_be_visible()
        look("pauses-late")
        page.get_by_role("button", name="Post all, calmly").click()
        expect(page.get_by_text("one after the other")).to_be_visible()
        look("pauses-resumed")
    finally:
        server.shutdown()
        thread.join()
