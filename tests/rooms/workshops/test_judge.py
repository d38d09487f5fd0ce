"""An answer is right, or what is wrong is said in words a student understands."""

import pytest

from integration.citations.ladder import STANDARD
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.workshops.judge import judge
from tests.rooms.workshops.makers import question, unit_paper

MLA = unit_paper()
YOUNG = unit_paper("3")
WRITTEN = {
    "Joanna Cole. The Magic School Bus: Lost in the Solar System. Scholastic, 2001.": "author_not_inverted",
    "Cole, Joanna. The Magic School Bus: Lost in the Solar System. Scholastic.": "missing_date",
    "The Magic School Bus: Lost in the Solar System. Scholastic, 2001.": "missing_author",
    "Cole, Joanna. The magic school bus: lost in the solar system. Scholastic, 2001.": "title_capitalization",
    "https://www.scholastic.com": "url_only",
}
SIMPLE = {
    "Joanna Cole. The Magic School Bus: Lost in the Solar System. 2001.": "author_not_inverted",
    "Cole, Joanna. The Magic School Bus: Lost in the Solar System.": "missing_date",
    "Cole, Joanna. The Magic School Bus: Lost in the Solar System. 1997.": "wrong_date",
    "Cole, Joanna. The Magik School Bus: Lost in the Solar System. 2001.": "title_misspelled",
    "The Magic School Bus: Lost in the Solar System. 2001.": "missing_author",
    "The Magic School Bus: Lost in the Solar System. Cole, Joanna. 2001.": "element_order",
}


@pytest.mark.parametrize(("entry", "code"), WRITTEN.items())
def test_a_fault_in_a_written_citation_is_named(entry: str, code: str) -> None:
    judged = judge(MLA, question(MLA, "write-0"), entry, None, Style.MLA)
    assert [fault.code.value for fault in judged.faults] == [code]
    assert not judged.is_right


@pytest.mark.parametrize(("entry", "code"), SIMPLE.items())
def test_a_young_students_fault_is_named_by_her_grades_own_form(entry: str, code: str) -> None:
    judged = judge(YOUNG, question(YOUNG, "write-0"), entry, STANDARD.rung("3"), Style.MLA)
    assert [fault.code.value for fault in judged.faults] == [code]


@pytest.mark.parametrize(("told", "grade"), ((MLA, "7"), (YOUNG, "3")))
def test_the_citation_as_printed_is_right(told: object, grade: str) -> None:
    paper = MLA if told is MLA else YOUNG
    assert judge(paper, question(paper, "write-1"), text_of(paper.entries[1]), STANDARD.rung(grade), Style.MLA).is_right


def test_another_accepted_way_is_right_and_said_to_be_another() -> None:
    judged = judge(MLA, question(MLA, "write-1"), text_of(MLA.entries[1]).replace("https://www.", ""), None, Style.MLA)
    assert (judged.is_right, judged.is_other_way) == (True, True)


def test_the_right_choice_is_right_and_any_other_is_not() -> None:
    asked = question(MLA, "fault-0")
    told = [judge(MLA, asked, str(number), None, Style.MLA).is_right for number in range(len(asked.choices))]
    assert told.count(True) == 1
    assert told.index(True) == int(asked.right)


def test_a_gap_takes_the_words_however_they_are_quoted() -> None:
    asked = question(MLA, "gap-0")
    assert judge(MLA, asked, f" {asked.right}. ", None, Style.MLA).is_right
    assert judge(MLA, asked, asked.right.lower(), None, Style.MLA).hint == "The words are right. Look at the capital letters."


@pytest.mark.parametrize("key", ("part-0", "gap-0", "write-0"))
def test_nothing_typed_is_not_right_and_not_a_fault(key: str) -> None:
    judged = judge(MLA, question(MLA, key), "  ", None, Style.MLA)
    assert (judged.is_right, judged.faults) == (False, ())
