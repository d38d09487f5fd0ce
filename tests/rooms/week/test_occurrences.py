"""A series: each of its weeks goes out once, by an ordinary plan, with every teacher's consent."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from integration.delivery.ledger import deliveries
from integration.delivery.models import Plan
from integration.delivery.plan import Rule
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.week.foresee import foresee_week
from integration.week.models import Occurrence
from integration.week.occurrences import let_it_go, post_it
from integration.week.queues import SeriesCard, all_series, series
from integration.week.run import run_now
from integration.week.series import NewSeries, add_to_series, begin_series, stop_series, take_from_series
from tests import make
from tests.rooms.delivery.makers import Doom, Killed, doomed_by_commits
from tests.rooms.week.makers import MONDAY, Library, spotlight

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


def monday(library: Library, number: int = 0) -> None:
    """Let a Monday's round run, and seven o'clock pass."""
    library.clock.at = MONDAY + number * WEEK
    library.tick(4)
    library.clock.at = MONDAY + number * WEEK + HOUR
    library.tick(2)


def titles(library: Library) -> list[str]:
    """What stands in her own class, oldest first."""
    return [post["title"] for post in library.world.posts(library.own, state="PUBLISHED")]


def test_each_monday_one_collection_of_the_queue_goes_out(library: Library) -> None:
    spotlight(library, "Volcanoes", "Rivers")
    monday(library)
    assert titles(library) == ["Volcanoes"]
    monday(library, 1)
    assert titles(library) == ["Volcanoes", "Rivers"]


def test_it_goes_out_at_seven_and_not_before(library: Library) -> None:
    spotlight(library, "Volcanoes")
    library.clock.at = MONDAY
    library.tick(4)
    assert titles(library) == []


def test_a_teachers_class_waits_for_her(library: Library) -> None:
    spotlight(library, "Volcanoes", grades=("7",))
    monday(library)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["waiting"]


def test_a_second_round_in_the_same_week_posts_nothing_again(library: Library) -> None:
    spotlight(library, "Volcanoes", "Rivers")
    monday(library)
    run_now(library.desk, library.school_id, library.account.id)
    library.tick(4)
    assert titles(library) == ["Volcanoes"]


@pytest.mark.parametrize("steps", range(2, 60, 9))
def test_a_worker_killed_anywhere_doubles_and_loses_nothing(library: Library, steps: int) -> None:
    spotlight(library, "Volcanoes", "Rivers")
    library.clock.at = MONDAY
    with suppress(Killed):
        replace(library, desk=doomed_by_commits(library.desk, Doom(steps))).tick(4)
    library.basket.jobs.clear()
    library.clock.forward(minutes=6)
    library.tick(6)
    library.clock.at = MONDAY + HOUR
    library.tick(2)
    with library.desk.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Plan)) == 1
    assert titles(library) == ["Volcanoes"]


def test_a_series_that_began_after_its_hour_begins_next_week(library: Library) -> None:
    library.clock.at = MONDAY + 2 * HOUR
    spotlight(library, "Volcanoes")
    run_now(library.desk, library.school_id, library.account.id)
    library.tick(4)
    assert titles(library) == [] and series_card(library).left == 1


def test_after_an_outage_the_weeks_post_asks_before_it_is_posted(library: Library) -> None:
    spotlight(library, "Volcanoes", "Rivers")
    library.clock.at = MONDAY + timedelta(days=3)
    library.tick(5)
    assert titles(library) == [] and [item.state for item in series_card(library).items] == ["asks", "queued"]
    post_it(library.desk, library.school_id, series_card(library).items[0].occurrence_id, account_id=library.account.id)
    library.tick(2)
    assert titles(library) == ["Volcanoes"]


def test_what_she_lets_go_waits_for_the_next_week(library: Library) -> None:
    spotlight(library, "Volcanoes", "Rivers")
    library.clock.at = MONDAY + timedelta(days=3)
    library.tick(5)
    occurrence = series_card(library).items[0].occurrence_id
    let_it_go(library.desk, library.school_id, occurrence)
    with pytest.raises(AlreadyDone):
        post_it(library.desk, library.school_id, occurrence, account_id=library.account.id)
    monday(library, 1)
    assert titles(library) == ["Volcanoes"]


def test_an_empty_queue_is_said_and_stops_no_other_series(library: Library) -> None:
    spotlight(library)
    spotlight(library, "Rivers")
    monday(library)
    [card] = library.rounds()
    assert titles(library) == ["Rivers"] and card.state == "partial" and "no collection left" in card.sentences[0]


def test_a_stopped_series_posts_nothing_more(library: Library) -> None:
    series_id = spotlight(library, "Volcanoes")
    stop_series(library.desk, library.school_id, series_id, account_id=library.account.id)
    monday(library)
    assert titles(library) == [] and all_series(library.desk, library.school_id)[0].next_at is None


def test_a_class_whose_grade_is_a_guess_is_left_out(library: Library) -> None:
    library.world.add_course(library.maya, "English I")
    spotlight(library, "Volcanoes", grades=("6", "9"))
    monday(library)
    assert len(deliveries(library.desk, library.school_id)) == 1


def test_the_queue_can_be_added_to_and_taken_from_until_it_went_out(library: Library) -> None:
    series_id = spotlight(library, "Volcanoes")
    add_to_series(library.desk, library.school_id, series_id, [library.collection("Rivers")])
    first, second = series_card(library).items
    monday(library)
    take_from_series(library.desk, library.school_id, series_id, second.id)
    with pytest.raises(Invalid):
        take_from_series(library.desk, library.school_id, series_id, first.id)
    assert [item.title for item in series_card(library).items] == ["Volcanoes"]


def test_a_series_of_nothing_is_refused_with_a_sentence_for_each_field(library: Library) -> None:
    with pytest.raises(Invalid) as refused:
        begin_series(library.desk, library.school_id, library.account.id, NewSeries("", Rule(), weekday=6))
    assert set(refused.value.fields) == {"name", "weekday", "rule"}


def test_another_schools_series_is_not_there(library: Library) -> None:
    with pytest.raises(NotFound):
        series(library.desk, make.school(library.desk), spotlight(library))


def test_the_ledger_knows_the_week_of_each_post(library: Library) -> None:
    spotlight(library, "Volcanoes")
    monday(library)
    with library.desk.transaction() as session:
        assert session.scalars(select(Occurrence.week)).all() == session.scalars(select(Plan.occurrence)).all() == ["2026-W49"]


def test_what_a_week_would_do_is_said_before_and_is_what_happens(library: Library) -> None:
    spotlight(library, "Volcanoes", grades=("6", "7"))
    spotlight(library)
    monday(library)
    library.clock.at = MONDAY + WEEK - HOUR
    seen = foresee_week(library.desk, library.school_id, library.account.id, "2026-W50")
    assert [(each.title, dict(each.actions), bool(each.sentence)) for each in seen] == [("", {}, True), ("", {}, True)]
    add_to_series(library.desk, library.school_id, seen[0].series_id, [library.collection("Rivers")])
    [first, _] = foresee_week(library.desk, library.school_id, library.account.id, "2026-W50")
    assert (first.title, dict(first.actions)) == ("Rivers", {"create": 1, "wait": 1})
    monday(library, 1)
    assert titles(library) == ["Volcanoes", "Rivers"]


def series_card(library: Library) -> SeriesCard:
    return all_series(library.desk, library.school_id)[0]
