"""The Monday brief of a busy and of a quiet week, as a mail program shows it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from integration.letters.dress import dress
from integration.week.brief import brief_words
from integration.week.findings import Finding, Findings
from integration.week.occasions import suggestion

pytestmark = pytest.mark.browser

BUSY = Findings(
    classes=25, not_reached=("Amy Chen", "Luis Ortega"), suggestion=suggestion(date(2027, 3, 8), ()), is_occasion=True,
    needs_you=(Finding("Rosa Gomez asks: Could you help with sources for the volcano unit?", "/teachers"),
               Finding("“Subject Spotlight” could not be posted in time. Shall it still be?", "/series/1"),
               Finding("2 letters wait for you to look at.", "/letters")),
    changed=(Finding("7th Grade Science B is new; its grade is a guess.", "/classes/1"),
             Finding("ELA 8: The class was archived in Classroom; nothing can be posted there.", "/classes/2")),
    edited=(Finding("“Volcanoes” in 6th Grade Science was changed by the teacher; it stays as she wrote it.", "/deliveries/1"),),
    waiting=(Finding("3 posts wait for a teacher’s answer in 3 classes, the oldest since March 1.", "/deliveries?state=waiting"),),
    failed=(Finding("“Rivers” in Grade 6 Library: Google refused it. Try it again, or look into the class.", "/deliveries/2"),))
QUIET = Findings(25, (), (), (), (), (), (), "", is_occasion=False)


@pytest.mark.parametrize(("name", "found"), (("brief-busy", BUSY), ("brief-quiet", QUIET)))
def test_a_brief_can_be_read_by_everybody(page: Page, look: Callable[[str], None], tmp_path: Path, name: str, found: Findings
                                          ) -> None:
    words = brief_words(found, "https://library.example", "2027-W10")
    letter = tmp_path / f"{name}.html"
    letter.write_text(dress(words.subject, words.parts, {}).html, encoding="utf-8")
    page.goto(letter.as_uri())
    look(name)
