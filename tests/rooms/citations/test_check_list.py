"""A whole list is checked, its order too."""

from integration.citations.check_list import check_list
from integration.citations.faults import Code
from integration.citations.known import Known, learn
from integration.citations.styles import Style
from integration.citations.tidy import tidy

ITEMS = [{"id": id, "type": "book", "title": title, "publisher": "Knopf", "issued": {"date-parts": [[year]]},
          "author": [{"family": family, "given": given}]}
         for id, family, given, title, year in (("a", "Avi", "Ann", "Crispin", 2002), ("m", "Morrison", "Toni", "Beloved", 1987),
                                                ("n", "Morrison", "Toni", "Sula", 1973), ("s", "Sachar", "Louis", "Holes", 1998))]
AVI, BELOVED, SULA, HOLES = ("Avi, Ann. Crispin. Knopf, 2002.", "Morrison, Toni. Beloved. Knopf, 1987.",
                             "Morrison, Toni. Sula. Knopf, 1973.", "Sachar, Louis. Holes. Knopf, 1998.")


def known() -> Known:
    return learn([tidy(item) for item in ITEMS], [Style.MLA])


def test_a_list_in_order_has_no_faults() -> None:
    lines = check_list(known(), Style.MLA, "\n".join((AVI, BELOVED, SULA, HOLES)))
    assert [(line.source_id, line.faults) for line in lines] == [("a", ()), ("m", ()), ("n", ()), ("s", ())]


def test_only_the_entry_out_of_place_is_marked_and_where_it_stands_in_the_whole_list() -> None:
    text = "\n".join((HOLES, AVI, BELOVED, SULA))
    faults = [fault for line in check_list(known(), Style.MLA, text) for fault in line.faults]
    assert [(fault.code, text[fault.start:fault.end]) for fault in faults] == [(Code.ALPHABETICAL_ORDER, HOLES)]


def test_a_fault_in_a_later_line_is_shown_where_it_stands_in_the_whole_list() -> None:
    text = f"{AVI}\n\n{BELOVED.replace('1987', '1978')}"
    [fault] = [fault for line in check_list(known(), Style.MLA, text) for fault in line.faults]
    assert (fault.code, text[fault.start:fault.end]) == (Code.WRONG_DATE, "1978")


def test_three_hyphens_stand_for_the_author_before() -> None:
    lines = check_list(known(), Style.MLA, "\n".join((BELOVED, SULA.replace("Morrison, Toni", "---"))))
    assert [line.faults for line in lines] == [(), ()]


def test_notes_go_by_the_text_not_by_the_alphabet() -> None:
    notes = learn([tidy(item) for item in ITEMS], [Style.CHICAGO_NOTE])
    lines = check_list(notes, Style.CHICAGO_NOTE, "Louis Sachar, Holes (Knopf, 1998).\nAnn Avi, Crispin (Knopf, 2002).")
    assert [line.faults for line in lines] == [(), ()]
