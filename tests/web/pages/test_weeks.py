"""The week's pages."""

from integration.courses.shelf import courses
from integration.delivery.halt import pauses
from integration.week.run import go_on
from integration.week.shelf import weeks
from tests.web.pages.conftest import Browser


def test_a_round_run_by_hand_shows_its_steps(empty: Browser) -> None:
    assert empty.send("/weeks/run").status_code == 303
    [card] = weeks(empty.desk, empty.account.school_id)
    go_on(empty.desk, card.id)
    shown = empty.get(f"/weeks/{card.id}").text
    assert "Look at the classes" in shown and "by hand" in empty.get("/weeks").text


def test_the_next_round_is_said_on_the_schools_own_clock(empty: Browser) -> None:
    assert "Nov 30, 2026, 6:00 AM" in empty.get("/weeks").text


def test_a_school_is_paused_and_resumed_on_a_page(empty: Browser) -> None:
    assert empty.send("/pauses", {"whom": "school:", "reason": "State testing"}).status_code == 303
    shown = empty.get("/pauses").text
    assert "State testing" in shown and "until you resume" in shown
    [pause] = pauses(empty.desk, empty.account.school_id)
    assert empty.send(f"/pauses/{pause.id}/end").status_code == 303
    assert "Nothing is paused." in empty.get("/pauses").text


def test_a_holiday_moves_the_next_round(empty: Browser) -> None:
    empty.send("/holidays", {"name": "Cyber Monday", "holiday_first": "2026-11-30"})
    assert "Dec 1, 2026, 6:00 AM" in empty.get("/weeks").text


def test_a_series_without_a_grade_comes_back_with_its_mistake(empty: Browser) -> None:
    answer = empty.send("/series", {"name": "Spotlight", "weekday": "0", "as": "material"})
    assert answer.status_code == 422 and "Choose at least one grade" in answer.text


def test_a_series_is_begun_and_its_queue_filled_without_a_script(maya: Browser) -> None:
    begun = maya.send("/series", {"name": "Subject Spotlight", "grades": "6", "weekday": "0", "as": "material", "topic": "Library"})
    assert begun.status_code == 303
    maya.send("/resources", {"kind": "note", "title": "Look closely", "text": "What do you see?"})
    address = begun.headers["Location"]
    assert "It is empty" in maya.get(address).text
    maya.send(f"{address}/stop")
    assert "Stopped" in maya.get("/weeks").text


def test_a_class_and_a_teacher_lead_to_their_pause(maya: Browser) -> None:
    card = next(card for card in courses(maya.desk, maya.account.school_id) if card.teachers)
    assert f"/pauses?whom=class:{card.id}" in maya.get(f"/classes/{card.id}").text
    assert f"/pauses?whom=teacher:{card.teachers[0].id}" in maya.get(f"/teachers/{card.teachers[0].id}").text
