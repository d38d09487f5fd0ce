"""The failure matrix of `design/delivery.md`, row by row: what students see, and what the librarian is told and can do.

`ELSEWHERE` names the tests of rows that need real processes or a restore; `tests/house/test_matrix.py` looks that none is missing.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from integration.curation.collect import NewCollection, change_collection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.ledger import deliveries
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.desk import open_desk
from integration.errors import AlreadyDone
from integration.google.wire import WsgiWire
from integration.later import silence
from integration.letters.shelf import LetterCard, letter, letters
from integration.records.session import DATABASE_AWAY, open_engine
from integration.sandbox.app import Sandbox
from integration.sandbox.manners import Manners
from tests.conftest import Bell, Clock
from tests.databases import on_postgres
from tests.rooms.delivery.makers import Doom, Killed, Library, doomed_by_calls, doomed_by_commits
from tests.rooms.delivery.weather import (
    Outage,
    PausedWire,
    attempts,
    card_of,
    created,
    finish,
    is_told,
    look_at_google,
    told,
    with_outage,
)
from workers.sweep import Basket
from workers.sweep import sweep as sweep_all

CREATE = "courses.announcements.create"
PATCH = "courses.announcements.patch"
LIST = "courses.announcements.list"
SECRET_FILE = "1secretfile1secretfile1"

ELSEWHERE = {
    16: ("tests/rooms/week/test_strike.py",),
    20: ("tests/workers/test_hearing.py::test_a_deaf_worker_leaves_with_the_status_that_asks_to_be_started_anew",
         "tests/workers/test_hearing.py::test_the_embedded_stack_starts_anew_who_asks_for_it_and_stops_at_any_other_end"),
    23: ("tests/web/commands/test_restore_drill.py::test_what_classroom_has_is_adopted_and_nothing_is_doubled",
         "tests/web/commands/test_restore_drill.py::test_what_was_due_in_the_forgotten_time_and_is_not_there_is_asked_about",
         "tests/web/pages/test_weather.py::test_while_posts_are_verified_every_page_says_so"),
    29: ("tests/web/pages/test_weather.py::test_a_database_that_takes_no_writes_changes_nothing_and_calls_nobody",),
    30: ("tests/workers/test_leaving.py::test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand",),
}
"""Row → where it is tested; rows that are not here have a test of their number in this file, and some have both."""


def accepted(library: Library) -> str:
    """A plan of an announcement, the kind that has no topic to make first."""
    return library.accepted(kind="announcement")


def send(library: Library) -> int:
    return send_due(library.desk, library.school_id)


def connection_letters(library: Library) -> list[LetterCard]:
    return [each for each in letters(library.desk, library.school_id) if each.kind == "connection"]


def test_row_01_a_crash_before_the_intent_leaves_nothing(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    for steps in range(40):
        with suppress(Killed):
            send_due(doomed_by_commits(library.desk, Doom(steps)), library.school_id)
        if attempts(library):
            break
        is_told(library, course, "ready", "Ready")
        clock.forward(minutes=3)
    assert steps > 1
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_02_a_crash_after_the_intent_and_before_the_call_is_looked_into(library: Library, sandbox: Sandbox, clock: Clock
                                                                            ) -> None:
    course = library.own_class()
    accepted(library)
    with suppress(Killed):
        send_due(doomed_by_calls(library.desk, Doom(0), is_after=False), library.school_id)
    assert attempts(library) == 1 and created(sandbox) == 0
    clock.forward(minutes=3)
    is_told(library, course, "checking", "Checking with Google")
    finish(library, clock)
    assert created(sandbox) == 1
    is_told(library, course, "published", "Published", shown=1)


def test_row_03_a_crash_during_the_call_leaves_at_most_a_draft_that_goes(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order("late", on=CREATE, times=1, seconds=200)
    with suppress(Killed):
        send_due(doomed_by_calls(library.desk, Doom(0), is_after=True), library.school_id)
    clock.forward(minutes=3)
    is_told(library, course, "checking", "Checking with Google")
    send(library)
    clock.forward(minutes=1)
    is_told(library, course, "published", "Published", shown=1, drafts=1)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_04_a_crash_before_the_draft_is_recorded_adopts_it(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    with suppress(Killed):
        send_due(doomed_by_calls(library.desk, Doom(0), is_after=True), library.school_id)
    assert card_of(library, course).google_id == "" and len(library.posts(course, "DRAFT")) == 1
    finish(library, clock)
    assert created(sandbox) == 1
    is_told(library, course, "published", "Published", shown=1)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before", "error_after"])
def test_row_05_a_lost_answer_to_create_is_never_repeated_blindly(library: Library, sandbox: Sandbox, clock: Clock, kind: str
                                                                  ) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order(kind, on=CREATE, times=1)
    send(library)
    is_told(library, course, "checking", "will look before trying again", drafts=int(kind.endswith("after")))
    finish(library, clock)
    assert created(sandbox) == (1 if kind.endswith("after") else 2)
    is_told(library, course, "published", "Published", shown=1)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before", "error_after"])
def test_row_06_a_lost_answer_to_publish_is_the_same_call_again(library: Library, sandbox: Sandbox, clock: Clock, kind: str
                                                                ) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order(kind, on=PATCH, times=1)
    send(library)
    is_shown = int(kind.endswith("after"))
    is_told(library, course, "checking", "will look before trying again", shown=is_shown, drafts=1 - is_shown)
    finish(library, clock)
    first, second = [call for call in sandbox.journal if call.name == PATCH]
    assert (first.path, first.query, first.body) == (second.path, second.query, second.body)
    is_told(library, course, "published", "Published", shown=1)


def test_row_07_being_asked_to_slow_down_costs_nothing_but_time(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order("busy", on=CREATE, times=3)
    send(library)
    is_told(library, course, "ready", "Google asked to slow down. Nothing was written")
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_08_a_clear_no_says_what_to_do(library: Library, clock: Clock) -> None:
    course = library.own_class()
    library.world.unseen_files.add(SECRET_FILE)
    file = add_resource(library.desk, library.school_id, NewResource(kind="drive", title="A map", drive_id=SECRET_FILE))
    gathered = collect(library.desk, library.school_id, NewCollection(title="Maps", resource_ids=[file]))
    plan_id = plan(library.desk, library.school_id, library.account.id, NewPlan(gathered, Rule(grades=["6"]), kind="announcement"))
    accept(library.desk, library.school_id, plan_id, library.account.id)
    finish(library, clock)
    is_told(library, course, "failed", "Share it, or take it out", "retry")
    library.world.unseen_files.clear()
    retry(library.desk, library.school_id, card_of(library, course).id)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_09_a_dead_connection_parks_all_of_the_account_until_she_connects(library: Library, sandbox: Sandbox, clock: Clock
                                                                              ) -> None:
    courses = [library.own_class(f"Grade 6 Library {number}") for number in range(3)]
    accepted(library)
    sandbox.trouble.order("revoked", on=PATCH, times=1)
    send(library)
    send(library)
    for course in courses:
        found = told(library, course)
        assert (found.state, found.next_step) == ("parked", "connect") and "onnect" in found.sentence
    calls = len(sandbox.journal)
    clock.forward(minutes=5)
    send(library)
    assert len(sandbox.journal) == calls
    library.connect_again()
    finish(library, clock)
    for course in courses:
        is_told(library, course, "published", "Published", shown=1)


def test_row_09_its_owner_gets_one_letter_however_many_posts_wait(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    for number in range(3):
        library.own_class(f"Grade 6 Library {number}")
    accepted(library)
    sandbox.trouble.order("revoked", on=PATCH, times=1)
    send(library)
    accepted(library)
    clock.forward(minutes=5)
    send(library)
    found, = connection_letters(library)
    assert (found.to_address, found.state) == (library.account.email, "ready")
    text = letter(library.desk, library.school_id, found.id)[1].text
    assert "Connect again with the same account." in text and f"{library.desk.settings.origin}/account" in text


def test_row_09_a_new_connection_that_dies_too_is_a_new_occasion(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    library.own_class()
    for _ in range(2):
        accepted(library)
        sandbox.trouble.order("revoked", on=CREATE, times=1)
        send(library)
        clock.forward(minutes=5)
        library.connect_again()
        finish(library, clock)
    assert len(connection_letters(library)) == 2


def test_row_10_a_class_she_is_no_longer_in_is_skipped(library: Library, clock: Clock) -> None:
    course = library.teachers_class()
    accepted(library)
    agree_in_person(library.desk, library.school_id, card_of(library, course).id, by="Rosa Gomez", on=date(2026, 11, 23),
                    account_id=library.account.id)
    library.world.remove_teacher(course.google_id, library.person)
    finish(library, clock)
    is_told(library, course, "skipped", "Ask the teacher to make you a co-teacher again", "retry")


def test_row_10_an_account_without_classroom_is_parked_and_told_who_can_help(library: Library, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    library.person.is_classroom_on = False
    send(library)
    is_told(library, course, "parked", "administrator", "connect")


@pytest.mark.parametrize("manners", [Manners(), Manners(refuses_archived_with_403=True)])
def test_row_11_a_class_archived_midway_is_skipped(library: Library, sandbox: Sandbox, clock: Clock, manners: Manners) -> None:
    course = library.own_class()
    library.world.manners = manners
    accepted(library)
    sandbox.trouble.order("archived", on=PATCH, times=1)
    finish(library, clock)
    is_told(library, course, "skipped", "The class is archived", "retry", drafts=1)


def stopped_before_publishing(library: Library, sandbox: Sandbox) -> tuple[str, str]:
    """A class with a draft of ours, not published yet: Google's ids of both."""
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order("busy", on=PATCH, times=1)
    send(library)
    [draft] = library.posts(course, "DRAFT")
    return course.google_id, draft["id"]


def test_row_12_what_a_teacher_edited_is_published_as_she_edited_it(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course_id, post_id = stopped_before_publishing(library, sandbox)
    library.world.edit_post(course_id, post_id, text="In my own words.")
    finish(library, clock)
    look_at_google(library)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "published" and card.edited_at is not None and card.history[-1].sentence == "The teacher changed the text."
    assert library.world.post(course_id, post_id)["text"] == "In my own words."


def test_row_13_a_draft_she_deleted_stays_removed(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course_id, post_id = stopped_before_publishing(library, sandbox)
    library.world.delete_post(course_id, post_id)
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, card.next_step) == ("removed", "") and "It stays removed" in card.reason
    assert library.world.posts(course_id, state="PUBLISHED") == [] and created(sandbox) == 1


@pytest.mark.parametrize("at_once", [False, True])
def test_row_14_a_post_she_deleted_stays_removed(library: Library, sandbox: Sandbox, clock: Clock, at_once: bool) -> None:
    course = library.own_class()
    accepted(library)
    send(library)
    look_at_google(library)
    library.world.delete_post(course.google_id, library.posts(course)[0]["id"], at_once=at_once)
    clock.forward(days=1)
    look_at_google(library)
    is_told(library, course, "removed", "It stays removed")
    with pytest.raises(AlreadyDone, match="stays removed"):
        retry(library.desk, library.school_id, card_of(library, course).id)
    finish(library, clock)
    is_told(library, course, "removed", "It stays removed")


def test_row_15_a_draft_she_published_herself_counts_as_published(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course_id, post_id = stopped_before_publishing(library, sandbox)
    library.world.publish_post(course_id, post_id)
    finish(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, card.google_id) == ("published", post_id) and len(library.world.posts(course_id)) == 1


def test_row_16_the_same_job_twice_makes_one_delivery(library: Library) -> None:
    course = library.own_class()
    plan_id = library.plan(kind="announcement")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: accept(library.desk, library.school_id, plan_id, library.account.id), range(4)))
    send(library)
    is_told(library, course, "published", "Published", shown=1)


def test_row_17_a_worker_that_stood_still_publishes_nothing_of_its_own(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)

    def another_worker() -> None:
        clock.forward(minutes=3)
        send(library)

    wire = PausedWire(library.desk.wire(), another_worker)
    # In one thread: else another of its own might just be about to look for work when the clock moves, and take it up first.
    send_due(replace(library.desk, wire=lambda: wire), library.school_id, at_once=1)
    assert wire.has_paused and created(sandbox) == 2
    is_told(library, course, "published", "Published", shown=1, drafts=1)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_18_without_any_message_the_sweep_does_it_within_fifteen_seconds(library: Library, sandbox: Sandbox, clock: Clock,
                                                                             bell: Bell, engine: Engine) -> None:
    course = library.own_class()
    accepted(library)
    bell.rung.clear()
    basket = Basket()
    swept = open_desk(library.desk.settings, ring=basket, wire=WsgiWire(sandbox), engine=engine, now=clock)
    sweep_all(swept, basket, patience=60.0)
    is_told(library, course, "ready", "Ready")
    clock.forward(seconds=5)
    sweep_all(swept, basket, patience=60.0)
    is_told(library, course, "published", "Published", shown=1)


def test_row_19_a_message_that_comes_twice_makes_no_call(library: Library, sandbox: Sandbox) -> None:
    course = library.own_class()
    accepted(library)
    send(library)
    calls = len(sandbox.journal)
    assert [send(library) for _ in range(3)] == [0, 0, 0] and len(sandbox.journal) == calls
    is_told(library, course, "published", "Published", shown=1)


@pytest.mark.parametrize("is_answer_lost", [True, False])
def test_row_22_a_database_that_goes_away_at_any_commit_leaves_one_post(library: Library, clock: Clock, is_answer_lost: bool
                                                                        ) -> None:
    for commits in range(60):
        course = library.own_class(f"Grade 6 Library {commits}")
        library.accepted(rule=Rule(class_ids=[course.id]), kind="announcement")
        outage = Outage(commits, is_answer_lost)
        with suppress(OperationalError):
            send_due(with_outage(library.desk, outage), library.school_id)
        finish(library, clock, rounds=3)
        is_told(library, course, "published", "", shown=1)
        if not outage.is_over:
            break
    assert 3 < commits < 59


def test_row_24_a_stale_list_costs_a_draft_and_never_a_post(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order("cut_after", on=CREATE, times=1)
    sandbox.trouble.order("stale", on=LIST, times=1, seconds=60)
    send(library)
    clock.forward(seconds=10)
    send(library)
    is_told(library, course, "published", "Published", shown=1, drafts=1)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


def test_row_24_what_stands_is_not_said_to_be_removed_because_a_list_lags(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    send(library)
    clock.forward(seconds=10)
    look_at_google(library)
    sandbox.trouble.order("stale", on=LIST, times=1, seconds=60)
    clock.forward(seconds=10)
    look_at_google(library)
    clock.forward(minutes=30)
    look_at_google(library)
    is_told(library, course, "published", "Published", shown=1)


def test_row_24_a_topic_that_is_there_and_not_listed_yet_is_waited_for(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    library.accepted()
    library.world.add_topic(course.google_id, "Library")
    sandbox.trouble.order("stale", on="courses.topics.list", times=2, seconds=60)
    send(library)
    is_told(library, course, "ready", "does not list it yet")
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)
    assert len(library.world.topics(course.google_id)) == 1


def test_row_25_a_request_that_comes_late_leaves_a_draft_that_goes(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    sandbox.trouble.order("late", on=CREATE, times=1, seconds=300)
    send(library)
    clock.forward(seconds=10)
    send(library)
    is_told(library, course, "published", "Published", shown=1)
    clock.forward(minutes=5)
    is_told(library, course, "published", "Published", shown=1, drafts=1)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


@pytest.mark.parametrize(("on", "state", "sentence"), [
    (CREATE, "cancelled", "taken back before students saw it"), (PATCH, "retracted", "Students may have seen it")])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_row_26_taking_back_in_the_midst_of_it_tells_the_truth(library: Library, sandbox: Sandbox, clock: Clock, kind: str, on: str,
                                                               state: str, sentence: str) -> None:
    course = library.own_class()
    plan_id = accepted(library)
    sandbox.trouble.order(kind, on=on, times=1)
    send(library)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    finish(library, clock)
    is_told(library, course, state, sentence)


def test_row_27_what_was_accepted_is_what_is_posted_whatever_she_changes_meanwhile(library: Library, sandbox: Sandbox, clock: Clock
                                                                                   ) -> None:
    course_id, post_id = stopped_before_publishing(library, sandbox)
    [card] = deliveries(library.desk, library.school_id)
    change_collection(library.desk, library.school_id, card.collection_id,
                      NewCollection(title="Earthquakes", description="Something else."))
    finish(library, clock)
    assert library.world.post(course_id, post_id)["text"] == card.text
    assert deliveries(library.desk, library.school_id)[0].state == "published"


def test_row_28_while_google_is_away_all_waits_and_after_half_a_day_she_is_asked(library: Library, sandbox: Sandbox, clock: Clock
                                                                                 ) -> None:
    courses = [library.own_class(f"Grade 6 Library {number}") for number in range(30)]
    accepted(library)
    sandbox.trouble.order("error_before", on=CREATE, times=0)
    for _ in range(4):
        send(library)
        clock.forward(seconds=20)
    waiting = [course for course in courses if "Delayed by Google" in told(library, course).sentence]
    assert waiting and {told(library, course).state for course in waiting} == {"parked"}
    clock.forward(hours=13)
    send(library)
    for course in courses:
        is_told(library, course, "parked", "not posted late without asking you", "retry")
    sandbox.trouble.clear()
    finish(library, clock)
    assert sum(len(library.posts(course)) for course in courses) == 0
    retry(library.desk, library.school_id, card_of(library, courses[0]).id)
    finish(library, clock)
    is_told(library, courses[0], "published", "Published", shown=1)


def test_row_29_without_a_place_to_write_the_intent_no_call_is_made(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    accepted(library)
    url = library.desk.settings.database_url
    engine = (create_engine(url, connect_args={"options": "-c default_transaction_read_only=on"}) if on_postgres()
              else open_engine(f"{url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true"))
    full = open_desk(library.desk.settings, ring=silence, wire=WsgiWire(sandbox), engine=engine, now=clock)
    with pytest.raises(DATABASE_AWAY):
        send_due(full, library.school_id)
    engine.dispose()
    assert len(sandbox.journal) == 0
    is_told(library, course, "ready", "Ready")
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)


@pytest.mark.parametrize("minutes", [-5, 5])
def test_row_21_a_worker_whose_clock_is_wrong_is_neither_early_nor_double(library: Library, clock: Clock, minutes: int) -> None:
    course = library.own_class()
    library.accepted(kind="announcement", publish_at=clock() + timedelta(minutes=3))
    wrong = replace(library.desk, now=lambda: clock() + timedelta(minutes=minutes))
    send_due(wrong, library.school_id)
    is_told(library, course, "ready", "Ready")
    clock.forward(minutes=4)
    send_due(wrong, library.school_id)
    is_told(library, course, "published", "Published", shown=1)
    finish(library, clock)
    is_told(library, course, "published", "Published", shown=1)
