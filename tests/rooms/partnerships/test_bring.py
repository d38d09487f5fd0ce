"""A log kept in a spreadsheet comes in once, whatever its shape; a bad line is named and stops no other."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.bring import Brought, bring
from integration.partnerships.columns import guess, remembered
from integration.partnerships.log import HandEntry, change
from integration.partnerships.shelf import entries, partnerships
from integration.partnerships.spreadsheet import read_sheet
from integration.sandbox.world import World
from tests import make

MESSY = """Date,Who (teacher),What we did,Min.,Class,Level of collaboration,Standards,Mood
11/3/2026,Ms. Rosa Gomez,"Citation workshop, part 1",45,6th Grade Science,B,VI.B.2; IV.A.3,good
2026-11-04,gomez,Book talk,30 min,,,,
Nov 5, 2026,Gomez,Broken date because of its comma,,,,,
"Nov 5, 2026",Ben Adeyemi,Planned a unit,1:30,,Cooperation,,tired
,,,,,,,
sometime in fall,Gomez,Something,,,,,
11/6/2026,,Nobody,,,,,
11/7/2026,Gomez,Long,a while,,,,
11/8/2026,Gomez,,20,,,,
11/9/2027,Gomez,From the future,20,,,,
11/10/2026,Gomez,Twice the same,20,,,,
11/10/2026,Gomez,Twice the same,20,,,,
"""


@pytest.fixture
def maya(desk: Desk, world: World) -> Account:
    found = make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))
    rosa = make.teacher(desk, found.school_id, name="Rosa Gomez")
    make.course(desk, found, teachers=(rosa,))
    return found


def brought(desk: Desk, maya: Account, text: str | bytes = MESSY, **given: Any) -> Brought:
    sheet = read_sheet(text.encode() if isinstance(text, str) else text)
    return bring(desk, maya.school_id, sheet, remembered(desk, maya.school_id, sheet.headings), **given)


def test_columns_are_guessed_from_their_headings() -> None:
    assert guess(read_sheet(MESSY.encode()).headings) == {"date": 0, "teacher": 1, "activity": 2, "minutes": 3, "classes": 4,
                                                          "level": 5, "codes": 6}


def test_a_messy_sheet_comes_in_and_each_bad_line_is_named(desk: Desk, maya: Account) -> None:
    done = brought(desk, maya, with_newcomers=True)
    assert (done.new, done.known) == (5, 0)
    assert [line.number for line in done.bad] == [4, 7, 8, 9, 10, 11]
    assert all(line.sentence.endswith(".") for line in done.bad)
    first = entries(desk, maya.school_id)[-1]
    assert (f"{first.on}", first.teacher, first.activity, first.minutes, first.scheme, first.level, first.codes) == (
        "2026-11-03", "Rosa Gomez", "Citation workshop, part 1", 45, "tlc", "B", ("VI.B.2", "IV.A.3"))
    assert [one.name for one in first.classes] == ["6th Grade Science"]
    assert {card.teacher for card in partnerships(desk, maya.school_id)} == {"Rosa Gomez", "Ben Adeyemi"}


def test_bringing_it_again_doubles_nothing_also_after_she_corrected_an_entry(desk: Desk, maya: Account) -> None:
    brought(desk, maya, with_newcomers=True)
    one = entries(desk, maya.school_id)[0]
    change(desk, maya.school_id, one.id, HandEntry(one.teacher_id, one.on, "In better words"))
    again = brought(desk, maya, with_newcomers=True)
    assert (again.new, again.known, len(entries(desk, maya.school_id))) == (0, 5, 5)


def test_a_longer_sheet_brings_only_its_new_lines(desk: Desk, maya: Account) -> None:
    brought(desk, maya, with_newcomers=True)
    longer = brought(desk, maya, MESSY + "11/12/2026,Gomez,One more,20,,,,\n", with_newcomers=True)
    assert (longer.new, longer.known) == (1, 5)


def test_an_unknown_name_is_a_bad_line_until_she_says_it_is_a_colleague(desk: Desk, maya: Account) -> None:
    done = brought(desk, maya)
    assert [line.number for line in done.bad] == [4, 5, 7, 8, 9, 10, 11]
    assert "Ben Adeyemi" in done.bad[1].sentence


def test_looking_first_writes_nothing(desk: Desk, maya: Account) -> None:
    seen = brought(desk, maya, with_newcomers=True, dry_run=True)
    assert seen.new == 5 and entries(desk, maya.school_id) == [] and partnerships(desk, maya.school_id) == []


def test_what_she_said_of_the_columns_is_remembered_for_these_headings(desk: Desk, maya: Account) -> None:
    sheet = read_sheet(b"A,B,C\n2026-11-03,Gomez,Book talk\n")
    with pytest.raises(Invalid) as caught:
        bring(desk, maya.school_id, sheet, remembered(desk, maya.school_id, sheet.headings))
    assert set(caught.value.fields) == {"column_date", "column_teacher", "column_activity"}
    bring(desk, maya.school_id, sheet, {"date": 0, "teacher": 1, "activity": 2})
    assert remembered(desk, maya.school_id, sheet.headings) == {"date": 0, "teacher": 1, "activity": 2}


def test_a_workbook_reads_like_the_same_table_as_text(desk: Desk, maya: Account) -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("Date", "Teacher", "Activity", "Minutes"), (date(2026, 11, 3), "Gomez", "Book talk", 30.0)):
        book.active.append(row)
    book.save(out)
    assert brought(desk, maya, out.getvalue()).new == 1
    assert brought(desk, maya, "Date;Teacher;Activity;Minutes\n2026-11-03;Gomez;Book talk;30\n").known == 1


def test_a_level_two_schemes_have_is_kept_as_written(desk: Desk, maya: Account) -> None:
    brought(desk, maya, "Date,Teacher,Activity,Level\n2026-11-03,Gomez,Talk,Medium\n2026-11-04,Gomez,Talk,C\n")
    assert [(one.scheme, one.level) for one in entries(desk, maya.school_id)] == [("tlc", "C"), ("as written", "Medium")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\n\n", b"PK"])
def test_a_file_that_cannot_be_read_says_so(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_sheet(content)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_with_accents_come_through_every_programs_way_of_writing(codec: str) -> None:
    sheet = read_sheet("Date,Teacher\n2026-11-03,José Núñez\n".encode(codec))
    assert sheet.lines[0].cells == ("2026-11-03", "José Núñez")
