"""A proposal as its teacher opens it on her phone: without an account, and without a fault that axe finds."""

from collections.abc import Callable
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from integration.desk import Desk
from integration.sandbox.world import World
from tests.rooms.partnerships.test_propose import Offer
from web import create_app

pytestmark = pytest.mark.browser


def test_a_proposal_can_be_read_and_answered_by_everybody(page: Page, look: Callable[[str], None], desk: Desk, world: World
                                                            ) -> None:
    offer = Offer(desk, world)
    offer.make()
    server = make_server("127.0.0.1", 0, create_app(desk), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/to/proposal/{offer.secret()}")
        look("proposal")
    finally:
        server.shutdown()
        thread.join()
