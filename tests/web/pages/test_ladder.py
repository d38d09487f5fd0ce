"""A librarian changes what her grades must give."""

from integration.workshops.ladders import ladder
from tests.web.pages.conftest import Browser

SAID = {"rungs.2": "title, author", "says.2": "Title and author.", "style": "mla9", "subjects.science": "apa7",
        "subjects_from": "8"}


def test_she_keeps_her_own_ladder(maya: Browser) -> None:
    maya.send("/ladder", SAID)
    kept = ladder(maya.desk, maya.account.school_id)
    assert ([*kept.rungs], kept.rungs["2"].parts, kept.style_for("8", "science").value) == (["2"], ("title", "author"), "apa7")


def test_what_cannot_be_kept_is_said_beside_what_she_typed(maya: Browser) -> None:
    answer = maya.send("/ladder", {**SAID, "rungs.2": "title, isbn"})
    assert (answer.status_code, "“isbn” is no part" in answer.text, "title, isbn" in answer.text) == (422, True, True)
