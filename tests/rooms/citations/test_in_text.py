"""A source is named in the text as each style guide asks."""

from typing import Any

import pytest

from integration.citations.in_text import in_text
from integration.citations.styles import Style
from integration.citations.tidy import tidy


def person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


def book(*people: dict[str, str], title: str = "The omnivore's dilemma: a natural history", **more: Any) -> dict[str, Any]:
    return {"id": "a", "type": "book", "title": title, "author": list(people), "publisher": "Knopf",
            "issued": {"date-parts": [[2007]]}, **more}


POLLAN, TRAN, BELL, RUIZ = person("Pollan", "Michael"), person("Tran", "Mia"), person("Bell", "Jon"), person("Ruiz", "Ana")
PAGE = {"id": "a", "type": "webpage", "title": "The water cycle", "container-title": "Kids Geo", "URL": "https://kidsgeo.example/w",
        "accessed": {"date-parts": [[2026, 1, 12]]}}


def said(item: dict[str, Any], style: Style, page: str = "") -> tuple[str, str]:
    [one] = in_text([tidy(item)], style, page=page)
    return one.html, one.in_sentence


@pytest.mark.parametrize(("style", "form", "in_sentence"), [
    (Style.MLA, "(Pollan 23)", "(23)"), (Style.APA, "(Pollan, 2007, p. 23)", "(2007, p. 23)"),
    (Style.CHICAGO_NOTE, "Pollan, <i>Omnivore’s Dilemma</i>, 23.", ""),
])
def test_one_author(style: Style, form: str, in_sentence: str) -> None:
    assert said(book(POLLAN), style, "23") == (form, in_sentence)


def test_two_authors_are_joined_as_the_style_joins_them() -> None:
    assert [said(book(TRAN, BELL), style)[0] for style in (Style.MLA, Style.APA, Style.CHICAGO_NOTE)] == [
        "(Tran and Bell)", "(Tran &amp; Bell, 2007)", "Tran and Bell, <i>Omnivore’s Dilemma</i>."]


def test_three_authors_are_the_first_and_others() -> None:
    assert [said(book(RUIZ, TRAN, BELL), style)[0] for style in (Style.MLA, Style.APA)] == ["(Ruiz et al.)", "(Ruiz et al., 2007)"]


def test_without_an_author_the_title_stands() -> None:
    assert [said(PAGE, style)[0] for style in (Style.MLA, Style.APA, Style.CHICAGO_NOTE)] == [
        "(“Water Cycle”)", "(<i>The Water Cycle</i>, n.d.)", "“Water Cycle.”"]


def test_pages_and_both_years_in_apa() -> None:
    frankenstein = book(person("Shelley", "Mary"), title="Frankenstein", **{"original-date": {"date-parts": [[1818]]}})
    assert said(frankenstein, Style.APA, "23–25")[0] == "(Shelley, 1818/2007, pp. 23–25)"


def test_what_readers_cannot_look_up_apa_names_in_the_text_only() -> None:
    email = {"id": "a", "type": "personal_communication",
             "author": [person("Quinn", "Tess")], "issued": {"date-parts": [[2026, 2, 2]]}}
    assert said(email, Style.APA)[0] == "(T. Quinn, personal communication, February 2, 2026)"


@pytest.mark.parametrize(("title", "short"), [
    ("Building a boat of the old bark", "Building a Boat"), ("Lost in the solar system", "Lost in the Solar System"),
    ("Diary of a wimpy kid", "Diary of a Wimpy Kid"), ("The secret life of bees in winter", "Secret Life of Bees"),
    ("The lion, the witch and the wardrobe", "Lion, the Witch"), ("Dr. Seuss goes to war", "Dr. Seuss Goes to War"),
    ("U.S. history for kids", "U.S. History for Kids"), ("Why the sky turns red when the sun goes down", "Why the Sky Turns Red"),
    ("The hungry caterpillar eats everything it sees", "Hungry Caterpillar Eats Everything It Sees"),
    ("The magic school bus: Lost in the solar system", "Magic School Bus"), ("Is it alive? A book of riddles", "Is It Alive?")])
def test_a_title_is_shortened_at_the_end_of_a_phrase_or_not_at_all(title: str, short: str) -> None:
    assert said(book(title=title, author=[]), Style.MLA)[0] == f"(<i>{short}</i>)"


def test_a_note_has_no_full_stop_after_a_question_mark() -> None:
    asked = book(POLLAN, title="How do bees find home?")
    assert said(asked, Style.CHICAGO_NOTE)[0] == "Pollan, <i>How Do Bees Find Home?</i>"
    assert said(asked, Style.CHICAGO_NOTE, "9")[0] == "Pollan, <i>How Do Bees Find Home?</i>, 9."
