"""School years in words, and subjects."""

from datetime import date

import pytest

from integration.courses.subject import subject_of
from integration.courses.year import find_year, school_year


@pytest.mark.parametrize(("on", "month", "year"), [
    (date(2026, 6, 30), 7, "2025-26"), (date(2026, 7, 1), 7, "2026-27"), (date(2099, 12, 1), 8, "2099-00")])
def test_the_school_year_turns_on_the_first_of_its_month(on: date, month: int, year: str) -> None:
    assert school_year(on, month) == year


@pytest.mark.parametrize(("text", "year"), [
    ("Math 26-27", "2026-27"), ("26/27 Reading", "2026-27"), ("SY 2026-2027 ELA", "2026-27"), ("2026-27 5A", "2026-27"),
    ("Choir 6-8", ""), ("Grades 11-12", ""), ("Room 30-33", ""), ("Class of 2030", "")])
def test_a_year_is_told_from_a_span_of_grades(text: str, year: str) -> None:
    assert find_year(text).year == year


@pytest.mark.parametrize(("name", "subject"), [
    ("6th Grade Science", "science"), ("ELA 7 / Period 2", "ela"), ("AP Lang", "ela"), ("Gr7/Gr8 Robotics", "technology"),
    ("Grade 6 Social Studies", "social-studies"), ("Algebra 1", "math"), ("Spanish 2", "languages"),
    ("Room 8 Art", "art"), ("3-Lee", ""), ("4th Grade Library", "library"), ("Party Planning", "")])
def test_a_subject_is_told_by_its_own_words(name: str, subject: str) -> None:
    assert subject_of(name) == subject
