"""Every entry of the open bank is printed as its style guide asks."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from integration.citations.cite import Citation, cite
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.errors import Invalid

BANK: list[dict[str, Any]] = json.loads((Path(__file__).parent / "bank_open.json").read_text())


@pytest.fixture(scope="session")
def printed() -> dict[tuple[str, Style], Citation]:
    """The whole bank in every form, four calls of the engine."""
    return {(one.id, style): one for style in Style for one in cite([entry["item"] for entry in BANK], style, labelled=True)}


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("entry", BANK, ids=[entry["kind"] for entry in BANK])
def test_it_is_printed_as_the_guide_asks(entry: dict[str, Any], style: Style, printed: dict[tuple[str, Style], Citation]) -> None:
    citation, expected = printed[entry["item"]["id"], style], entry["expect"][style.value]
    if expected is None:
        assert (citation.html, citation.why_not != "") == ("", True)
    else:
        assert evened(citation.html) in [evened(each) for each in expected]


def test_the_bank_holds_sixty_kinds_in_four_forms() -> None:
    assert len({entry["kind"] for entry in BANK}) >= 60
    assert all(set(entry["expect"]) == {style.value for style in Style} and entry["source"] for entry in BANK)


def test_the_fields_are_told_apart() -> None:
    [book] = cite([{"id": "a", "type": "book", "title": "Beloved", "author": [{"family": "Morrison", "given": "Toni"}],
                    "publisher": "Knopf", "issued": {"date-parts": [[1987]]}}], Style.MLA, labelled=True)
    assert [(span.field, span.text) for span in book.entry if span.field] == [
        ("author", "Morrison, Toni"), ("title", "Beloved"), ("publisher", "Knopf"), ("date", "1987")]


def test_marking_the_fields_changes_no_letter(printed: dict[tuple[str, Style], Citation]) -> None:
    for style in Style:
        for one in cite([entry["item"] for entry in BANK], style):
            assert text_of(printed[one.id, style].entry) == one.text


def test_what_apa_does_not_list_is_answered_with_the_reason() -> None:
    [talk] = cite([{"id": "a", "type": "interview", "author": [{"family": "Greene", "given": "Walter"}],
                    "issued": {"date-parts": [[2026, 1, 20]]}}], Style.APA)
    assert talk.html == ""
    assert "APA lists no personal interviews" in talk.why_not


def test_markup_in_a_title_is_printed_not_obeyed() -> None:
    [page] = cite([{"id": "a", "type": "book", "title": "The <b> tag & *stars*"}], Style.APA)
    assert page.text.startswith("The <b> tag & *stars*")
    assert "&lt;b&gt;" in page.html


def test_a_repeated_author_is_not_a_dash() -> None:
    both = [{"id": id, "type": "book", "title": title, "author": [{"family": "Sachar", "given": "Louis"}]}
            for id, title in (("a", "Holes"), ("b", "Small steps"))]
    assert [one.text for one in cite(both, Style.MLA)] == ["Sachar, Louis. Holes.", "Sachar, Louis. Small Steps."]


def test_a_day_that_does_not_exist_is_said() -> None:
    with pytest.raises(Invalid, match="no such day as 2024-2-30"):
        cite([{"id": "a", "type": "book", "title": "Holes", "issued": {"date-parts": [[2024, 2, 30]]}}], Style.MLA)


def evened(text: str) -> str:
    """The entry with straight quotes, plain hyphens, and stops outside the italics."""
    text = html.unescape(text).translate(str.maketrans("–’‘“”", "-''\"\""))
    return re.sub(r"\s+", " ", re.sub(r"([.,?!])</i>", r"</i>\1", text)).strip()
