"""The plans that ask her something: a pilot that stands, and classes that came later and fit."""

from collections import Counter

from integration.delivery.offers import offers
from integration.delivery.pilot import PilotCard, pilots_to_look_at
from integration.desk import Desk


def asking_plans(desk: Desk, school_id: str, account_id: str) -> list[tuple[str, str]]:
    """What a librarian's plans ask, each in a sentence, with the page that answers it."""
    found = [each for each in offers(desk, school_id) if each.account_id == account_id]
    many, titles = Counter(each.plan_id for each in found), {each.plan_id: each.title for each in found}
    return [*((_look(each), f"/plans/{each.plan_id}#pilot") for each in pilots_to_look_at(desk, school_id)
              if each.account_id == account_id),
            *((_offer(title, many[id]), f"/plans/{id}#offers") for id, title in titles.items())]


def _look(pilot: PilotCard) -> str:
    others = "1 other class waits" if pilot.others == 1 else f"{pilot.others:,} other classes wait"
    return f"The pilot of “{pilot.title}” stands in {pilot.course_name}; {others} for you to go on."


def _offer(title: str, number: int) -> str:
    classes = "a class that was" if number == 1 else f"{number:,} classes that were"
    return f"“{title}” fits {classes} not there when you accepted it. Shall it go there too?"
