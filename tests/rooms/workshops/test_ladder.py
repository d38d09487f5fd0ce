"""Below grade 6 a source is written in the ladder's own form; from 6 on in a whole style."""

import pytest

from integration.citations.ladder import STANDARD
from integration.citations.spans import html_of
from integration.citations.styles import Style
from integration.workshops.ladder import printed
from tests.rooms.workshops.makers import BOOK, PAGE

BOOKS = {
    "K": "<i>The Magic School Bus: Lost in the Solar System</i>. Joanna Cole.",
    "1": "Joanna Cole. <i>The Magic School Bus: Lost in the Solar System</i>.",
    "2": "Joanna Cole. <i>The Magic School Bus: Lost in the Solar System</i>. 2001.",
    "3": "Cole, Joanna. <i>The Magic School Bus: Lost in the Solar System</i>. 2001.",
    "4": "Cole, Joanna. <i>The Magic School Bus: Lost in the Solar System</i>. Scholastic. 2001.",
    "7": "Cole, Joanna. <i>The Magic School Bus: Lost in the Solar System</i>. Scholastic, 2001.",
}
PAGES = {
    "1": "Ana Lopez. “New Toys for Rainy Days.” <i>Toy World</i>.",
    "3": "Lopez, Ana. “New Toys for Rainy Days.” <i>Toy World</i>. 2020. toys.example/new.",
    "5": "Lopez, Ana. “New Toys for Rainy Days.” <i>Toy World</i>. 4 Mar. 2020. toys.example/new.",
}


@pytest.mark.parametrize(("grade", "expected"), BOOKS.items())
def test_a_book_is_written_as_its_grade_writes_it(grade: str, expected: str) -> None:
    assert html_of(printed([BOOK], STANDARD.rung(grade), Style.MLA)[0]) == expected


@pytest.mark.parametrize(("grade", "expected"), PAGES.items())
def test_a_page_is_written_as_its_grade_writes_it(grade: str, expected: str) -> None:
    assert html_of(printed([PAGE], STANDARD.rung(grade), Style.MLA)[0]) == expected


def test_two_people_are_both_named_and_only_the_first_is_turned() -> None:
    two = {**BOOK, "author": [{"family": "Morris", "given": "Thomas"}, {"family": "Smith", "given": "George"}]}
    assert html_of(printed([two], STANDARD.rung("5"), Style.MLA)[0]).startswith("Morris, Thomas, and George Smith. ")
    assert html_of(printed([two], STANDARD.rung("2"), Style.MLA)[0]).startswith("Thomas Morris and George Smith. ")


def test_from_grade_nine_on_the_subject_chooses_the_style() -> None:
    asked = (("8", "science"), ("9", "science"), ("11", "social-studies"), ("10", "ela"))
    assert [STANDARD.style_for(*each) for each in asked] == [Style.MLA, Style.APA, Style.CHICAGO_BIB, Style.MLA]
