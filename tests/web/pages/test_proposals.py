"""A proposal from the librarian's form to the teacher's answer, without a script and without an account."""

import re

from integration.courses.shelf import courses
from integration.desk import Desk
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.partnerships.proposals import proposals
from tests.conftest import Clock
from tests.web.pages.conftest import Browser
from web import create_app

NONCE = re.compile(r'name="nonce" value="([^"]+)"')


def address(desk: Desk) -> str:
    with desk.transaction() as session:
        row = session.query(LetterLink).filter(LetterLink.opens.startswith("proposal:")).one()
        return link_address(session, desk.settings, row.id).removeprefix(desk.settings.origin)


def test_a_proposal_is_made_and_answered(maya: Browser, clock: Clock) -> None:
    card = next(card for card in courses(maya.desk, maya.account.school_id) if card.mode == "co-taught" and card.teachers)
    made = maya.send("/proposals", {
        "teacher": card.teachers[0].id, "course_id": card.id, "activity": "Citation workshop", "on": "2026-12-03", "minutes": "20",
        "who": "I teach it, you bring the class.", "ready": "Slides."})
    assert made.status_code == 303
    teacher, path = create_app(maya.desk).test_client(), address(maya.desk)
    nonce = NONCE.search(teacher.get(path).text)
    assert nonce is not None and proposals(maya.desk, maya.account.school_id)[0].state == "open"
    said = {"nonce": nonce[1], "said": "accepted", "minutes": "30", "on": "", "word": "Room 12"}
    assert teacher.post(path, data=said).status_code == 422
    clock.forward(seconds=5)
    assert teacher.post(path, data=said).status_code == 303
    assert "You said yes, with your changes." in teacher.get(path).text
    shown = maya.get("/proposals").text
    assert "Yes, with changes" in shown and "Room 12" in shown and "30 minutes" in shown


def test_a_proposal_with_mistakes_comes_back(maya: Browser) -> None:
    card = next(card for card in courses(maya.desk, maya.account.school_id) if card.teachers)
    answer = maya.send("/proposals", {"teacher": card.teachers[0].id, "on": "2026-12-03", "minutes": "0", "activity": "x"})
    assert answer.status_code == 422 and "Say it in a few words." in answer.text


def test_a_guessed_link_shows_the_polite_page(maya: Browser) -> None:
    assert create_app(maya.desk).test_client().get("/to/proposal/guessed").status_code == 404
