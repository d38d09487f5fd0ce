"""The hour strikes: each round is written down once, and nothing is run late unsaid."""

from datetime import date, timedelta

from integration.week.models import Holiday
from integration.week.strike import strike
from tests import make
from tests.rooms.week.makers import MONDAY, Library


def test_nothing_is_due_before_the_first_monday(library: Library) -> None:
    assert strike(library.desk) == 0 and library.rounds() == []


def test_a_second_strike_is_harmless(library: Library) -> None:
    library.clock.at = MONDAY
    assert [strike(library.desk), strike(library.desk)] == [1, 0]
    assert [card.week for card in library.rounds()] == ["2026-W49"]


def test_each_librarian_has_a_round_of_her_own(library: Library) -> None:
    make.account(library.desk, library.world, library.rosa, school_id=library.school_id)
    library.clock.at = MONDAY
    assert strike(library.desk) == 2


def test_six_comes_later_in_the_west(library: Library) -> None:
    school = make.school(library.desk, timezone="America/Los_Angeles")
    make.account(library.desk, library.world, library.rosa, school_id=school)
    library.clock.at = MONDAY
    assert strike(library.desk) == 1
    library.clock.forward(hours=3)
    assert strike(library.desk) == 1


def test_a_week_of_holidays_is_written_down_as_skipped(library: Library) -> None:
    with library.desk.transaction() as session:
        session.add(Holiday(school_id=library.school_id, name="Fall break", first=date(2026, 11, 28), last=date(2026, 12, 6)))
    library.clock.at = MONDAY
    assert strike(library.desk) == 0
    assert [(card.state, card.reason) for card in library.rounds()] == [("skipped", "No school that week: Fall break.")]


def test_after_an_outage_only_the_newest_round_is_run_and_it_is_said_to_be_late(library: Library) -> None:
    library.clock.at = MONDAY
    strike(library.desk)
    library.clock.at = MONDAY + timedelta(days=16)
    assert strike(library.desk) == 1
    assert [(card.week, card.state, card.is_late) for card in library.rounds()] == [
        ("2026-W51", "queued", True), ("2026-W50", "missed", True), ("2026-W49", "partial", False)]
