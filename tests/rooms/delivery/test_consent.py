"""What a teacher allows is kept to, by a plan, by accepting it and by sending: silence is never yes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from integration.consent.choices import choice_of
from integration.consent.choose import NewChoice
from integration.consent.models import Question, QuestionPost
from integration.courses.models import Course, CourseTeacher, Mode
from integration.courses.shelf import course
from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.attempts import begin
from integration.delivery.choose import choose
from integration.delivery.lease import Lost, claim
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.moves import move
from integration.delivery.observe import observe
from integration.delivery.plan import Rule
from integration.delivery.plans import PlanItemCard, plan_card
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.errors import NotAllowed, NotFound
from integration.letters.models import Letter
from integration.streams.models import Post, PostKind, PostState
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


@pytest.mark.parametrize("kind", ["material", "announcement"])
@pytest.mark.parametrize(("choice", "planned", "state", "shown"), [
    (None, "wait", "waiting", 0), ("ask", "wait", "waiting", 0), ("always", "create", "published", 1),
    ("draft", "create", "waiting", 0),
    ("never", "skip", None, 0)])
def test_each_choice_is_kept_to(library: Library, kind: str, choice: str | None, planned: str, state: str | None,
                                shown: int) -> None:
    science = library.teachers_class()
    if choice is not None:
        chosen(library, science, choice)
    plan_id = library.accepted(kind=kind)
    send_due(library.desk, library.school_id)
    assert item(library, plan_id).action == planned
    assert [row.state for row in ledger(library)] == ([state] if state else [])
    assert len(library.posts(science, "PUBLISHED")) == shown


def test_a_worker_whose_clock_is_slow_asks_the_teacher_all_the_same(library: Library, clock: Clock) -> None:
    science = library.teachers_class(mode=Mode.OWN)
    library.accepted()
    with library.desk.transaction() as session:
        session.get_one(Course, science.id).mode = Mode.CO_TAUGHT
    send_due(replace(library.desk, now=lambda: clock() - timedelta(minutes=5)), library.school_id)
    assert library.posts(science) == [] and ledger(library)[0].state == "waiting"


def test_without_an_answer_nothing_is_ever_shown(library: Library, clock: Clock) -> None:
    science = library.teachers_class()
    library.accepted()
    for _ in range(20):
        clock.forward(days=7)
        send_due(library.desk, library.school_id)
    assert library.posts(science) == []
    assert ledger(library)[0].state == "expired"


def test_what_was_said_of_one_class_goes_before_what_was_said_of_all(library: Library) -> None:
    science = library.teachers_class()
    chosen(library, science, "always")
    chosen(library, science, "never", place=science.id)
    assert item(library, library.plan()).action == "skip"
    assert choice_of(library.desk, library.school_id, teacher_id(library, science)).choice == "always"


def test_the_strictest_of_the_teachers_decides(library: Library) -> None:
    science, other = library.teachers_class(), library.teachers_class("Elsewhere", grades=["8"])
    with library.desk.transaction() as session:
        session.add(CourseTeacher(school_id=library.school_id, course_id=science.id, teacher_id=teacher_id(library, other)))
    chosen(library, science, "always")
    assert item(library, library.plan()).action == "create"
    chosen(library, other, "never")
    assert item(library, library.plan()).action == "skip"


def test_a_week_she_wants_nothing_in_is_left_out_and_the_next_is_not(library: Library) -> None:
    chosen(library, library.teachers_class(), "always", blackout=["2026-12-09"])
    tuesday = datetime(2026, 12, 8, 12, tzinfo=UTC)
    left_out = item(library, library.plan(publish_at=tuesday))
    assert left_out.action == "skip" and "the week of December 8" in left_out.reason
    assert item(library, library.plan(publish_at=tuesday + timedelta(days=7))).action == "create"


def test_a_topic_she_did_not_name_is_asked_about(library: Library) -> None:
    chosen(library, library.teachers_class(), "always", topics=["library"])
    assert item(library, library.plan(topic="Library")).action == "create"
    assert item(library, library.plan(topic="Makerspace")).action == "wait"


def test_a_full_week_is_asked_about(library: Library, clock: Clock) -> None:
    chosen(library, library.teachers_class(), "always", max_per_week=1)
    library.accepted()
    send_due(library.desk, library.school_id)
    full = item(library, library.plan(with_link=False))
    assert full.action == "wait" and "at most 1 a week" in full.reason
    clock.forward(days=7)
    assert item(library, library.plan(with_link=False)).action == "create"


def test_two_plans_made_before_either_went_do_not_overfill_a_week(library: Library) -> None:
    science = library.teachers_class()
    chosen(library, science, "always", max_per_week=1)
    first, second = library.plan(), library.plan(with_link=False)
    for plan_id in (first, second):
        accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert len(library.posts(science, "PUBLISHED")) == 1
    assert sorted(row.state for row in ledger(library)) == ["published", "waiting"]


def test_a_no_after_the_plan_was_made_counts(library: Library) -> None:
    science = library.teachers_class()
    chosen(library, science, "always")
    plan_id = library.plan()
    chosen(library, science, "never")
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert ledger(library)[0].state == "skipped"
    assert library.posts(science) == []


@pytest.mark.parametrize(("choice", "state"), [("never", "skipped"), ("ask", "waiting")])
def test_a_change_of_mind_holds_back_what_is_accepted_and_not_yet_due(library: Library, clock: Clock, choice: str,
                                                                     state: str) -> None:
    science = library.teachers_class()
    chosen(library, science, "always")
    library.accepted(publish_at=clock.at + timedelta(days=2))
    chosen(library, science, choice)
    assert ledger(library)[0].state == state
    clock.forward(days=3)
    send_due(library.desk, library.school_id)
    assert library.posts(science) == []


def test_a_week_closed_after_accepting_is_kept_to_when_the_day_comes(library: Library, clock: Clock) -> None:
    science = library.teachers_class()
    chosen(library, science, "always")
    library.accepted(publish_at=clock.at + timedelta(days=7))
    chosen(library, science, "always", blackout=["2026-W49"])
    clock.forward(days=7)
    send_due(library.desk, library.school_id)
    assert (library.posts(science), ledger(library)[0].state) == ([], "skipped")


def test_what_she_agreed_to_in_person_goes_whatever_stands(library: Library, clock: Clock) -> None:
    science = library.teachers_class()
    library.accepted()
    agree_in_person(library.desk, library.school_id, ledger(library)[0].id, by="Rosa Gomez", on=clock.at.date(),
                    account_id=library.account.id)
    chosen(library, science, "ask")
    send_due(library.desk, library.school_id)
    assert len(library.posts(science, "PUBLISHED")) == 1


def test_what_she_chose_herself_the_librarian_can_only_make_stricter(library: Library) -> None:
    science = library.teachers_class()
    chosen(library, science, "ask", by=f"teacher:{teacher_id(library, science)}")
    with pytest.raises(NotAllowed, match="only she can change it"):
        chosen(library, science, "always")
    assert chosen(library, science, "never").choice == "never"


def test_several_posts_for_one_teacher_are_one_question_and_one_letter(library: Library) -> None:
    library.teachers_class()
    library.accepted()
    library.accepted(with_link=False)
    with library.desk.transaction() as session:
        assert len(session.scalars(select(Question)).all()) == 1
        assert len(session.scalars(select(QuestionPost)).all()) == 2
        letter = session.scalars(select(Letter)).one()
    assert letter.state == "draft"
    assert len([part for part in letter.words if part["kind"] == "post"]) == 2


def test_her_own_class_asks_nobody(library: Library) -> None:
    mine = library.own_class()
    library.accepted()
    send_due(library.desk, library.school_id)
    assert len(library.posts(mine, "PUBLISHED")) == 1


def test_a_class_whose_teachers_nobody_knows_waits_for_the_librarians_word(library: Library) -> None:
    make.course(library.desk, library.account)
    plan_id = library.accepted(rule=Rule(grades=["6"]))
    assert "No teacher of this class is known" in item(library, plan_id).reason
    with library.desk.transaction() as session:
        assert session.scalars(select(Question)).all() == []


def chosen(library: Library, science: Course, choice: str, *, by: str = "", place: str = "", **given: Any) -> Any:
    return choose(library.desk, library.school_id, teacher_id(library, science), NewChoice(choice, **given),
                  by=by or f"account:{library.account.id}", place=place)


def teacher_id(library: Library, science: Course) -> str:
    return course(library.desk, library.school_id, science.id).teachers[0].id


def item(library: Library, plan_id: str) -> PlanItemCard:
    found, = plan_card(library.desk, library.school_id, plan_id).items
    return found


def ledger(library: Library) -> list[DeliveryCard]:
    return deliveries(library.desk, library.school_id)


@pytest.fixture
def lying(library: Library) -> Course:
    """A class in which a draft of ours lies for its teacher."""
    science = library.teachers_class()
    chosen(library, science, "draft")
    plan_id = library.accepted()
    for _ in range(3):
        send_due(library.desk, library.school_id)
    assert plan_card(library.desk, library.school_id, plan_id).state == "done"
    return science


def test_a_draft_lies_in_her_class_and_is_never_published_by_us(library: Library, lying: Course, clock: Clock) -> None:
    for _ in range(10):
        clock.forward(days=7)
        send_due(library.desk, library.school_id)
    assert [post["state"] for post in library.posts(lying)] == ["DRAFT"]
    row, = deliveries(library.desk, library.school_id, state="waiting")
    assert "lies in the class as a draft" in row.reason
    assert deliveries(library.desk, library.school_id, state="sending") == []


@pytest.mark.parametrize(("what", "state", "sentence"), [
    (PostState.PUBLISHED, "published", "by hand"), (PostState.GONE, "removed", "stays removed")])
def test_the_ledger_follows_what_she_does_with_her_draft(library: Library, lying: Course, clock: Clock, what: PostState,
                                                        state: str, sentence: str) -> None:
    seen(library, lying, PostState.DRAFT)
    assert observe(library.desk, library.school_id) == 0
    seen(library, lying, what)
    assert observe(library.desk, library.school_id) == 1
    row, = ledger(library)
    assert row.state == state and sentence in row.reason


def test_a_no_takes_her_draft_back(library: Library, lying: Course) -> None:
    chosen(library, lying, "never")
    send_due(library.desk, library.school_id)
    assert library.posts(lying, "DRAFT") == []
    row, = ledger(library)
    assert row.state == "skipped" and "wants nothing" in row.reason


def test_drafts_from_now_on_are_kept_to_by_a_worker_that_already_holds_it(library: Library) -> None:
    science = library.teachers_class()
    chosen(library, science, "always")
    library.accepted()
    [held] = claim(library.desk, library.school_id, library.account.id, 50)
    move(library.desk, held, DeliveryState.DRAFTING)
    move(library.desk, held, DeliveryState.DRAFTED, post_id="7")
    chosen(library, science, "draft")
    with pytest.raises(Lost):
        begin(library.desk, held, "publish", DeliveryState.PUBLISHING)


def seen(library: Library, science: Course, state: PostState) -> None:
    """The stream as a sync would have left it."""
    with library.desk.transaction() as session:
        row = session.scalars(select(Delivery)).one()
        post = session.scalar(select(Post)) or Post(school_id=library.school_id, course_id=science.id, google_id=row.post_id,
                                                    kind=PostKind.MATERIAL, links=[], text=row.text, title=row.title)
        post.state, post.google_updated_at, post.seen_at = state, library.desk.now(), library.desk.now()
        session.add(post)


def test_a_delivery_that_a_failover_forgot_meanwhile_is_said_to_be_gone(library: Library, clock: Clock) -> None:
    library.teachers_class()
    library.accepted()
    forgetful = replace(library.desk, transaction=_forgets(library.desk, after=2))
    with pytest.raises(NotFound, match="brought back from an earlier state"):
        agree_in_person(forgetful, library.school_id, ledger(library)[0].id, by="Rosa Gomez", on=clock.at.date(),
                        account_id=library.account.id)


def _forgets(desk: Desk, *, after: int) -> Callable[[], AbstractContextManager[Session]]:
    """Transactions of a database that has lost its deliveries once `after` of them are done."""
    done: list[int] = []

    @contextmanager
    def transaction() -> Iterator[Session]:
        with desk.transaction() as session:
            if len(done) == after:
                session.execute(delete(Delivery))
            done.append(1)
            yield session

    return transaction
