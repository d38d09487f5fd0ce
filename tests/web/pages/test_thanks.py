"""From the log to a thank-you, the teacher's yes by its link, and her name in the newsletter; without an account or a script."""

import html
import re
from datetime import date

from sqlalchemy import select

from integration.desk import Desk
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.partnerships.log import HandEntry, write
from integration.partnerships.shelf import entry
from integration.partnerships.shout_outs import shout_out
from tests import make
from tests.conftest import Clock
from tests.web.pages.conftest import Browser
from web import create_app

NONCE, WORDS = re.compile(r'name="nonce" value="([^"]+)"'), re.compile(r'name="words" value="([^"]+)"')


def address(desk: Desk) -> str:
    with desk.transaction() as session:
        row = session.scalars(select(LetterLink).where(LetterLink.opens.startswith("thanks:"))).one()
        return link_address(session, desk.settings, row.id).removeprefix(desk.settings.origin)


def done(her: Browser) -> tuple[str, str]:
    """Something done with Rosa Gomez: the entry's id, and its page."""
    school_id = her.account.school_id
    id = write(her.desk, school_id, HandEntry(make.teacher(her.desk, school_id).id, date(2026, 11, 10), "Maps & <b>scales", 20))
    return id, f"/partnerships/{entry(her.desk, school_id, id).partnership_id}/entries/{id}"


def test_she_is_asked_says_yes_and_may_take_it_back(empty: Browser, clock: Clock) -> None:
    id, page = done(empty)
    assert "Write a thank-you" in empty.get(page).text
    answer = empty.send(f"{page}/thanks")
    assert answer.status_code == 303 and answer.location.startswith("/letters/")
    assert "She has not said yes" in empty.get(page).text
    teacher, path = create_app(empty.desk).test_client(), address(empty.desk)
    shown = teacher.get(path).text
    nonce, words = NONCE.search(shown), WORDS.search(shown)
    assert nonce is not None and words is not None and "<b>scales" not in shown
    said = {"nonce": nonce[1], "words": html.unescape(words[1]), "said": "yes"}
    assert teacher.post(path, data=said).status_code == 422
    clock.forward(seconds=5)
    assert teacher.post(path, data={**said, "said": ""}).status_code == 422
    assert teacher.post(path, data=said).status_code == 303
    assert "You said yes." in teacher.get(path).text and "She said yes to these words" in empty.get(page).text
    assert empty.send(f"{page}/thanks/unsay").status_code == 303 and "She is not to be named." in empty.get(page).text
    card = shout_out(empty.desk, empty.account.school_id, id)
    assert card is not None and card.state == "declined"


def test_a_guessed_link_shows_the_polite_page(empty: Browser) -> None:
    assert create_app(empty.desk).test_client().get("/to/thanks/guessed").status_code == 404
