"""The week's pages."""

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
