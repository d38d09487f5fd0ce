"""A student's entry is checked against what is known of its source."""

from functools import cache
from typing import Any

import pytest

from integration.citations.check import Asked, check
from integration.citations.faults import Checked, Code
from integration.citations.known import Known, learn
from integration.citations.styles import Style
from integration.citations.tidy import tidy
from integration.errors import Invalid

BELOVED: dict[str, Any] = {"id": "b", "type": "book", "title": "Beloved", "author": [{"family": "Morrison", "given": "Toni"}],
                           "publisher": "Alfred A. Knopf", "publisher-place": "New York", "issued": {"date-parts": [[1987]]}}
BATS: dict[str, Any] = {"id": "a", "type": "article-magazine", "title": "How bats see with sound",
                        "URL": "https://www.smithsonianmag.com/bats", "author": [{"family": "Ito", "given": "Kim"}],
                        "container-title": "Smithsonian Magazine",
                        "issued": {"date-parts": [[2023, 4, 12]]}}
EMAIL: dict[str, Any] = {"id": "e", "type": "personal_communication", "title": "Our visit",
                         "author": [{"family": "Ito", "given": "Kim"}],
                         "issued": {"date-parts": [[2023, 4, 12]]}}


@cache
def known() -> Known:
    return learn([tidy(item) for item in (BELOVED, BATS, EMAIL)], list(Style))


def checked(entry: str, style: Style = Style.MLA, source: str = "b", *, markup: bool | None = None) -> Checked:
    return check(known(), Asked(source, style, entry, markup))


def codes(entry: str, style: Style = Style.MLA, source: str = "b") -> list[Code]:
    return [fault.code for fault in checked(entry, style, source).faults]


def test_a_right_entry_has_no_faults() -> None:
    assert codes("Morrison, Toni. <i>Beloved</i>. Alfred A. Knopf, 1987.") == []


def test_italics_are_not_asked_of_plain_text() -> None:
    assert codes("Morrison, Toni. Beloved. Alfred A. Knopf, 1987.") == []


def test_italics_are_asked_where_they_can_be_given() -> None:
    [fault] = checked("Morrison, Toni. Beloved. Alfred A. Knopf, 1987.", markup=True).faults
    assert fault.code is Code.TITLE_FORMAT


@pytest.mark.parametrize(("entry", "code", "letters"), [
    ("Toni Morrison. <i>Beloved</i>. Alfred A. Knopf, 1987.", Code.AUTHOR_NOT_INVERTED, "Toni Morrison"),
    ("Morrison, T. <i>Beloved</i>. Alfred A. Knopf, 1987.", Code.AUTHOR_NAME_FORM, "Morrison, T."),
    ("Morison, Toni. <i>Beloved</i>. Alfred A. Knopf, 1987.", Code.AUTHOR_MISSPELLED, "Morison"),
    ("Morrison, Toni. <i>beloved</i>. Alfred A. Knopf, 1987.", Code.TITLE_CAPITALIZATION, "beloved"),
    ("Morrison, Toni. <i>Beloved</i>. New York: Alfred A. Knopf, 1987.", Code.PLACE_NOT_NEEDED, "New York"),
    ("Morrison, Toni. <i>Beloved</i>. Alfred A. Knopf, 1978.", Code.WRONG_DATE, "1978"),
    ("Morrison, Toni. <i>Beloved</i>. Alfred A. Knopf, 1987. Print.", Code.OBSOLETE_MEDIUM, "Print"),
])
def test_a_fault_is_named_and_shown_where_it_stands(entry: str, code: Code, letters: str) -> None:
    [fault] = checked(entry).faults
    assert (fault.code, entry[fault.start:fault.end].rstrip(".")) == (code, letters.rstrip("."))


def test_what_is_missing_is_shown_where_it_belongs() -> None:
    assert codes("<i>Beloved</i>. Alfred A. Knopf, 1987.") == [Code.MISSING_AUTHOR]
    assert codes("Morrison, Toni. <i>Beloved</i>. Alfred A. Knopf.") == [Code.MISSING_DATE]
    assert codes("Morrison, Toni. <i>Beloved</i>, 1987.") == [Code.MISSING_PUBLISHER]


def test_an_entry_in_another_style_is_told_once() -> None:
    [fault] = checked("Morrison, T. (1987). <i>Beloved</i>. Alfred A. Knopf.").faults
    assert (fault.code, "looks like APA" in fault.message) == (Code.STYLE_MIXING, True)


def test_an_address_alone_is_no_citation() -> None:
    assert codes("https://www.smithsonianmag.com/bats", source="a") == [Code.URL_ONLY]


def test_an_empty_line_lacks_everything_and_is_no_address() -> None:
    assert codes("  ") == [Code.MISSING_AUTHOR, Code.MISSING_TITLE, Code.MISSING_DATE, Code.MISSING_PUBLISHER]


def test_the_authors_stand_in_the_order_of_the_source() -> None:
    both = [{"family": "Tran", "given": "Mia"}, {"family": "Bell", "given": "Jon"}]
    pair = learn([tidy({**BELOVED, "author": both})], [Style.APA])
    faults = check(pair, Asked("b", Style.APA, "Bell, J., & Tran, M. (1987). Beloved. Alfred A. Knopf.")).faults
    assert [fault.code for fault in faults] == [Code.AUTHOR_SEPARATOR]


def test_a_group_written_like_a_person_is_said() -> None:
    group = learn([tidy({**BATS, "type": "webpage", "author": [{"literal": "American Red Cross"}]})], [Style.APA])
    entry = "Cross, A. R. (2023, April 12). How bats see with sound. Smithsonian Magazine. https://www.smithsonianmag.com/bats"
    assert [fault.code for fault in check(group, Asked("a", Style.APA, entry)).faults] == [Code.AUTHOR_NAME_FORM]


def test_small_signs_come_last_and_alone() -> None:
    assert codes("Morrison, Toni. <i>Beloved</i>. Alfred A. Knopf. 1987.") == [Code.PUNCTUATION]


def test_a_right_entry_shows_another_right_way() -> None:
    done = checked("Ito, Kim. “How Bats See with Sound.” <i>Smithsonian Magazine</i>, April 12, 2023. https://www.smithsonianmag.com/bats.",
                   Style.CHICAGO_BIB, "a")
    assert done.faults == ()


def test_what_the_style_does_not_list_is_said_and_has_no_faults() -> None:
    done = checked("Ito, K. (2023). Our visit.", Style.APA, "e")
    assert (done.faults, "APA lists no e-mail" in done.why_not) == ((), True)


def test_a_fault_says_which_rule_of_which_book() -> None:
    [fault] = checked("Toni Morrison. <i>Beloved</i>. Alfred A. Knopf, 1987.").faults
    assert fault.rule.startswith("MLA Handbook, 9th ed.")


def test_an_unknown_source_is_said() -> None:
    with pytest.raises(Invalid, match="no source “z”"):
        checked("Anything.", source="z")
