"""What came too late, on the page of pauses and in the API."""

import pytest

from integration.accounts.personal_tokens import create_token
from integration.delivery.ledger import deliveries
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.test_late import fallen_due_during_a_pause
from tests.web.api.asking import Script
from tests.web.pages.conftest import Browser, browser


@pytest.fixture
def lena(desk: Desk, world: World, clock: Clock) -> Browser:
    """Lena, with three posts for her one class that fell due during a pause."""
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    library = Library(desk, world, person, make.account(desk, world, person))
    library.own_class()
    fallen_due_during_a_pause(library, clock)
    return browser(desk, library.account)


def states(lena: Browser) -> list[str]:
    return sorted(card.state for card in deliveries(lena.desk, lena.account.school_id))


def test_each_and_all_are_offered_on_the_page_she_resumes_on(lena: Browser) -> None:
    assert "Came too late" in lena.get("/").text
    shown = lena.get("/pauses").text
    assert shown.count(">Post it<") == shown.count(">Leave it out<") == 3 and "Post all, calmly" in shown
    first = next(card for card in deliveries(lena.desk, lena.account.school_id) if card.title == "Rivers")
    assert lena.send("/late/leave-out", {"delivery": first.id}).status_code == 303
    assert "1 post is left out." in lena.get("/pauses").text
    assert lena.send("/late/post").status_code == 303
    shown = lena.get("/pauses").text
    assert "2 posts go out one after the other" in shown and "What came too late" not in shown
    assert states(lena) == ["cancelled", "ready", "ready"]


def test_each_and_all_are_offered_in_the_api(lena: Browser) -> None:
    her = Script(lena.client, create_token(lena.desk, lena.account.id), lena.account)
    listed = her.get("/late").json
    assert listed is not None and [each["title"] for each in listed["items"]] == ["Volcanoes", "Rivers", "Webb"]
    assert her.post("/late/post", {"delivery_ids": [listed["items"][0]["id"]]}).json == {"going": 1, "asked": 0, "refused": 0}
    assert her.post("/late/leave-out").json == {"left_out": 2}
    assert states(lena) == ["cancelled", "cancelled", "ready"]
