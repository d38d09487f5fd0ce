"""Questions are made of the unit's own sources, the same each time, and have one right answer."""

import pytest

from integration.citations.check import Asked, check
from integration.citations.spans import html_of, text_of
from integration.citations.styles import Style
from integration.workshops.compose import paper
from integration.workshops.questions import GAP, Asks
from tests.rooms.workshops.makers import UNIT, question, unit_paper

WHOLE = [Style.MLA, Style.APA, Style.CHICAGO_BIB, Style.CHICAGO_NOTE]


@pytest.mark.parametrize("style", WHOLE)
def test_the_checker_finds_in_every_find_the_fault_exactly_the_fault_it_asks_for(style: Style) -> None:
    told = unit_paper("11", style)
    asked = [each for each in (*told.practice, *told.before, *told.after) if each.asks is Asks.FAULT]
    assert told.known is not None
    found = [[fault.code.value for fault in check(told.known, Asked(str(each.source), style, html_of(each.entries[0]), markup=True)
                                                  ).faults] for each in asked]
    assert found == [[each.field] for each in asked]
    assert len(found) >= 3


def test_the_same_kit_asks_the_same_questions_every_time() -> None:
    first, second = unit_paper(), unit_paper()
    assert (first.practice, first.before, first.after) == (second.practice, second.before, second.after)


def test_another_kit_of_the_same_sources_puts_choices_into_another_order() -> None:
    first, second = (paper(seed, UNIT, "7", Style.MLA, None) for seed in ("one", "two"))
    assert [each.choices for each in first.practice] != [each.choices for each in second.practice]


@pytest.mark.parametrize("grade", ("K", "2", "5", "7", "11"))
def test_every_question_has_its_right_answer_among_its_choices(grade: str) -> None:
    told = unit_paper(grade)
    chosen = [each for each in (*told.practice, *told.before, *told.after) if each.choices]
    assert chosen
    assert [each.key for each in chosen if len(set(each.choices)) < 3 and each.asks is not Asks.RIGHT] == []
    assert [each.key for each in chosen if int(each.right) >= len(each.choices)] == []


def test_the_right_one_of_three_is_the_source_as_it_is_printed() -> None:
    told = unit_paper()
    asked = question(told, "right-1")
    assert text_of(asked.entries[int(asked.right)]) == text_of(told.entries[1])


def test_a_gap_hides_the_part_it_asks_for() -> None:
    asked = question(unit_paper(), "gap-0")
    shown = text_of(asked.entries[0])
    assert GAP in shown
    assert asked.right not in shown


def test_the_youngest_are_asked_nothing_they_would_have_to_write() -> None:
    assert {each.asks for each in unit_paper("K").practice} == {Asks.PART}
    assert Asks.WRITE not in {each.asks for each in unit_paper("1").practice}


def test_both_tickets_ask_four_things_that_need_no_typing() -> None:
    told = unit_paper()
    assert [len(told.before), len(told.after)] == [4, 4]
    assert all(each.choices for each in (*told.before, *told.after))


def test_a_style_that_lists_no_such_source_asks_nothing_about_it() -> None:
    held = {"id": "talk", "type": "interview", "title": "Talk with our mayor", "author": [{"family": "Reed", "given": "Ida"}],
            "issued": {"date-parts": [[2026, 3, 1]]}}
    assert len(paper("seed", (*UNIT, held), "11", Style.APA, None).items) == len(UNIT)


def test_nothing_is_offered_as_missing_that_the_source_does_not_have() -> None:
    asked = question(unit_paper(), "fault-0")
    assert "The address is missing." not in asked.choices
    assert "Where it was found is missing." not in asked.choices


@pytest.mark.parametrize(("grade", "style"), [("2", Style.MLA), ("5", Style.MLA), *(("11", style) for style in WHOLE)])
def test_a_planted_fault_leaves_every_quotation_closed(grade: str, style: Style) -> None:
    told = unit_paper(grade, style)
    shown = [text_of(entry) for each in (*told.practice, *told.before, *told.after) for entry in each.entries]
    assert [text for text in shown if text.count("“") != text.count("”")] == []


@pytest.mark.parametrize("style", WHOLE)
def test_no_part_takes_the_mark_that_opens_a_quotation_with_it(style: Style) -> None:
    told = unit_paper("11", style)
    assert [span.text for entry in told.entries for span in entry if span.field and "“" in span.text] == []
