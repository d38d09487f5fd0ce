"""Posts live on after they were sent: teachers change them, and nothing of theirs is lost by an update or by taking back."""

from dataclasses import dataclass

import pytest

from integration.consent.choose import NewChoice
from integration.courses.models import Course
from integration.courses.shelf import course as course_card
from integration.delivery.agree import agree_in_person
from integration.delivery.choose import choose
from integration.delivery.leave_to_her import leave_to_her
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.observe import observe
from integration.delivery.plans import plan_card
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.take_back import take_back
from integration.delivery.update import update
from integration.errors import AlreadyDone
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

CREATE, PATCH, DELETE = (f"courses.courseWorkMaterials.{verb}" for verb in ("create", "patch", "delete"))


@dataclass
class Science:
    """A teacher's class with one post of ours, or a draft that lies in it for her."""

    library: Library
    clock: Clock
    course: Course
    plan_id: str

    @property
    def card(self) -> DeliveryCard:
        card, = deliveries(self.library.desk, self.library.school_id)
        return card

    @property
    def post(self) -> dict[str, object]:
        post, = self.library.posts(self.course)
        return post

    def she_writes(self, *, title: str) -> None:
        self.clock.forward(minutes=1)
        self.library.world.edit_post(self.course.google_id, str(self.post["id"]), title=title)

    def takes_back(self) -> None:
        retract(self.library.desk, self.library.school_id, self.plan_id, self.library.account.id)
        self.goes_on()

    def updates(self, **words: str) -> None:
        self.library.change(self.plan_id, **words)
        update(self.library.desk, self.library.school_id, self.plan_id, self.library.account.id)
        self.goes_on()

    def goes_on(self, rounds: int = 1) -> None:
        for _ in range(rounds):
            send_due(self.library.desk, self.library.school_id)
            self.clock.forward(minutes=6)


def science(library: Library, clock: Clock, choice: str) -> Science:
    course = library.teachers_class()
    teacher = course_card(library.desk, library.school_id, course.id).teachers[0]
    choose(library.desk, library.school_id, teacher.id, NewChoice(choice), by=f"account:{library.account.id}")
    found = Science(library, clock, course, library.accepted())
    found.goes_on()
    return found


@pytest.fixture
def shown(library: Library, clock: Clock) -> Science:
    """A class whose students see our post."""
    return science(library, clock, "always")


@pytest.fixture
def lying(library: Library, clock: Clock) -> Science:
    """A class in which a draft of ours lies for its teacher."""
    return science(library, clock, "draft")


def test_what_was_begun_before_she_agreed_is_not_made_a_second_time(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    sandbox.trouble.order("archived", on=PATCH)
    found = science(library, clock, "always")
    assert found.card.state == "skipped"
    library.world.change_course(found.course.google_id, courseState="ACTIVE")
    teacher = course_card(library.desk, library.school_id, found.course.id).teachers[0]
    choose(library.desk, library.school_id, teacher.id, NewChoice("ask"), by=f"account:{library.account.id}")
    retry(library.desk, library.school_id, found.card.id)
    agree_in_person(library.desk, library.school_id, found.card.id, by="Rosa Gomez", on=clock.at.date(),
                    account_id=library.account.id)
    found.goes_on(rounds=3)
    assert found.post["state"] == "PUBLISHED"


def test_a_draft_that_its_teacher_changed_is_spared_and_asked_about(lying: Science) -> None:
    lying.she_writes(title="Mine")
    lying.takes_back()
    assert lying.post["state"] == "DRAFT" and lying.card.state == "waiting"
    assert lying.card.is_asked and lying.card.kept == ("title",) and "changed the title" in lying.card.reason
    lying.takes_back()
    assert lying.post["state"] == "DRAFT" and lying.card.is_asked


def test_a_draft_that_its_teacher_left_alone_is_taken_back(lying: Science) -> None:
    lying.takes_back()
    assert lying.post["state"] == "DELETED" and lying.card.state == "cancelled"


@pytest.mark.parametrize("where", ["shown", "lying"])
def test_what_is_asked_about_is_taken_back_once_she_says_so(where: str, request: pytest.FixtureRequest) -> None:
    found: Science = request.getfixturevalue(where)
    found.she_writes(title="Mine")
    found.takes_back()
    take_back(found.library.desk, found.library.school_id, found.card.id, found.library.account.id)
    found.goes_on()
    assert found.post["state"] == "DELETED" and found.card.state in {"retracted", "cancelled"} and not found.card.is_asked


def test_a_change_after_she_said_so_is_asked_about_anew(shown: Science) -> None:
    shown.she_writes(title="Mine")
    shown.takes_back()
    shown.library.look()
    take_back(shown.library.desk, shown.library.school_id, shown.card.id, shown.library.account.id)
    shown.she_writes(title="Mine for good")
    shown.goes_on()
    assert shown.post["state"] == "PUBLISHED" and shown.card.is_asked


def test_what_is_left_to_the_teacher_is_not_asked_about_again(shown: Science) -> None:
    shown.she_writes(title="Mine")
    shown.takes_back()
    leave_to_her(shown.library.desk, shown.library.school_id, shown.card.id, shown.library.account.id)
    shown.takes_back()
    shown.updates(title="Volcanoes and us", description="Anew.")
    assert shown.post["title"] == "Mine" and "Anew" not in str(shown.post["description"])
    assert shown.card.is_left and not shown.card.is_asked


def test_what_no_teacher_changed_cannot_be_left_to_her(shown: Science) -> None:
    with pytest.raises(AlreadyDone):
        leave_to_her(shown.library.desk, shown.library.school_id, shown.card.id, shown.library.account.id)


def test_an_update_keeps_the_words_of_a_draft_that_its_teacher_changed(lying: Science) -> None:
    lying.she_writes(title="Mine")
    lying.updates(title="Volcanoes and us", description="Anew.")
    lying.goes_on(rounds=2)
    assert lying.post["state"] == "DRAFT" and lying.post["title"] == "Mine"
    assert str(lying.post["description"]).startswith("Anew.") and lying.card.state == "waiting"
    assert plan_card(lying.library.desk, lying.library.school_id, lying.plan_id).state == "done"


def test_a_draft_she_published_while_it_was_updated_counts_as_shown(lying: Science) -> None:
    lying.library.change(lying.plan_id, title="Volcanoes and us")
    update(lying.library.desk, lying.library.school_id, lying.plan_id, lying.library.account.id)
    lying.library.world.publish_post(lying.course.google_id, str(lying.post["id"]))
    lying.goes_on()
    assert lying.card.state == "published" and lying.card.published_at is not None


def test_what_she_changed_is_known_field_by_field(shown: Science) -> None:
    shown.she_writes(title="Mine")
    shown.library.look()
    assert shown.card.kept == ("title",) and shown.card.history[-1].sentence == "The teacher changed the title."
    shown.library.look()
    assert [step.sentence for step in shown.card.history].count("The teacher changed the title.") == 1


def test_our_own_update_is_not_taken_for_her_change(shown: Science) -> None:
    shown.library.look()
    shown.updates(title="Volcanoes and us")
    shown.library.look()
    assert shown.card.edited_at is None and shown.card.kept == ()


def test_what_was_read_before_our_update_says_nothing_about_her(shown: Science) -> None:
    shown.library.look()
    shown.updates(title="Volcanoes and us")
    observe(shown.library.desk, shown.library.school_id)
    assert shown.card.edited_at is None


def test_a_change_she_took_back_herself_is_no_reason_to_ask(shown: Science) -> None:
    shown.she_writes(title="Mine")
    shown.library.look()
    shown.she_writes(title="Volcanoes")
    shown.updates(description="Anew.")
    shown.takes_back()
    assert shown.post["state"] == "DELETED" and shown.card.state == "retracted"


def test_a_taking_back_that_was_refused_is_tried_again_and_never_sent(library: Library, sandbox: Sandbox, clock: Clock,
                                                                     lying: Science) -> None:
    sandbox.trouble.order("archived", on=DELETE)
    lying.takes_back()
    assert lying.card.state == "parked" and "could not be taken back" in lying.card.reason
    library.world.change_course(lying.course.google_id, courseState="ACTIVE")
    retry(library.desk, library.school_id, lying.card.id)
    lying.goes_on(rounds=2)
    assert lying.post["state"] == "DELETED" and lying.card.state == "cancelled"


def test_an_update_that_was_refused_leaves_the_plan_partial_and_can_be_tried_alone(sandbox: Sandbox, shown: Science) -> None:
    sandbox.trouble.order("archived", on=PATCH)
    shown.updates(title="Volcanoes and us")
    plan = plan_card(shown.library.desk, shown.library.school_id, shown.plan_id)
    assert plan.state == "partial" and "not updated" in shown.card.reason
    shown.library.world.change_course(shown.course.google_id, courseState="ACTIVE")
    retry(shown.library.desk, shown.library.school_id, shown.card.id)
    shown.goes_on()
    assert shown.post["title"] == "Volcanoes and us" and shown.card.state == "published"


@pytest.mark.parametrize("on", [CREATE, PATCH, DELETE])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "archived"])
def test_a_plan_taken_back_wherever_its_replacement_stopped_leaves_nothing(
        sandbox: Sandbox, shown: Science, on: str, kind: str) -> None:
    sandbox.trouble.order(kind, on=on)
    shown.updates(url="https://volcano.example/new")
    shown.library.world.change_course(shown.course.google_id, courseState="ACTIVE")
    shown.takes_back()
    shown.goes_on(rounds=3)
    assert {post["state"] for post in shown.library.posts(shown.course)} == {"DELETED"} and shown.card.state == "retracted"
