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


def test_a_long_title_is_cut_before_a_small_word() -> None:
    assert said(book(title="Building a boat of the bark", author=[]), Style.MLA)[0] == "(<i>Building a Boat</i>)"
