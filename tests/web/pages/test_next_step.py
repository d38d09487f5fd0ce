"""The page of a delivery offers the one thing she can do about it, and nothing else."""

import pytest
from sqlalchemy import update

from integration.delivery.ledger import deliveries
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.rooms.delivery.makers import Library
from tests.web.pages.conftest import Browser, browser


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


@pytest.fixture
def lena(library: Library) -> Browser:
    return browser(library.desk, library.account)


def page_of_one(library: Library, lena: Browser, state: S) -> str:
    library.own_class()
    library.accepted()
    with library.desk.transaction() as session:
        session.execute(update(Delivery).values(state=state))
    [card] = deliveries(library.desk, library.school_id)
    return lena.get(f"/deliveries/{card.id}").text


@pytest.mark.parametrize("state", [S.FAILED, S.SKIPPED, S.EXPIRED, S.NEEDS_HUMAN])
def test_what_can_be_tried_again_has_the_button(library: Library, lena: Browser, state: S) -> None:
    page = page_of_one(library, lena, state)
    assert "Try again" in page and "Connect again" not in page


def test_what_waits_for_a_connection_leads_to_it(library: Library, lena: Browser) -> None:
    page = page_of_one(library, lena, S.PAUSED_AUTH)
    assert '<a class="button button-main" href="/connect">Connect again</a>' in page and "/retry" not in page


@pytest.mark.parametrize("state", [S.READY, S.PUBLISHED, S.CANCELLED, S.REMOVED, S.PAUSED_GOOGLE])
def test_what_goes_on_by_itself_or_is_over_has_neither(library: Library, lena: Browser, state: S) -> None:
    page = page_of_one(library, lena, state)
    assert "Connect again" not in page and "/retry" not in page
