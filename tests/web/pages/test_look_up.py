"""She looks a source up on the page, corrects what was found, and only then keeps it; an installation may switch that off."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from integration.desk import open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.world import World
from integration.workshops.shelf import sources
from tests import make
from tests.conftest import Bell, Clock
from tests.rooms.outside.server import Page, Served, serving
from tests.rooms.workshops.test_look_up import BOOKS, FOX, ISBN
from tests.watching import open_watched
from tests.web.pages.conftest import Browser, browser


@pytest.fixture
def served() -> Iterator[Served]:
    with serving({BOOKS: Page(json.dumps({f"ISBN:{ISBN}": FOX}), type="application/json")}) as one:
        yield one


@pytest.fixture
def nora(settings: Settings, engine: Engine, world: World, bell: Bell, clock: Clock, served: Served) -> Browser:
    asked = settings.model_copy(update={"lookup_networks": "127.0.0.1/32", "open_library_url": served.root})
    desk = open_desk(asked, ring=bell, wire=WsgiWire(open_watched(world)), engine=engine, now=clock)
    return browser(desk, make.account(desk, world, world.add_person("nora@juniper.example", "Nora Empty")))


def test_what_was_found_stands_in_the_form_and_is_kept_only_when_she_adds_it(nora: Browser) -> None:
    shown = nora.send("/sources/look-up", {"what": ISBN})
    assert shown.status_code == 200 and "Found in Open Library" in shown.text
    assert 'value="Fantastic Mr. Fox: a tale"' in shown.text and "Dahl, Roald" in shown.text and 'value="1988"' in shown.text
    assert sources(nora.desk, nora.account.school_id) == []
    nora.send("/sources", {"kind": "book", "title": "Fantastic Mr. Fox", "authors": "Dahl, Roald", "isbn": ISBN, "date": "1988"})
    assert [one.title for one in sources(nora.desk, nora.account.school_id)] == ["Fantastic Mr. Fox"]


def test_what_was_not_found_is_said_above_a_form_that_keeps_what_she_gave(nora: Browser, served: Served) -> None:
    served.pages[BOOKS] = Page("{}", type="application/json")
    shown = nora.send("/sources/look-up", {"what": ISBN})
    assert "no book with this ISBN" in shown.text and f'value="{ISBN}"' in shown.text


def test_a_wrong_isbn_is_said_beside_the_field_and_nobody_is_asked(nora: Browser, served: Served) -> None:
    shown = nora.send("/sources/look-up", {"what": "9780140328722"})
    assert shown.status_code == 422 and "does not fit the others" in shown.text and 'value="9780140328722"' in shown.text
    assert served.asked == []


def test_an_installation_that_asks_nothing_outside_says_so_and_has_no_such_form(empty: Browser) -> None:
    off = empty.desk.settings.model_copy(update={"lookups": "off"})
    shut = browser(open_desk(off, ring=empty.desk.ring, wire=empty.desk.wire()), empty.account)
    shown = shut.get("/sources/new").text
    assert "switched off in this installation" in shown and "/sources/look-up" not in shown
    assert shut.send("/sources/look-up", {"what": ISBN}).status_code == 403
    assert "looking sources up is switched off here" in shut.get("/privacy").text
    assert "an ISBN to Open Library" in empty.get("/privacy").text
