"""The Monday brief: what needs her first; a quiet week is one line; its twins say the same."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from integration.consent.answers import TWO_ANSWERS
from integration.consent.choose import NewChoice
from integration.consent.models import Question
from integration.curation.wins import occasions
from integration.delivery.choose import choose
from integration.letters.models import Kind
from integration.letters.shelf import letter, letters
from integration.partnerships.spreadsheet import read_sheet
from integration.week.brief import brief_words
from integration.week.findings import Finding, Findings
from integration.week.occasions import occasions_due, suggestion
from integration.workshops.bring_map import bring_map
from tests.rooms.week.makers import MONDAY, Library, spotlight

QUIET = Findings(24, (), (), (), (), (), ("Rosa Gomez",), "Offer a citation workshop.", is_occasion=False)


def brief(library: Library) -> tuple[str, str, str]:
    """Subject, text and HTML of the newest brief."""
    newest = next(card for card in letters(library.desk, library.school_id) if card.kind == Kind.BRIEF)
    dressed = letter(library.desk, library.school_id, newest.id)[1]
    return dressed.subject, dressed.text, dressed.html


def run(library: Library, number: int = 0) -> None:
    library.clock.at = MONDAY + number * timedelta(days=7)
    library.tick(4)


def test_a_quiet_week_is_one_line() -> None:
    words = brief_words(QUIET, "http://here", "2026-W49")
    assert [part.kind for part in words.parts] == ["say"] and words.subject == "Nothing needs you this week"


def test_the_second_week_of_a_school_where_nothing_happens_is_quiet(library: Library) -> None:
    run(library)
    run(library, 1)
    subject, text, _ = brief(library)
    assert (subject, len(text.strip().splitlines())) == ("Nothing needs you this week", 1)


def test_new_classes_and_an_empty_queue_are_told(library: Library) -> None:
    spotlight(library)
    run(library)
    subject, text, _ = brief(library)
    assert "1 thing needs you" in subject and "7th Grade Science is new." in text and "nothing left to post" in text
    assert "Nothing of the library’s has come to Rosa Gomez." in text


def test_a_librarian_who_begins_is_told_one_teacher_to_begin_with(library: Library) -> None:
    spotlight(library)
    run(library)
    assert "Begin with one teacher: Rosa Gomez." in brief(library)[1]


def test_what_a_teacher_changed_and_what_waits_is_told(library: Library) -> None:
    spotlight(library, "Volcanoes", "Rivers", grades=("6", "7"))
    run(library)
    library.clock.at = MONDAY + timedelta(hours=1)
    library.tick(2)
    [post] = library.world.posts(library.own)
    library.world.delete_post(library.own, post["id"])
    run(library, 1)
    _, text, _ = brief(library)
    assert "“Volcanoes” in 6th Grade Library was removed by the teacher; it stays away." in text
    assert "wait for a teacher’s answer in 1 class" in text


def test_an_odd_use_of_a_link_and_what_a_teacher_chose_for_good_is_told(library: Library) -> None:
    spotlight(library, "Volcanoes", grades=("7",))
    run(library)
    library.clock.forward(days=6)
    with library.desk.transaction() as session:
        session.execute(update(Question).values(odd=TWO_ANSWERS))
        teacher_id = session.scalars(select(Question.teacher_id)).one()
    choose(library.desk, library.school_id, teacher_id, NewChoice("always"), by=f"teacher:{teacher_id}")
    run(library, 1)
    text = brief(library)[1]
    assert f"The link for Rosa Gomez: {TWO_ANSWERS}" in text and "Rosa Gomez chose: always yes." in text


def test_both_twins_have_the_same_links(library: Library) -> None:
    spotlight(library)
    run(library)
    _, text, html = brief(library)
    assert set(re.findall(r"http://localhost:8000\S*", text)) == {
        each.replace("&amp;", "&") for each in re.findall(r'href="(http[^"]*)"', html)}


def test_a_week_run_twice_has_one_brief(library: Library) -> None:
    run(library)
    library.tick(4)
    assert sum(card.kind == Kind.BRIEF for card in letters(library.desk, library.school_id)) == 1


def test_a_long_list_is_cut_and_says_how_much_more_there_is() -> None:
    many = tuple(Finding(f"Class {number} is new.", f"/classes/{number}") for number in range(9))
    words = brief_words(Findings(9, (), many, (), (), (), (), "", is_occasion=False), "http://here", "2026-W49")
    [lines] = [part.lines for part in words.parts if part.kind == "list"]
    assert (len(lines), lines[-1]) == (7, "and 3 more")


def proposed_in(name: str, first: date, weeks: int) -> list[date]:
    """The Mondays whose brief proposes an occasion."""
    mondays = [first + timedelta(days=7 * number) for number in range(weeks)]
    return [monday for monday in mondays if any(each.name == name for each in occasions_due(monday))]


def test_dot_day_is_proposed_three_weeks_ahead_in_one_brief_only() -> None:
    assert proposed_in("Dot Day", date(2026, 8, 3), 8) == [date(2026, 8, 24)]
    assert suggestion(date(2026, 8, 24), ()).startswith("Dot Day (September 15) is three weeks away. Offer: Dot Day. ")


@pytest.mark.parametrize("name", sorted({each.name for each in occasions(date(2026, 6, 1))}))
def test_each_occasion_is_proposed_once_a_year(name: str) -> None:
    assert len(proposed_in(name, date(2026, 6, 1), 52)) == 1


def test_every_week_has_a_suggestion_and_flip_is_never_one() -> None:
    said = [suggestion(date(2026, 6, 1) + timedelta(days=7 * number), ()) for number in range(52)]
    assert all(said) and not any("Flip" in sentence for sentence in said)


def test_a_unit_of_the_curriculum_map_is_offered_before_it_begins(library: Library) -> None:
    run(library)
    sheet = b"unit,grade,subject,starts,ends,topics\nRivers,7,Science,2026-12-29,2027-01-15,\n"
    bring_map(library.desk, library.school_id, read_sheet(sheet))
    run(library, 1)
    subject, text, _ = brief(library)
    assert "“Rivers” begins on December 29, in 1 class of Grade 7." in text and "/curriculum" in text
    assert "Nothing needs you" not in subject
