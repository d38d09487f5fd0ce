"""A plan says for each class what will happen, and writes nothing to Google."""

from typing import Any

import pytest

from integration.courses.models import Confidence, CourseState
from integration.delivery.plan import Rule
from integration.delivery.plans import plan_card, plans
from integration.errors import Invalid
from integration.sandbox.app import Sandbox
from tests.rooms.delivery.makers import Library


def test_a_plan_names_each_class_with_its_action_and_the_exact_text(library: Library, sandbox: Sandbox) -> None:
    library.own_class()
    library.teachers_class()
    library.teachers_class("6th Grade Art", state=CourseState.ARCHIVED)
    library.teachers_class("Grade 7 Maths", grades=["7"])
    card = plan_card(library.desk, library.school_id, library.plan())
    assert card.counts == {"create": 1, "update": 0, "wait": 1, "skip": 1}
    by_name = {item.course_name: item for item in card.items}
    assert "archived" in by_name["6th Grade Art"].reason
    assert by_name["Grade 6 Library"].text == (
        "From the library.\n\nLook closely\nWhat do you see first?\n\nShared by Lena Ortiz, school librarian, for Grade 6 Library. "
        "Edit or remove freely; what you change is never overwritten.")
    assert not [call for call in sandbox.journal.calls if call.is_write]


def test_a_plan_that_fits_no_class_is_refused_with_a_sentence(library: Library) -> None:
    library.own_class()
    with pytest.raises(Invalid, match="No class fits"):
        library.plan(Rule(grades=["9"]))
    assert plans(library.desk, library.school_id) == []


@pytest.mark.parametrize(("rule", "given", "field"), [
    (Rule(), {}, "rule"), (Rule(grades=["13"]), {}, "grades"), (Rule(grades=["6"]), {"kind": "quiz"}, "as"),
    (Rule(grades=["6"]), {"topic": "x" * 101}, "topic")])
def test_a_wrong_field_is_named(library: Library, rule: Rule, given: dict[str, Any], field: str) -> None:
    library.own_class()
    with pytest.raises(Invalid) as caught:
        library.plan(rule, **given)
    assert set(caught.value.fields) == {field}


def test_a_doubtful_class_is_taken_with_its_doubt_and_an_unknown_one_only_by_name(library: Library) -> None:
    library.own_class(confidence=Confidence.DOUBTFUL)
    unknown = library.own_class("Room 12", grades=[], confidence=Confidence.UNKNOWN)
    card = plan_card(library.desk, library.school_id, library.plan())
    assert [item.course_name for item in card.items] == ["Grade 6 Library"] and "guess" in card.items[0].reason
    named = plan_card(library.desk, library.school_id, library.plan(Rule(class_ids=[unknown.id])))
    assert [item.action for item in named.items] == ["create"]
