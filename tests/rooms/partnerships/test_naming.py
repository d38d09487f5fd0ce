"""What looks like a student's name in free text is said, once, and is never a refusal."""

import pytest

from integration.desk import Desk
from integration.partnerships.naming import cautions, names_in
from tests import make


@pytest.mark.parametrize(("text", "names"), [
    ("Helped Emma Johnson find two sources", ["Emma Johnson"]), ("Liam S. cited his first book", ["Liam S."]),
    ("José Núñez and Zoe O’Neil made a poster", ["José Núñez", "Zoe O’Neil"]), ("student Mateo asked for more", ["Mateo"]),
    ("Pupils: Ava, Noah", ["Ava"]), ("With Emma Johnson and Emma Johnson", ["Emma Johnson"])])
def test_a_given_name_beside_another_word_is_seen(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(names_in(text))) == names


@pytest.mark.parametrize("text", [
    "Citation Workshop with Grade 7", "Book Talk", "Black History Month", "Planned a unit with Ms. Emma Johnson",
    "Mr Noah Webster came", "David Library visit", "Lincoln Memorial virtual trip", "Students Found Better Sources",
    "Reading growth in grades 6 to 8", "AASL Shared Foundations", "The Magic School Bus", "Period 2 Science, Room 12",
    "Newsela and Destiny Discover", "emma johnson", ""])
def test_what_she_writes_every_day_is_not_taken_for_one(text: str) -> None:
    assert names_in(text) == []


def test_staff_are_no_students_and_each_name_is_said_once(desk: Desk) -> None:
    school_id = make.school(desk)
    make.teacher(desk, school_id, name="Emma Johnson")
    assert cautions(desk, school_id, "With Emma Johnson") == []
    [said] = cautions(desk, school_id, "Olivia Brown cited", "Again Olivia Brown")
    assert said.startswith("“Olivia Brown” looks like a student’s name.") and "Take it out" in said
