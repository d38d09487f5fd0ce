"""What a school knows of its own: the day it is there."""

from datetime import UTC, date, datetime

from integration.accounts.schools import SchoolCard


def test_a_day_has_begun_when_it_has_at_the_school_or_by_utc() -> None:
    ridge = SchoolCard("1", "Juniper Ridge", "America/New_York", 7)
    late_evening = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    assert ridge.today(late_evening) == date(2026, 11, 24)
    assert not ridge.is_to_come(date(2026, 11, 25), late_evening)
    assert ridge.is_to_come(date(2026, 11, 26), late_evening)
