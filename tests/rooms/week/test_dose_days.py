"""The parts of a kit get their days from the window of the unit their grade is taught, with the reason in words."""

from datetime import UTC, date, datetime

import pytest

from integration.accounts.models import Account
from integration.desk import Desk
from integration.partnerships.spreadsheet import read_sheet
from integration.sandbox.world import World
from integration.week.dose_days import Fit, fits, fits_of_part
from integration.week.holidays import add_holiday
from integration.workshops.bring_map import bring_map
from integration.workshops.make import remove_kit
from integration.workshops.models import Dose
from integration.workshops.shelf import KitCard, kit
from tests import make
from tests.conftest import Clock
from tests.rooms.workshops import makers


@pytest.fixture
def her(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("lena@juniper.example", "Lena Ortiz"))


@pytest.fixture
def card(desk: Desk, her: Account) -> KitCard:
    return kit(desk, her.school_id, makers.kit(desk, her.school_id, doses=["before", "during", "after"]))


def mapped(desk: Desk, her: Account, *lines: str) -> None:
    bring_map(desk, her.school_id, read_sheet("\n".join(["Unit,Grade,Subject,Starts,Ends", *lines]).encode()))


def days(fit: Fit) -> list[str]:
    return [f"{day.at:%a %Y-%m-%d %H:%M}" if day.at else "" for day in fit.days.values()]


def test_before_is_a_week_ahead_during_its_middle_and_after_near_its_end(desk: Desk, her: Account, card: KitCard) -> None:
    mapped(desk, her, "Oceans,7,Science,2027-02-02,2027-02-19", "Plants,2,Science,2027-02-02,2027-02-19")
    [fit] = fits(desk, card)
    assert fit.window.unit == "Oceans"
    assert days(fit) == ["Tue 2027-01-26 07:00", "Wed 2027-02-10 07:00", "Wed 2027-02-17 07:00"]
    assert [day.reason for day in fit.days.values()] == [
        "“Oceans” begins on February 2; this is the last school day that leaves a week before.",
        "“Oceans” is taught from February 2 to February 19; this is its middle.",
        "“Oceans” ends on February 19; this leaves time to mend the list before it is handed in."]


def test_no_part_goes_out_on_a_day_without_school(desk: Desk, her: Account, card: KitCard) -> None:
    mapped(desk, her, "Oceans,7,,2027-02-01,2027-02-21")
    add_holiday(desk, her.school_id, "Ski week", date(2027, 2, 11), date(2027, 2, 15))
    add_holiday(desk, her.school_id, "Exams", date(2027, 1, 25), date(2027, 1, 29))
    [fit] = fits(desk, card)
    assert days(fit) == ["Fri 2027-01-22 07:00", "Tue 2027-02-16 07:00", "Fri 2027-02-19 07:00"]


def test_what_is_past_goes_out_when_she_accepts_and_says_why(desk: Desk, her: Account, card: KitCard, clock: Clock) -> None:
    mapped(desk, her, "Oceans,7,Science,2027-02-02,2027-02-19")
    clock.at = datetime(2027, 1, 29, 15, tzinfo=UTC)
    assert days(fits(desk, card)[0])[0] == "" and "in less than a week" in fits(desk, card)[0].days[Dose.BEFORE].reason
    clock.at = datetime(2027, 2, 18, 15, tzinfo=UTC)
    [fit] = fits(desk, card)
    assert days(fit) == ["", "", ""]
    assert "has begun already" in fit.days[Dose.BEFORE].reason and "half of it is over" in fit.days[Dose.DURING].reason
    clock.at = datetime(2027, 2, 22, 15, tzinfo=UTC)
    assert fits(desk, card) == []


def test_the_next_unit_comes_first_and_a_collection_knows_which_part_it_is(desk: Desk, her: Account, card: KitCard) -> None:
    mapped(desk, her, "Oceans,6-8,,2027-04-01,2027-04-19", "Rivers,7,Science,2027-02-02,2027-02-19")
    found = fits_of_part(desk, her.school_id, card.doses[Dose.DURING])
    assert found is not None and found[0] is Dose.DURING and [fit.window.unit for fit in found[1]] == ["Rivers", "Oceans"]
    assert fits_of_part(desk, her.school_id, "no such collection") is None
    remove_kit(desk, her.school_id, card.id)
    assert fits_of_part(desk, her.school_id, card.doses[Dose.DURING]) is None
