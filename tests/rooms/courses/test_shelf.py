"""Finding classes on the shelf."""

import pytest

from integration.courses.models import Confidence, CourseState, Mode
from integration.courses.shelf import Filter, course, courses, grade_name
from integration.errors import NotFound
from tests import make
from tests.rooms.courses.looking import Look


def names(look: Look, chosen: Filter) -> list[str]:
    return [card.name for card in courses(look.desk, look.school_id, chosen)]


@pytest.fixture
def shelf(small: Look) -> Look:
    make.course(small.desk, small.account, name="Sixth", grades=["6"], subject="science")
    make.course(small.desk, small.account, name="One_hundred%", grades=["1", "K"], subject="math", mode=Mode.OWN)
    make.course(small.desk, small.account, name="Eleven", grades=["11"], confidence=Confidence.DOUBTFUL)
    make.course(small.desk, small.account, name="Old", grades=[], confidence=Confidence.UNKNOWN, excluded=True)
    make.course(small.desk, small.account, name="Put away", confidence=Confidence.UNKNOWN, state=CourseState.ARCHIVED)
    return small


@pytest.mark.parametrize(("chosen", "found"), [
    (Filter(grade="1"), ["One_hundred%"]),
    (Filter(grade="K"), ["One_hundred%"]),
    (Filter(subject="science", grade="6"), ["Put away", "Sixth"]),
    (Filter(mode="own"), ["One_hundred%"]),
    (Filter(mode="nonsense"), []),
    (Filter(text="E_H"), ["One_hundred%"]),
    (Filter(text="%"), ["One_hundred%"]),
    (Filter(doubtful=True), ["Eleven"]),
    (Filter(doubtful=False, mode="own"), ["One_hundred%"]),
    (Filter(confidence="sure"), ["One_hundred%", "Sixth"]),
])
def test_a_filter_finds_what_it_says(shelf: Look, chosen: Filter, found: list[str]) -> None:
    assert names(shelf, chosen) == found


def test_another_schools_class_is_not_found(shelf: Look) -> None:
    id = courses(shelf.desk, shelf.school_id)[0].id
    with pytest.raises(NotFound):
        course(shelf.desk, make.school(shelf.desk), id)


def test_grades_have_names() -> None:
    assert [grade_name(code) for code in ("PK", "TK", "K", "6")] == [
        "Pre-K", "Transitional kindergarten", "Kindergarten", "Grade 6"]
