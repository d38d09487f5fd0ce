"""A class that appears after a plan was accepted is offered, never forced, and only once."""

from datetime import timedelta

import pytest

from integration.consent.choose import NewChoice
from integration.courses.correct import set_grades
from integration.courses.models import Course
from integration.courses.shelf import course as course_card
from integration.curation.collect import remove_collection
from integration.delivery.accept import accept
from integration.delivery.choose import choose
from integration.delivery.ledger import deliveries
from integration.delivery.offers import Offer, offers
from integration.delivery.pilot import go_on
from integration.delivery.plan import Rule
from integration.delivery.plans import plan_card
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.take_offer import decline_offer, take_offer
from integration.delivery.update import update
from integration.errors import NotFound
from integration.letters.shelf import letters
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


@pytest.fixture
def plan_id(library: Library) -> str:
    """A plan for grade 6, accepted while there was one class, where it stands."""
    library.own_class("6A")
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    return plan_id


def offered(library: Library) -> list[Offer]:
    return offers(library.desk, library.school_id)


def takes(library: Library, plan_id: str, course: Course) -> None:
    take_offer(library.desk, library.school_id, plan_id, course.id, library.account.id)
    send_due(library.desk, library.school_id)


def declines(library: Library, plan_id: str, course: Course) -> None:
    decline_offer(library.desk, library.school_id, plan_id, course.id, library.account.id)


def test_a_new_class_that_fits_is_offered_with_the_exact_text_and_nothing_is_sent(library: Library, plan_id: str) -> None:
    assert offered(library) == []
    late = library.own_class("6B")
    library.own_class("7A", grades=["7"])
    [offer] = offered(library)
    assert (offer.plan_id, offer.course_id, offer.course_name, offer.action) == (plan_id, late.id, "6B", "create")
    assert "for 6B." in offer.text
    send_due(library.desk, library.school_id)
    assert library.posts(late) == []


def test_taking_it_posts_once_however_often_it_is_pressed(library: Library, plan_id: str) -> None:
    late = library.own_class("6B")
    takes(library, plan_id, late)
    takes(library, plan_id, late)
    assert len(library.posts(late, "PUBLISHED")) == 1
    assert len(deliveries(library.desk, library.school_id, plan_id=plan_id)) == 2
    assert offered(library) == [] and plan_card(library.desk, library.school_id, plan_id).state == "done"


def test_declining_is_remembered(library: Library, plan_id: str) -> None:
    late = library.own_class("6B")
    declines(library, plan_id, late)
    declines(library, plan_id, late)
    takes(library, plan_id, late)
    assert offered(library) == [] and library.posts(late) == []
    items = {item.course_id: item for item in plan_card(library.desk, library.school_id, plan_id).items}
    assert (items[late.id].action, items[late.id].reason) == ("skip", "You left it out when it was offered, on November 24.")


def test_a_teachers_class_waits_for_her_word_after_the_librarian_took_the_offer(library: Library, plan_id: str) -> None:
    hers = library.teachers_class("6C")
    [offer] = offered(library)
    assert offer.action == "wait" and letters(library.desk, library.school_id) == []
    takes(library, plan_id, hers)
    [card] = deliveries(library.desk, library.school_id, course_id=hers.id)
    assert card.next_step == "agree" and library.posts(hers) == [] and len(letters(library.desk, library.school_id)) == 1


def test_a_class_whose_teacher_wants_nothing_is_not_offered(library: Library, plan_id: str) -> None:
    hers = library.teachers_class("6C")
    rosa = course_card(library.desk, library.school_id, hers.id).teachers[0]
    choose(library.desk, library.school_id, rosa.id, NewChoice("never"), by=f"account:{library.account.id}")
    assert offered(library) == [] and plan_id


def test_a_class_that_fits_once_its_grade_is_put_right_is_offered(library: Library, plan_id: str) -> None:
    late = library.own_class("Library skills", grades=[])
    assert offered(library) == []
    set_grades(library.desk, library.school_id, late.id, ["6"])
    assert [each.plan_id for each in offered(library)] == [plan_id]


def test_of_a_plan_that_was_taken_back_nothing_is_offered(library: Library, plan_id: str) -> None:
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    late = library.own_class("6B")
    assert offered(library) == []
    with pytest.raises(NotFound, match="not offered"):
        takes(library, plan_id, late)


def test_last_years_plans_are_not_offered_to_this_years_classes(library: Library, plan_id: str, clock: Clock) -> None:
    clock.at += timedelta(days=300)
    library.own_class("6B")
    assert offered(library) == [] and plan_id


def test_a_plan_for_classes_named_one_by_one_and_one_that_was_not_accepted_are_not_offered(library: Library) -> None:
    first = library.own_class("6A")
    library.accepted(rule=Rule(class_ids=[first.id]))
    library.plan()
    send_due(library.desk, library.school_id)
    library.own_class("6B")
    assert offered(library) == []


def test_a_collection_that_was_put_away_is_not_offered(library: Library, plan_id: str) -> None:
    remove_collection(library.desk, library.school_id, plan_card(library.desk, library.school_id, plan_id).collection_id)
    library.own_class("6B")
    assert offered(library) == []


def test_a_new_class_gets_the_collection_as_it_is_now_and_an_update_finds_it_up_to_date(library: Library, plan_id: str) -> None:
    library.change(plan_id, title="Volcanoes, anew")
    late = library.own_class("6B")
    takes(library, plan_id, late)
    [post] = library.posts(late, "PUBLISHED")
    assert post["title"] == "Volcanoes, anew"
    update(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert [each["id"] for each in library.posts(late, "PUBLISHED")] == [post["id"]]


def test_while_the_others_wait_for_the_pilot_a_new_class_waits_too(library: Library) -> None:
    first, _ = library.own_class("6A"), library.own_class("6B")
    plan_id = library.plan()
    accept(library.desk, library.school_id, plan_id, library.account.id, pilot=first.id)
    send_due(library.desk, library.school_id)
    late = library.own_class("6C")
    takes(library, plan_id, late)
    assert library.posts(late) == []
    assert [card.reason for card in deliveries(library.desk, library.school_id, course_id=late.id)] == [
        "It waits for the pilot in 6A."]
    go_on(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert len(library.posts(late, "PUBLISHED")) == 1
