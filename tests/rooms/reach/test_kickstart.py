"""The kickstart ladder: one teacher first, the next only after a success, and an end."""

from dataclasses import dataclass
from datetime import date

import pytest

from integration.courses.models import Course, Teacher
from integration.delivery.models import DeliveryState
from integration.desk import Desk
from integration.partnerships.log import HandEntry, write
from integration.partnerships.propose import NewProposal, propose
from integration.reach.kickstart import rung
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import Year, empty_year


@dataclass
class Beginning:
    """A librarian who is new at a school of four teachers. It is November 24."""

    year: Year
    teachers: list[Teacher]
    courses: list[Course]

    def says(self) -> str:
        found = rung(self.year.desk, self.year.school_id)
        return found.sentence if found else ""


@pytest.fixture
def beginning(desk: Desk, world: World) -> Beginning:
    year = empty_year(desk, world)
    teachers = [make.teacher(desk, year.school_id, name=name) for name in ("Ana", "Ben", "Cleo", "Dan")]
    return Beginning(year, teachers, [make.course(desk, year.account, teachers=(each,)) for each in teachers])


def test_it_begins_with_one_teacher(beginning: Beginning) -> None:
    assert beginning.says().startswith("Begin with one teacher: Ana. Offer a few science sources")


def test_what_stands_for_less_than_a_week_is_waited_for(beginning: Beginning) -> None:
    beginning.year.post(beginning.courses[0], date(2026, 11, 18))
    assert beginning.says().startswith("Let it stand for a week with Ana.")


def test_what_stood_for_a_week_brings_the_next_proposal(beginning: Beginning) -> None:
    beginning.year.post(beginning.courses[0], date(2026, 11, 17))
    assert beginning.says().startswith("It worked once, so go one step further, with Ben.")


def test_what_they_did_together_is_a_success_at_once(beginning: Beginning) -> None:
    write(beginning.year.desk, beginning.year.school_id, HandEntry(beginning.teachers[0].id, date(2026, 11, 23), "Book talk"))
    assert beginning.says().startswith("It worked once, so go one step further, with Ben.")


def test_an_offer_that_nobody_answered_is_no_success(beginning: Beginning) -> None:
    propose(beginning.year.desk, beginning.year.school_id, beginning.year.account.id, NewProposal(
        beginning.teachers[0].id, date(2026, 12, 3), 20, "Citation workshop", "I teach it."))
    assert beginning.says().startswith("Begin with one teacher")


@pytest.mark.parametrize(("state", "edited"), [(DeliveryState.REMOVED, False), (DeliveryState.PUBLISHED, True)])
def test_what_she_removed_or_changed_is_no_success_and_not_waited_for(beginning: Beginning, state: DeliveryState, *, edited: bool
                                                                       ) -> None:
    beginning.year.post(beginning.courses[0], date(2026, 11, 3), state, edited=edited)
    assert beginning.says().startswith("Begin with one teacher: Ben.")


def test_with_three_teachers_it_is_over(beginning: Beginning) -> None:
    for course in beginning.courses[:3]:
        beginning.year.post(course, date(2026, 11, 3))
    assert beginning.says() == ""
