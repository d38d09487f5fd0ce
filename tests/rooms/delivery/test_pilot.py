"""One class first, then the grade: the others wait in the ledger, and only she lets them go."""

from dataclasses import dataclass
from datetime import date

import pytest

from integration.consent.choose import NewChoice
from integration.courses.models import Course
from integration.courses.shelf import course as course_card
from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.choose import choose
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.pilot import go_on, try_another
from integration.delivery.plans import PlanCard, plan_card
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update
from integration.errors import AlreadyDone, Invalid
from integration.letters.shelf import letters
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

CREATE = "courses.courseWorkMaterials.create"


@dataclass
class Grade:
    """A plan for three classes, of which the first is the pilot; the third is a teacher's."""

    library: Library
    clock: Clock
    first: Course
    second: Course
    hers: Course
    plan_id: str

    @property
    def card(self) -> PlanCard:
        return plan_card(self.library.desk, self.library.school_id, self.plan_id)

    def of(self, course: Course) -> DeliveryCard:
        [card] = deliveries(self.library.desk, self.library.school_id, course_id=course.id)
        return card

    def accepts(self, pilot: Course) -> None:
        accept(self.library.desk, self.library.school_id, self.plan_id, self.library.account.id, pilot=pilot.id)

    def goes_on(self) -> None:
        go_on(self.library.desk, self.library.school_id, self.plan_id, self.library.account.id)

    def tries(self, course: Course) -> None:
        try_another(self.library.desk, self.library.school_id, self.plan_id, course.id, self.library.account.id)

    def works(self) -> None:
        send_due(self.library.desk, self.library.school_id)


@pytest.fixture
def planned(library: Library, clock: Clock) -> Grade:
    first, second = library.own_class("6A"), library.own_class("6B")
    hers = library.teachers_class("6C")
    return Grade(library, clock, first, second, hers, library.plan())


@pytest.fixture
def piloted(planned: Grade) -> Grade:
    """The plan, accepted with 6A as its pilot, which stands."""
    planned.accepts(planned.first)
    planned.works()
    return planned


def test_only_the_pilot_is_sent_and_the_ledger_says_what_the_others_wait_for(piloted: Grade) -> None:
    assert piloted.of(piloted.first).state == "published"
    for course in (piloted.second, piloted.hers):
        card = piloted.of(course)
        assert (card.state, card.reason, card.next_step) == ("waiting", "It waits for the pilot in 6A.", "pilot")
        assert piloted.library.posts(course) == []
    assert (piloted.card.pilot_id, piloted.card.behind_pilot, piloted.card.state) == (piloted.first.id, 2, "partial")


def test_nothing_of_the_rest_goes_by_itself_however_long_it_waits(piloted: Grade) -> None:
    for _ in range(40):
        piloted.clock.forward(days=10)
        sweep(piloted.library.desk, patience=0)
        piloted.works()
    assert piloted.library.posts(piloted.second) == [] and piloted.of(piloted.second).next_step == "pilot"
    assert letters(piloted.library.desk, piloted.library.school_id) == [], "nor is a teacher of the rest asked"


def test_going_on_sends_to_the_rest_once_as_their_teachers_allow(piloted: Grade) -> None:
    piloted.goes_on()
    piloted.goes_on()
    piloted.works()
    assert len(piloted.library.posts(piloted.second, "PUBLISHED")) == 1
    assert piloted.of(piloted.hers).next_step == "agree" and piloted.library.posts(piloted.hers) == []
    assert len(letters(piloted.library.desk, piloted.library.school_id)) == 1
    assert piloted.card.behind_pilot == 0


def test_what_a_teacher_chose_meanwhile_counts_when_she_goes_on(piloted: Grade) -> None:
    desk, school_id = piloted.library.desk, piloted.library.school_id
    rosa = course_card(desk, school_id, piloted.hers.id).teachers[0]
    choose(desk, school_id, rosa.id, NewChoice("never"), by="account:1")
    assert piloted.of(piloted.hers).next_step == "pilot"
    piloted.goes_on()
    assert piloted.of(piloted.hers).state == "skipped"


def test_a_teacher_who_agreed_in_person_meanwhile_is_not_asked_again(piloted: Grade) -> None:
    hers = piloted.of(piloted.hers)
    agree_in_person(piloted.library.desk, piloted.library.school_id, hers.id, by="Rosa", on=date(2026, 11, 23),
                    account_id=piloted.library.account.id)
    piloted.works()
    assert piloted.library.posts(piloted.hers) == [], "her yes does not let it overtake the pilot"
    piloted.goes_on()
    piloted.works()
    assert piloted.of(piloted.hers).state == "published"


def test_she_cannot_go_on_before_the_pilot_stands(planned: Grade) -> None:
    planned.accepts(planned.first)
    with pytest.raises(AlreadyDone, match="the pilot in 6A does not stand yet"):
        planned.goes_on()
    assert planned.of(planned.second).next_step == "pilot"


def test_a_pilot_that_came_to_nothing_gives_way_to_another(planned: Grade, sandbox: Sandbox) -> None:
    sandbox.trouble.order("archived", on=CREATE)
    planned.accepts(planned.first)
    planned.works()
    assert planned.of(planned.first).state == "skipped"
    planned.tries(planned.second)
    planned.works()
    assert planned.of(planned.second).state == "published"
    assert planned.of(planned.hers).reason == "It waits for the pilot in 6B."
    planned.goes_on()
    assert planned.of(planned.hers).next_step == "agree"


def test_no_other_pilot_while_the_first_stands_or_is_on_its_way(planned: Grade) -> None:
    planned.accepts(planned.first)
    with pytest.raises(AlreadyDone, match="on its way"):
        planned.tries(planned.second)
    planned.works()
    with pytest.raises(AlreadyDone, match="stands already"):
        planned.tries(planned.second)
    with pytest.raises(Invalid, match="Choose one of the classes that wait"):
        planned.tries(planned.first)


def test_taking_back_ends_the_rest_too(piloted: Grade) -> None:
    retract(piloted.library.desk, piloted.library.school_id, piloted.plan_id, piloted.library.account.id)
    piloted.works()
    assert [piloted.of(each).state for each in (piloted.first, piloted.second, piloted.hers)] == [
        "retracted", "cancelled", "cancelled"]
    piloted.goes_on()
    piloted.works()
    assert piloted.library.posts(piloted.second) == []


def test_what_she_betters_after_the_pilot_is_what_the_rest_gets(piloted: Grade) -> None:
    piloted.library.change(piloted.plan_id, title="Volcanoes, anew")
    update(piloted.library.desk, piloted.library.school_id, piloted.plan_id, piloted.library.account.id)
    piloted.works()
    piloted.goes_on()
    piloted.works()
    assert [post["title"] for each in (piloted.first, piloted.second)
            for post in piloted.library.posts(each, "PUBLISHED")] == ["Volcanoes, anew"] * 2


def test_one_that_waits_for_the_pilot_cannot_be_sent_by_trying_again(piloted: Grade) -> None:
    with pytest.raises(AlreadyDone, match="waits for the pilot"):
        retry(piloted.library.desk, piloted.library.school_id, piloted.of(piloted.second).id)


def test_a_pilot_the_plan_does_not_go_into_is_refused_and_nothing_is_accepted(planned: Grade) -> None:
    elsewhere = planned.library.own_class("7A", grades=["7"])
    with pytest.raises(Invalid, match="Choose one of the classes"):
        planned.accepts(elsewhere)
    assert planned.card.state == "planned" and not deliveries(planned.library.desk, planned.library.school_id)


def test_a_second_accept_with_another_pilot_changes_nothing(piloted: Grade) -> None:
    piloted.accepts(piloted.second)
    assert piloted.card.pilot_id == piloted.first.id and piloted.of(piloted.second).next_step == "pilot"
