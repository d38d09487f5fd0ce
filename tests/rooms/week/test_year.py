"""A whole school year: a round each Monday at six, none twice and none missed, through both clock changes and an outage."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from integration.delivery.ledger import deliveries
from integration.week.occurrences import post_it
from integration.week.queues import all_series
from integration.week.strike import strike
from tests.rooms.week.makers import Library, spotlight

ZONE = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 11, 30), date(2027, 11, 28)
AWAY = datetime(2027, 5, 28, 12, 0, tzinfo=ZONE)
BACK = AWAY + timedelta(days=9)
TICKS = (time(5, 59), time(6, 0), time(6, 1), time(7, 0))
"""When the clock comes by on a Monday, and on the day it is back."""
STRIKES = (time(6, 0), time(20, 0))


def moments(times: tuple[time, ...], *, is_monday: bool) -> Iterator[datetime]:
    """These times of each Monday, or of each other day, on which the clock was running."""
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        for at in (datetime.combine(day, each, ZONE) for each in times):
            if (day.weekday() == 0) is is_monday and not AWAY <= at < BACK:
                yield at


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_two_rounds_at_six_none_twice_none_missed_and_nothing_late_unasked(library: Library) -> None:
    spotlight(library, *(f"Week {number}" for number in range(52)), grades=("6", "7"))
    others = dict.fromkeys(moments(STRIKES, is_monday=False), 0)
    for at, ticks in sorted({**others, **dict.fromkeys(moments(TICKS, is_monday=True), 2), BACK: 3}.items()):
        library.clock.at = at.astimezone(UTC)
        strike(library.desk)
        library.tick(ticks)
    rounds = library.rounds()[::-1]
    assert len(rounds) == len({card.week for card in rounds}) == 52 and {card.state for card in rounds} == {"done"}
    late = [card.week for card in rounds if card.is_late]
    began = {(card.began_at.astimezone(ZONE).time().replace(second=0), card.began_at.astimezone(ZONE).weekday())
             for card in rounds if card.began_at is not None and not card.is_late}
    assert (late, began) == (["2027-W22"], {(time(6, 0), 0)})
    posted = library.world.posts(library.own, state="PUBLISHED")
    assert len(posted) == len({post["title"] for post in posted}) == 51
    [asks] = [item for item in all_series(library.desk, library.school_id)[0].items if item.state == "asks"]
    post_it(library.desk, library.school_id, asks.occurrence_id, account_id=library.account.id)
    library.tick(2)
    assert len(library.world.posts(library.own, state="PUBLISHED")) == 52
    assert library.world.posts(library.hers, state="PUBLISHED") == []
    assert {card.state for card in deliveries(library.desk, library.school_id, state="waiting")} <= {"waiting"}
