"""Say what a week's round would post, before it does; nothing is written and Google is not asked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from integration.curation.shelf import collection
from integration.delivery.plan import foresee
from integration.desk import Desk
from integration.errors import ThroughlineError
from integration.week.occurrences import Due, due_in, new_plan


@dataclass(frozen=True)
class Foreseen:
    """What a series would do in a week. `actions`: how many classes by what happens there; a `sentence` says why nothing would."""

    series_id: str
    series: str
    title: str
    at: datetime
    actions: Mapping[str, int]
    sentence: str


def foresee_week(desk: Desk, school_id: str, account_id: str, week: str) -> list[Foreseen]:
    """What each of her series would post in a week, as things stand now."""
    return [_foreseen(desk, due) for due in due_in(desk, school_id, account_id, week)]


def _foreseen(desk: Desk, due: Due) -> Foreseen:
    series = due.series
    if due.item is None:
        return Foreseen(series.id, series.name, "", due.at, {}, "Its queue is empty, so nothing would be posted.")
    try:
        title = collection(desk, series.school_id, due.item.collection_id).title
        items = foresee(desk, series.school_id, series.account_id, new_plan(desk, due, due.item))
    except ThroughlineError as error:
        return Foreseen(series.id, series.name, "", due.at, {}, str(error))
    return Foreseen(series.id, series.name, title, due.at, dict(Counter(item.action.value for item in items)), "")
