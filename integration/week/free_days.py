"""Two days to offer for planning together: days with school in the coming week."""

from datetime import date, timedelta

from integration.accounts.schools import school
from integration.consent.weeks import monday_of
from integration.desk import Desk
from integration.week.holidays import days_off

OFFERED = 2
FROM_MONDAY = (1, 3)
"""Tuesday and Thursday, which neither begin nor end a week."""
WEEKS_TRIED = 20


def free_days(desk: Desk, school_id: str) -> tuple[date, ...]:
    """The next two Tuesdays or Thursdays with school, from the coming week on."""
    monday, is_off = monday_of(school(desk, school_id).today(desk.now())), days_off(desk, school_id)
    days = (monday + timedelta(weeks=week, days=day) for week in range(1, WEEKS_TRIED + 1) for day in FROM_MONDAY)
    return tuple([day for day in days if not is_off(day)][:OFFERED])
