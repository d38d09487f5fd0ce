"""A kept log is brought on a page: look first, say which column is what, bring it; and a colleague without a class."""

import io
import re
from html import unescape

import pytest

from integration.desk import Desk
from integration.partnerships.shelf import entries, partnerships
from tests import make
from tests.web.pages.conftest import Browser

SHEET = b"When,Whom,What\n2026-11-03,Gomez,Book talk\nnever,Gomez,Nothing\n2026-11-04,Dana Novak,Planned a unit\n"


@pytest.fixture
def her(desk: Desk, empty: Browser) -> Browser:
    make.teacher(desk, empty.account.school_id, name="Rosa Gomez")
    return empty


def packed(page: str) -> str:
    found = re.search(r'name="packed" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_it_is_looked_at_first_and_brought_once(desk: Desk, her: Browser) -> None:
    seen = her.send("/partnerships/bring-a-log", {"file": (io.BytesIO(SHEET), "log.csv")})
    assert seen.status_code == 200 and entries(desk, her.account.school_id) == []
    assert "Choose" in seen.text and "Book talk" in seen.text
    said = {"packed": packed(seen.text), "column_date": "0", "column_teacher": "1", "column_activity": "2", "newcomers": "yes"}
    looked = her.send("/partnerships/bring-a-log", {**said, "do": "look"})
    assert "2 entries would come in" in looked.text and entries(desk, her.account.school_id) == []
    done = her.send("/partnerships/bring-a-log", {**said, "do": "bring"})
    assert "2 entries brought" in done.text and "“never” is not a day" in done.text
    assert len(entries(desk, her.account.school_id)) == 2
    again = her.send("/partnerships/bring-a-log", {"file": (io.BytesIO(SHEET), "log.csv")})
    assert "in the log already" in again.text, "the columns were remembered"


@pytest.mark.parametrize("given", [{}, {"packed": "x"}, {"packed": "eJw="}, {"file": (io.BytesIO(b"PK\x03\x04"), "log.xlsx")}])
def test_what_cannot_be_read_is_asked_for_again(her: Browser, given: dict[str, object]) -> None:
    assert her.send("/partnerships/bring-a-log", given).status_code == 422


def test_a_partnership_begins_with_somebody_who_has_no_class_in_classroom(desk: Desk, her: Browser) -> None:
    her.send("/partnerships", {"name": "Dana Novak"})
    her.send("/partnerships", {"name": " Dana  Novak "})
    [card] = partnerships(desk, her.account.school_id)
    assert card.teacher == "Dana Novak"
    her.send(f"/partnerships/{card.id}/entries", {"on": "2026-11-03", "activity": "Book club"})
    assert "Book club" in her.get(f"/partnerships/{card.id}").text
    assert "Dana Novak" not in her.get("/teachers").text


def test_the_grid_and_who_is_not_reached_yet_are_on_a_page(maya: Browser) -> None:
    page = maya.get("/reach/coverage").text
    assert "Begin with one." in page and "none yet" in page
