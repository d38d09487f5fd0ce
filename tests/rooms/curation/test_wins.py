"""Quick wins are prepared at one press; a retired one names what took its place; occasions come three weeks ahead."""

from datetime import date

import pytest

from integration.curation.codes import known_code, known_subject
from integration.curation.shelf import collection
from integration.curation.wins import occasions, prepare, quick_win, quick_wins
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from tests import make


def test_there_are_the_ten_of_the_talk_and_each_proposal_is_short() -> None:
    assert len(quick_wins()) == 10
    assert all(0 < len(win.proposal.split()) <= 120 for win in quick_wins() if not win.notice)
    assert all(str(win.minutes) or win.notice for win in quick_wins())


def test_their_words_are_words_we_know() -> None:
    assert [code for win in quick_wins() for code in win.codes if not known_code(code)] == []
    assert [subject for win in quick_wins() for subject in win.subjects if not known_subject(subject)] == []
    keys = {win.key for win in quick_wins()}
    assert {each.win for each in occasions(date(2026, 8, 1))} <= keys | {""}


def test_flip_is_retired_names_its_substitute_and_cannot_be_prepared(desk: Desk) -> None:
    assert quick_win("flip-events").notice == (
        "Flip events is retired since September 2024. Use a short video response in Classroom, or any tool your district approved.")
    with pytest.raises(Invalid):
        prepare(desk, make.school(desk), "flip-events")


def test_one_press_begins_its_collection(desk: Desk) -> None:
    school_id = make.school(desk)
    card = collection(desk, school_id, prepare(desk, school_id, "steam"))
    assert (card.title, card.codes) == ("Maker session", ("V.B.1", "V.B.2"))
    assert set(card.subjects) == {"science", "math", "technology"}


def test_there_is_no_other(desk: Desk) -> None:
    with pytest.raises(NotFound):
        quick_win("league-table")


def test_an_occasion_on_a_weekend_moves_to_the_nearest_school_day_and_is_proposed_three_weeks_ahead() -> None:
    days = {each.name: each for each in occasions(date(2029, 8, 25))}
    assert days["Dot Day"].on == date(2029, 9, 14), "September 15, 2029 is a Saturday"
    dots = {each.name: each for each in occasions(date(2026, 8, 1))}["Dot Day"]
    days_asked = (date(2026, 8, 24), date(2026, 8, 25), date(2026, 9, 15), date(2026, 9, 16))
    assert [dots.is_to_be_proposed(day) for day in days_asked] == [False, True, True, False]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)])
def test_each_occasion_comes_once_in_twelve_months(today: date) -> None:
    names = [each.name for each in occasions(today)]
    assert len(names) == len(set(names)) == 9
