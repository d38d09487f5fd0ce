"""What holds for a letter of every kind: both its twins lead to the same places, and nothing in it is fetched."""

import re

import pytest

from integration.letters.models import Kind
from tests.every_letter import LETTERS, dressed

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def test_there_is_a_letter_of_every_kind() -> None:
    assert set(LETTERS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_both_twins_have_the_same_links(kind: Kind) -> None:
    letter = dressed(kind)
    seen = {each.replace("&amp;", "&") for each in ADDRESS.findall(letter.html)}
    assert set(ADDRESS.findall(letter.text)) == seen
    assert {each.replace("&amp;", "&") for each in re.findall(r'href="([^"]*)"', letter.html)} <= seen


@pytest.mark.parametrize("kind", list(Kind))
def test_both_twins_have_the_same_words_and_nothing_is_fetched(kind: Kind) -> None:
    letter = dressed(kind)
    for part in LETTERS[kind].parts:
        for line in filter(None, (part.title, *part.lines)):
            assert line in letter.text
    assert not re.search(r"<(img|script|link|iframe)|url\(", letter.html)
