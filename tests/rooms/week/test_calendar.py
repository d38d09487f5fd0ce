"""When a round is due: six o'clock on the first school day, on the school's own clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from integration.week.calendar import Off, next_slot, slot_of, slots

NEW_YORK = ZoneInfo("America/New_York")


def test_six_stays_six_through_both_changes_of_summer_time() -> None:
    times = [slot_of(monday, NEW_YORK, ()).at.astimezone(UTC).hour for monday in (
        date(2026, 10, 26), date(2026, 11, 2), date(2027, 3, 8), date(2027, 3, 15))]
    assert times == [10, 11, 11, 10]


def test_a_monday_without_school_moves_the_round_to_tuesday() -> None:
    slot = slot_of(date(2026, 9, 7), NEW_YORK, (Off("Labor Day", date(2026, 9, 7), date(2026, 9, 7)),))
    assert (slot.week, slot.at.date(), slot.holiday) == ("2026-W37", date(2026, 9, 8), "")


def test_a_week_without_school_has_no_round() -> None:
    off = (Off("Winter break", date(2026, 12, 21), date(2027, 1, 3)),)
    assert slot_of(date(2026, 12, 28), NEW_YORK, off).holiday == "Winter break"
    assert next_slot(datetime(2026, 12, 19, tzinfo=UTC), NEW_YORK, off).week == "2027-W01"


def test_a_moment_before_six_is_still_before_the_slot() -> None:
    just_before = datetime(2026, 11, 30, 10, 59, 59, tzinfo=UTC)
    assert slots(None, just_before, NEW_YORK, ())[0].week == "2026-W48"
    assert slots(None, datetime(2026, 11, 30, 11, 0, tzinfo=UTC), NEW_YORK, ())[0].week == "2026-W49"


def test_the_week_of_new_year_has_one_name() -> None:
    assert slot_of(date(2026, 12, 28), NEW_YORK, ()).week == "2026-W53"
