"""Many deliveries go together, and each is still answered for by itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from integration import nature
from integration.accounts.connection import open_classroom
from integration.courses.models import Course
from integration.delivery.advance import LOOKED_AT, TOGETHER_AGAIN, advance
from integration.delivery.attempts import begin_together
from integration.delivery.draft import TWICE
from integration.delivery.gone import DELETED_LATE
from integration.delivery.lease import FEW, Lost, claim
from integration.delivery.ledger import deliveries
from integration.delivery.machine import WORKABLE
from integration.delivery.models import IS_WORKABLE, Attempt, Delivery, DeliveryStep
from integration.delivery.models import DeliveryState as S
from integration.delivery.replace import end_replacing
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.rota import Turn
from integration.delivery.send import SLICE, send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update as update_plan
from integration.desk import Desk
from integration.google.wire import Reply, Wire
from integration.later import Job
from integration.sandbox.app import Sandbox
from tests.conftest import Bell, Clock
from tests.rooms.delivery.makers import Library

CREATE = "courses.courseWorkMaterials.create"
PATCH = "courses.courseWorkMaterials.patch"
DELETE = "courses.courseWorkMaterials.delete"


@dataclass
class Watched:
    """A wire that remembers each trip, and does something before each."""

    wire: Wire
    before: Callable[[str], None] = lambda _url: None
    trips: list[str] = field(default_factory=list)

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        if url.endswith("/batch") or "/v1/" in url:
            self.trips.append(url)
            self.before(url)
        return self.wire.carry(method, url, headers, body, timeout)


def watched(library: Library, before: Callable[[str], None] = lambda _url: None) -> tuple[Desk, Watched]:
    """The librarian's desk on a watched wire."""
    wire = Watched(library.desk.wire(), before)
    return replace(library.desk, wire=lambda: wire), wire


def classes(library: Library, count: int) -> list[Course]:
    return [library.own_class(f"Grade 6 Library {number}") for number in range(count)]


def states(library: Library) -> list[str]:
    return sorted(card.state for card in deliveries(library.desk, library.school_id))


def shown(library: Library, courses: list[Course]) -> list[int]:
    return [len(library.posts(course, "PUBLISHED")) for course in courses]


def finish(library: Library, clock: Clock) -> None:
    for _ in range(6):
        clock.forward(minutes=3)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id)
    clock.forward(minutes=11)
    sweep(library.desk, patience=0)


def test_120_deliveries_go_in_a_dozen_trips(library: Library) -> None:
    courses = classes(library, 120)
    library.accepted()
    desk, wire = watched(library)
    assert send_due(desk, library.school_id, at_once=1) == 120
    assert shown(library, courses) == [1] * 120 and states(library) == ["published"] * 120
    assert len(wire.trips) == 3 * 4, "a list of topics, the topics, the drafts and their publishing for each hand"


def test_a_class_that_refuses_does_not_keep_the_others_of_its_hand(library: Library) -> None:
    courses = classes(library, 4)
    library.accepted()
    library.world.archive(courses[1].google_id)
    send_due(library.desk, library.school_id, at_once=1)
    assert shown(library, courses) == [1, 0, 1, 1] and states(library) == ["published"] * 3 + ["skipped"]


@pytest.mark.parametrize("on", [CREATE, PATCH])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_a_batch_cut_short_is_looked_up_call_by_call(library: Library, sandbox: Sandbox, clock: Clock, kind: str, on: str) -> None:
    courses = classes(library, 5)
    library.accepted()
    sandbox.trouble.order(kind, on=on, times=1, skip=2)
    send_due(library.desk, library.school_id, at_once=1)
    assert states(library) == ["checking"] * 5
    finish(library, clock)
    assert states(library) == ["published"] * 5
    assert [[post["state"] for post in library.posts(course)] for course in courses] == [["PUBLISHED"]] * 5


def test_a_part_that_is_asked_to_slow_down_goes_later_and_counts_no_try(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    courses = classes(library, 5)
    library.accepted()
    sandbox.trouble.order("busy", on=CREATE, times=1, skip=2)
    send_due(library.desk, library.school_id, at_once=1)
    assert sum(shown(library, courses)) == 0 and states(library).count("ready") == 1
    finish(library, clock)
    assert shown(library, courses) == [1] * 5 and len(sandbox.journal.named(CREATE)) == 6


def test_one_of_a_hand_that_was_taken_away_is_not_published(library: Library) -> None:
    courses = classes(library, 3)
    library.accepted()

    def take(url: str) -> None:
        if url.endswith("/batch"):
            with library.desk.transaction() as session:
                session.execute(update(Delivery).where(Delivery.course_id == courses[1].id, Delivery.state == S.DRAFTING)
                                .values(lease_token="another", lease_until=library.desk.now() + timedelta(minutes=2)))
    desk, _ = watched(library, take)
    send_due(desk, library.school_id, at_once=1)
    assert shown(library, courses) == [1, 0, 1] and states(library) == ["published", "published", "sending"]


def test_nothing_is_begun_when_little_of_the_lease_is_left(library: Library) -> None:
    classes(library, 2)
    library.accepted()
    hand = claim(library.desk, library.school_id, library.account.id, 50)
    for held in hand:
        held.ends_at = 0.0
    assert begin_together(library.desk, hand, "create", S.DRAFTING) == [] and all(held.is_lost for held in hand)


def test_two_claims_share_no_delivery_and_no_lease(library: Library) -> None:
    classes(library, 5)
    library.accepted()
    first = claim(library.desk, library.school_id, library.account.id, 3)
    second = claim(library.desk, library.school_id, library.account.id, 50)
    assert (len(first), len(second)) == (3, 2) and {held.id for held in first}.isdisjoint(held.id for held in second)
    assert {held.token for held in first}.isdisjoint(held.token for held in second)


def test_of_what_goes_one_by_one_a_hand_takes_only_a_few(library: Library) -> None:
    courses = classes(library, 20)
    plan_id = library.accepted()
    send_due(library.desk, library.school_id, at_once=1)
    library.change(plan_id, url="https://volcano.example/new")
    update_plan(library.desk, library.school_id, plan_id, library.account.id)
    assert len(claim(library.desk, library.school_id, library.account.id, 50)) == FEW
    library.accepted(kind="announcement")
    assert send_due(library.desk, library.school_id, at_once=1) == 36
    assert sum(shown(library, courses)) == 40


def posted(library: Library, count: int) -> tuple[list[Course], str]:
    """Classes with a post each, and its plan."""
    courses = classes(library, count)
    plan_id = library.accepted()
    send_due(library.desk, library.school_id, at_once=1)
    return courses, plan_id


def ordered(library: Library, plan_id: str) -> None:
    library.change(plan_id, title="Volcanoes and us", description="Anew.")
    update_plan(library.desk, library.school_id, plan_id, library.account.id)


def taken_back(library: Library, plan_id: str) -> None:
    retract(library.desk, library.school_id, plan_id, library.account.id)


def titles(library: Library, courses: list[Course]) -> list[str]:
    return [post["title"] for course in courses for post in library.posts(course, "PUBLISHED")]


def test_60_updates_and_60_retracts_go_in_six_trips_each(library: Library) -> None:
    courses, plan_id = posted(library, 60)
    ordered(library, plan_id)
    desk, wire = watched(library)
    assert send_due(desk, library.school_id, at_once=1) == 60
    assert titles(library, courses) == ["Volcanoes and us"] * 60 and states(library) == ["published"] * 60
    assert len(wire.trips) == 3 * 2, "a look and a write for each half of a hand"
    wire.trips.clear()
    retract(library.desk, library.school_id, plan_id, library.account.id)
    assert send_due(desk, library.school_id, at_once=1) == 60
    assert sum(shown(library, courses)) == 0 and states(library) == ["retracted"] * 60
    assert len(wire.trips) == 3 * 2, "a look and a deletion for each half of a hand"


def test_in_a_hand_of_updates_each_teachers_own_is_kept(library: Library) -> None:
    courses, plan_id = posted(library, 5)
    ids = [library.posts(course)[0]["id"] for course in courses]
    library.world.edit_post(courses[1].google_id, ids[1], title="Mine")
    library.world.delete_post(courses[2].google_id, ids[2])
    library.world.archive(courses[3].google_id)
    ordered(library, plan_id)
    send_due(library.desk, library.school_id, at_once=1)
    assert titles(library, courses) == ["Volcanoes and us", "Mine", "Volcanoes", "Volcanoes and us"]
    assert library.posts(courses[1])[0]["description"].startswith("Anew.")
    cards = {card.course_id: card for card in deliveries(library.desk, library.school_id)}
    assert [cards[course.id].state for course in courses] == ["published", "published", "removed", "published", "published"]
    assert cards[courses[1].id].kept == ("title",) and cards[courses[3].id].reason.startswith("It was not updated")


def test_in_a_hand_that_is_taken_back_each_teachers_own_is_left(library: Library) -> None:
    courses, plan_id = posted(library, 5)
    ids = [library.posts(course)[0]["id"] for course in courses]
    library.world.edit_post(courses[1].google_id, ids[1], title="Mine")
    library.world.delete_post(courses[2].google_id, ids[2])
    library.world.archive(courses[3].google_id)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id, at_once=1)
    assert titles(library, courses) == ["Mine", "Volcanoes"]
    cards = {card.course_id: card for card in deliveries(library.desk, library.school_id)}
    assert [cards[course.id].state for course in courses] == ["retracted", "published", "retracted", "parked", "retracted"]
    assert cards[courses[1].id].is_asked and cards[courses[3].id].reason.startswith("It could not be taken back")


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_a_batch_of_writes_or_deletions_cut_short_is_looked_at_and_done_again(library: Library, sandbox: Sandbox, clock: Clock,
                                                                             kind: str) -> None:
    courses, plan_id = posted(library, 5)
    ordered(library, plan_id)
    sandbox.trouble.order(kind, on=PATCH, times=1, skip=2)
    send_due(library.desk, library.school_id, at_once=1)
    with library.desk.transaction() as session:
        assert list(session.scalars(select(Attempt.outcome).where(Attempt.kind == "update"))) == ["unknown"] * 5
    finish(library, clock)
    assert titles(library, courses) == ["Volcanoes and us"] * 5 and states(library) == ["published"] * 5
    retract(library.desk, library.school_id, plan_id, library.account.id)
    sandbox.trouble.order(kind, on=DELETE, times=1, skip=2)
    send_due(library.desk, library.school_id, at_once=1)
    assert states(library) == ["checking"] * 5
    finish(library, clock)
    assert sum(shown(library, courses)) == 0 and states(library) == ["retracted"] * 5


def test_of_a_hand_nothing_is_written_into_a_class_that_was_taken_away_after_the_look(library: Library) -> None:
    courses, plan_id = posted(library, 3)
    ordered(library, plan_id)

    def take(url: str) -> None:
        if url.endswith("/batch"):
            with library.desk.transaction() as session:
                session.execute(update(Delivery).where(Delivery.course_id == courses[1].id, Delivery.lease_token.is_not(None))
                                .values(lease_token="another", lease_until=library.desk.now() + timedelta(minutes=2)))
    desk, _ = watched(library, take)
    send_due(desk, library.school_id, at_once=1)
    assert titles(library, courses) == ["Volcanoes and us", "Volcanoes", "Volcanoes and us"]


@pytest.mark.parametrize("do", [ordered, taken_back])
def test_what_was_looked_at_is_finished_although_the_slice_is_over(library: Library, clock: Clock,
                                                                  do: Callable[[Library, str], None]) -> None:
    courses, plan_id = posted(library, LOOKED_AT + 5)
    do(library, plan_id)
    desk, wire = watched(library, lambda _url: clock.forward(seconds=SLICE + 1))
    send_due(desk, library.school_id, at_once=1)
    assert len(wire.trips) == 2, "a look, and what came of it"
    assert titles(library, courses).count("Volcanoes") == 5, "the others come with the next slice"


@pytest.mark.parametrize("tries", [0, TOGETHER_AGAIN + 1], ids=["together", "alone"])
@pytest.mark.parametrize("do", [ordered, taken_back])
def test_what_a_failover_forgets_in_a_workers_hands_is_left_and_the_others_go_on(
        library: Library, do: Callable[[Library, str], None], tries: int) -> None:
    courses, plan_id = posted(library, 3)
    do(library, plan_id)
    hand = claim(library.desk, library.school_id, library.account.id, 50)
    with library.desk.transaction() as session:
        for model in (DeliveryStep, Attempt):
            session.execute(delete(model).where(model.delivery_id == hand[0].id))
        session.execute(delete(Delivery).where(Delivery.id == hand[0].id))
    for held in hand:
        held.tries = tries
    classroom = open_classroom(library.desk, library.account.id)
    advance(Turn(library.desk, library.school_id, library.account.id, classroom, nature.monotonic() + SLICE), hand)
    assert titles(library, courses).count("Volcanoes") == 1 and len(states(library)) == 2 and "checking" not in states(library)


def test_a_post_that_a_failover_forgets_in_a_workers_hands_is_not_asked_for_without_its_id(library: Library) -> None:
    courses, plan_id = posted(library, 2)
    ordered(library, plan_id)
    hand = claim(library.desk, library.school_id, library.account.id, 50)
    with library.desk.transaction() as session:
        session.execute(update(Delivery).where(Delivery.id == hand[0].id).values(post_id=None))
    desk, wire = watched(library)
    classroom = open_classroom(desk, library.account.id)
    advance(Turn(desk, library.school_id, library.account.id, classroom, nature.monotonic() + SLICE), hand)
    assert [url for url in wire.trips if url.endswith("/")] == [] and titles(library, courses).count("Volcanoes") == 1


def test_who_comes_too_late_to_delete_the_post_that_was_asks_google_for_nothing(library: Library) -> None:
    _, plan_id = posted(library, 1)
    ordered(library, plan_id)
    [held] = claim(library.desk, library.school_id, library.account.id, 50)
    desk, wire = watched(library)
    with pytest.raises(Lost):
        end_replacing(desk, open_classroom(desk, library.account.id), held)
    assert wire.trips == []


def test_a_deletion_whose_worker_stood_still_is_not_said_to_be_the_teachers(library: Library, clock: Clock) -> None:
    [course], plan_id = posted(library, 1)
    taken_back(library, plan_id)

    def stand_still(_url: str) -> None:
        if len(wire.trips) == 2:
            clock.forward(minutes=5)
            library.world.edit_post(course.google_id, library.posts(course)[0]["id"], title="Mine")
            send_due(library.desk, library.school_id, at_once=1)
            assert deliveries(library.desk, library.school_id)[0].is_asked
    desk, wire = watched(library, stand_still)
    send_due(desk, library.school_id, at_once=1)
    library.look()
    [card] = deliveries(library.desk, library.school_id)
    assert shown(library, [course]) == [0] and (card.state, card.reason) == ("retracted", DELETED_LATE)


@dataclass
class Maker:
    """A wire that does something before it carries a request for a post of its own."""

    wire: Wire
    before: Callable[[], None]

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        if method == "POST" and re.search(r"/(courseWorkMaterials|announcements)(\?|$)", url):
            self.before()
        return self.wire.carry(method, url, headers, body, timeout)


def send_with_another_that_comes_late(library: Library, clock: Clock, then: Callable[[], None]) -> None:
    """One worker stands still before it makes a draft, until another has looked and is about to make one too."""
    stands, is_sent, wire = Event(), Event(), library.desk.wire()

    def stand_still() -> None:
        stands.set()
        assert is_sent.wait(30)

    def come_late() -> None:
        is_sent.set()
        slow.result()
        then()
    with nature.Threads(1) as pool:
        slow = pool.submit(send_due, replace(library.desk, wire=lambda: Maker(wire, stand_still)), library.school_id, at_once=1)
        assert stands.wait(30)
        clock.forward(minutes=5)
        send_due(replace(library.desk, wire=lambda: Maker(wire, come_late)), library.school_id, at_once=1)


@pytest.mark.parametrize("with_link", [True, False], ids=["marked", "unmarked"])
@pytest.mark.parametrize(("by_hand", "stands", "ends"), [
    ("removes", 0, "removed"), ("publishes", 1, "published"), ("leaves", 1, "published")])
def test_what_a_teacher_does_with_a_draft_that_came_late_counts_before_another_is_shown(
        library: Library, clock: Clock, by_hand: str, stands: int, ends: str, with_link: bool) -> None:
    course = library.own_class()
    library.accepted(with_link=with_link)

    def come_late() -> None:
        [post] = library.posts(course)
        {"removes": library.world.delete_post, "publishes": library.world.publish_post, "leaves": library.world.post}[by_hand](
            course.google_id, post["id"])
    send_with_another_that_comes_late(library, clock, come_late)
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert shown(library, [course]) == [stands] and card.state == ends
    assert library.posts(course, "DRAFT") == [], "what nobody needs is taken away"


@pytest.mark.parametrize("too_many", [0, 1])
def test_who_deletes_the_one_too_many_as_she_was_asked_to_has_not_removed_the_other(
        library: Library, sandbox: Sandbox, clock: Clock, too_many: int) -> None:
    course = library.own_class()
    library.accepted(with_link=False)

    def lose_the_others_answer() -> None:
        sandbox.trouble.order("cut_after", on=CREATE, times=1)
    send_with_another_that_comes_late(library, clock, lose_the_others_answer)
    clock.forward(minutes=5)
    send_due(library.desk, library.school_id, at_once=1)
    [card] = deliveries(library.desk, library.school_id)
    assert card.reason == TWICE
    library.world.delete_post(course.google_id, library.posts(course, "DRAFT")[too_many]["id"], at_once=True)
    retry(library.desk, library.school_id, card.id)
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert (shown(library, [course]), card.state) == ([1], "published")


def test_what_must_be_looked_for_in_its_class_first_is_shared_by_the_hands_too(library: Library, sandbox: Sandbox, clock: Clock
                                                                               ) -> None:
    classes(library, 10)
    library.accepted(kind="announcement")
    sandbox.trouble.order("cut_after", on="courses.announcements.create", times=1)
    send_due(library.desk, library.school_id, at_once=1)
    assert states(library) == ["checking"] * 10
    clock.forward(minutes=1)
    assert len(claim(library.desk, library.school_id, library.account.id, 50)) == FEW


def test_what_had_no_clear_answer_comes_before_what_was_never_tried_and_only_a_few_at_once(library: Library, clock: Clock) -> None:
    classes(library, 20)
    library.accepted()
    with library.desk.transaction() as session:
        tried = list(session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(6)))
        for row in tried:
            row.tries, row.next_at = 1, row.next_at + timedelta(seconds=4)
    clock.forward(seconds=5)
    hands = [claim(library.desk, library.school_id, library.account.id, 50) for _ in range(3)]
    assert [len(hand) for hand in hands] == [FEW, 6 - FEW, 14]
    assert {held.id for hand in hands[:2] for held in hand} == {row.id for row in tried}


def test_the_index_for_claims_holds_every_state_that_may_be_claimed() -> None:
    assert set(re.findall(r"'(\w+)'", IS_WORKABLE.text)) == WORKABLE


def test_when_the_database_goes_away_every_hand_is_abandoned_as_it_is(library: Library, clock: Clock) -> None:
    courses = classes(library, 120)
    library.accepted()
    away: list[str] = []

    @contextmanager
    def transaction() -> Iterator[Session]:
        if away:
            raise OperationalError("select 1", {}, ConnectionError("gone"))
        with library.desk.transaction() as session:
            yield session
    desk, wire = watched(library, lambda url: away.append(url) if url.endswith("/batch") else None)
    with pytest.raises(OperationalError):
        send_due(replace(desk, transaction=transaction), library.school_id)
    assert len(wire.trips) <= 8 and sum(shown(library, courses)) == 0
    assert send_due(library.desk, library.school_id) == 120 - len(_held_rows(library)), "what is leased is left alone"
    finish(library, clock)
    assert shown(library, courses) == [1] * 120


def _held_rows(library: Library) -> list[str]:
    with library.desk.transaction() as session:
        return list(session.scalars(select(Delivery.id).where(Delivery.lease_token.is_not(None))))


def test_every_write_was_written_down_before_and_no_transaction_is_open_meanwhile(library: Library) -> None:
    classes(library, 3)
    library.accepted()
    open_now: list[int] = [0]
    seen: list[tuple[int, int]] = []

    @contextmanager
    def transaction() -> Iterator[Session]:
        open_now[0] += 1
        with library.desk.transaction() as session:
            yield session
        open_now[0] -= 1

    def look(url: str) -> None:
        with library.desk.transaction() as session:
            seen.append((open_now[0], len(list(session.scalars(select(Attempt.id).where(Attempt.outcome.is_(None)))))))
    desk, _ = watched(library, look)
    send_due(replace(desk, transaction=transaction), library.school_id, at_once=1)
    assert seen == [(0, 0), (0, 3), (0, 3), (0, 3)]


def test_that_a_draft_was_made_is_written_down_together_with_its_id_or_not_at_all(library: Library, clock: Clock) -> None:
    course, = classes(library, 1)
    library.accepted()
    known: list[tuple[str | None, str | None]] = []

    @contextmanager
    def transaction() -> Iterator[Session]:
        with library.desk.transaction() as session:
            yield session
        with library.desk.transaction() as session:
            made = session.execute(select(Attempt.outcome, Delivery.post_id).join(Delivery, Delivery.id == Attempt.delivery_id)
                                   .where(Attempt.kind == "create")).one_or_none()
            known.append(made or (None, None))
    send_due(replace(library.desk, transaction=transaction), library.school_id, at_once=1)
    [post] = library.posts(course, "PUBLISHED")
    assert set(known) == {(None, None), ("ok", post["id"])}


def test_while_google_stumbles_all_wait_and_afterwards_they_go_on_by_themselves_without_a_burst(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    courses = classes(library, 60)
    library.accepted(kind="announcement")
    sandbox.quota.clock = lambda: clock().timestamp()
    sandbox.trouble.order("error_before", on="courses.*", times=0)
    for _ in range(6):
        clock.forward(seconds=10)
        send_due(library.desk, library.school_id, at_once=1)
    assert states(library) == ["parked"] * 60
    for _ in range(4):
        calls = len(sandbox.journal)
        clock.forward(seconds=30)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id, at_once=1)
        assert len(sandbox.journal) == calls + 1, "only one asks whether Google is well again"
    sandbox.trouble.clear()
    for _ in range(6):
        clock.forward(seconds=30)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id, at_once=1)
    assert shown(library, courses) == [1] * 60 and states(library) == ["published"] * 60
    assert not [call for call in sandbox.journal if call.status == 429] and sandbox.quota.most_seen <= 60 * 3


def test_when_its_slice_is_over_the_bell_is_rung_for_the_rest(library: Library, bell: Bell, clock: Clock) -> None:
    classes(library, 60)
    library.accepted()
    bell.rung.clear()
    desk, _ = watched(library, lambda _url: clock.forward(seconds=SLICE / 3))
    taken = send_due(desk, library.school_id, at_once=1)
    assert 0 < taken < 60 and (Job.SEND_DELIVERIES, {"school_id": library.school_id}) in bell.rung
    bell.rung.clear()
    clock.forward(minutes=2)
    send_due(library.desk, library.school_id, at_once=1)
    assert states(library) == ["published"] * 60
    assert (Job.SEND_DELIVERIES, {"school_id": library.school_id}) not in bell.rung
