"""A school may have its own ladder; what is made already stays as it was made."""

import pytest

from integration.citations.ladder import STANDARD, as_data
from integration.citations.styles import Style
from integration.desk import Desk
from integration.workshops.ladders import change_ladder, ladder, take_standard_ladder
from integration.workshops.shelf import kit as card_of
from tests import make
from tests.rooms.workshops.makers import kit

OWN = {**as_data(STANDARD), "rungs": {"6": {"parts": ["title", "url"], "last_name_first": False, "says": "Title and address."}},
       "style": "apa7", "subjects": {}}


@pytest.fixture
def school_id(desk: Desk) -> str:
    return make.school(desk)


def test_a_school_without_its_own_climbs_the_standard_ladder(desk: Desk, school_id: str) -> None:
    assert ladder(desk, school_id) == STANDARD


def test_a_new_kit_is_made_by_the_schools_own_ladder(desk: Desk, school_id: str) -> None:
    change_ladder(desk, school_id, OWN)
    made = [card_of(desk, school_id, kit(desk, school_id, grade=grade)) for grade in ("6", "3")]
    assert [card.step.says if card.step else "" for card in made] == ["Title and address.", ""]
    assert {card.style for card in made} == {Style.APA}


def test_a_kit_keeps_the_form_it_was_made_in(desk: Desk, school_id: str) -> None:
    made = kit(desk, school_id, grade="3")
    change_ladder(desk, school_id, OWN)
    assert card_of(desk, school_id, made).step == STANDARD.rung("3")


def test_the_standard_ladder_can_be_taken_again(desk: Desk, school_id: str) -> None:
    change_ladder(desk, school_id, OWN)
    take_standard_ladder(desk, school_id)
    assert ladder(desk, school_id) == STANDARD
