"""What is planned, taught and thanked with colleagues: each page on a dark phone and a light desktop, with no fault axe finds."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from integration.accounts.sessions import open_session
from integration.desk import Desk
from integration.learning.series import NewSeries, begin_series
from integration.learning.sessions import NewSession, add_session
from integration.partnerships.co_plans import NewCoPlan, plan_together
from integration.partnerships.shelf import entry
from integration.partnerships.thank import thank
from integration.sandbox.world import World
from tests.conftest import Clock
from tests.rooms.partnerships.test_shout_outs import Thanked
from web import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def thanked(desk: Desk, world: World, clock: Clock) -> Thanked:
    at = Thanked(desk, world, clock)
    thank(desk, at.school_id, at.account.id, at.entry)
    return at


@pytest.fixture
def origin(thanked: Thanked, page: Page) -> Iterator[str]:
    """A server at whose pages Maya is signed in."""
    app = create_app(thanked.desk)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    client, name = app.test_client(), app.config["SESSION_COOKIE_NAME"]
    with client.session_transaction() as session:
        session["session"] = open_session(thanked.desk, thanked.account.id)
    cookie = client.get_cookie(name)
    assert cookie is not None
    here = f"http://127.0.0.1:{server.server_port}"
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": here}])
    yield here
    server.shutdown()
    thread.join()


def test_what_was_planned_together_can_be_read_by_everybody(page: Page, glance: Callable[[str], None], thanked: Thanked, origin: str
                                                            ) -> None:
    partner = entry(thanked.desk, thanked.school_id, thanked.entry).partnership_id
    plan_together(thanked.desk, thanked.school_id, partner, NewCoPlan(
        date(2026, 11, 20), "Webb telescope", "Tell a source from an opinion", "Rosa teaches optics; the library brings sources",
        "Three articles", "Exit ticket, 3 questions"))
    for name, path in (("co-plans", ""), ("co-plan-new", "/co-plans/new"), ("thank-her", f"/entries/{thanked.entry}")):
        page.goto(f"{origin}/partnerships/{partner}{path}")
        glance(name)


def test_sessions_for_the_staff_can_be_read_by_everybody(page: Page, glance: Callable[[str], None], thanked: Thanked, origin: str
                                                         ) -> None:
    series = begin_series(thanked.desk, thanked.school_id, NewSeries("Digital Dive", "A webinar a month"))
    add_session(thanked.desk, thanked.school_id, series, NewSession("Databases", date(2026, 11, 3), 45, "All staff", "Slides", 12))
    add_session(thanked.desk, thanked.school_id, series, NewSession("AI and sources", date(2026, 12, 8), 30))
    for name, path in (("pd", "/pd"), ("pd-series", f"/pd/{series}"), ("pd-on-the-page", "/reports/2026-11")):
        page.goto(f"{origin}{path}")
        glance(name)


def test_whether_she_may_be_named_is_answered_by_everybody(page: Page, glance: Callable[[str], None], thanked: Thanked, origin: str
                                                           ) -> None:
    page.goto(f"{origin}/to/thanks/{thanked.secret}")
    expect(page.get_by_role("heading", level=1)).to_have_text("May you be thanked by name?")
    glance("may-she-be-named")
