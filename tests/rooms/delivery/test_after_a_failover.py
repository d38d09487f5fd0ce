"""The database came back older than Classroom: what was done in the forgotten time is found there, and done no second time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Table, delete, insert, select

from integration.accounts.connection import note_trouble
from integration.courses.models import Course
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.generations import QUIET, begin_anew, timeline_of
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.models import Attempt, Delivery, DeliveryStep
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.reconcile import DUE, NOT_CONNECTED, PERHAPS
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update
from integration.errors import SignInNeeded
from integration.records.clock import database_now
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

TABLES = [cast(Table, model.__table__) for model in (DeliveryStep, Attempt, Delivery)]
Records = Mapping[str, Sequence[Mapping[str, Any]]]
MAP = "1mapmapmapmapmapmapmap"
MAP_ALONE: Mapping[str, Any] = {"driveFile": {"driveFile": {"id": MAP}}}
NEW = "https://volcano.example/new"
PATCH, DELETE = (f"courses.courseWorkMaterials.{verb}" for verb in ("patch", "delete"))


def records(library: Library) -> Records:
    """What the database knows of deliveries."""
    with library.desk.transaction() as session:
        return {table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in TABLES}


def fail_over(library: Library, clock: Clock, known: Records) -> None:
    """A standby takes over that knows no more than this."""
    clock.forward(minutes=1)
    with library.desk.transaction() as session:
        for table in TABLES:
            session.execute(delete(table))
        for table in reversed(TABLES):
            if known[table.name]:
                session.execute(insert(table), [dict(row) for row in known[table.name]])
        now = database_now(session)
        begin_anew(session, timeline_of(session), now, lost_from=now - timedelta(minutes=15))


def be_sure_again(library: Library, clock: Clock) -> None:
    """Ten minutes pass, every class is read anew, and what waits goes on."""
    clock.forward(minutes=QUIET.total_seconds() / 60 + 1)
    for _ in range(3):
        sweep(library.desk, patience=0)
        library.look()
        clock.forward(minutes=1)
    sweep(library.desk, patience=0)
    send_due(library.desk, library.school_id)


def standing(library: Library) -> tuple[Course, str]:
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]))
    send_due(library.desk, library.school_id)
    return course, plan_id


def bring(library: Library, plan_id: str, **new: Any) -> None:
    library.change(plan_id, **new)
    update(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)


def shown(library: Library, course: Course) -> list[str]:
    """The addresses of what students see."""
    return [post["materials"][0]["link"]["url"].split("#")[0] for post in library.posts(course, "PUBLISHED")]


def test_a_replacement_that_was_forgotten_is_the_deliverys_post(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    known = records(library)
    bring(library, plan_id, url=NEW)
    [post] = library.posts(course, "PUBLISHED")
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, card.google_id, shown(library, course)) == ("published", post["id"], [NEW])
    bring(library, plan_id, url=f"{NEW}er")
    assert shown(library, course) == [f"{NEW}er"]


def test_of_a_replacement_that_was_forgotten_half_way_one_post_is_left(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    known = records(library)
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    bring(library, plan_id, url=NEW)
    assert len(shown(library, course)) == 2
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    assert shown(library, course) == [NEW]


def test_of_replacements_that_were_forgotten_the_last_is_the_deliverys_post(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    known = records(library)
    for url in (NEW, f"{NEW}er", f"{NEW}est"):
        bring(library, plan_id, url=url)
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    [post], [card] = library.posts(course, "PUBLISHED"), deliveries(library.desk, library.school_id)
    assert (card.state, card.google_id, shown(library, course)) == ("published", post["id"], [f"{NEW}est"])
    bring(library, plan_id, url="https://volcano.example/last")
    assert shown(library, course) == ["https://volcano.example/last"]


def test_a_replacement_that_was_forgotten_is_taken_back_with_its_delivery(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    known = records(library)
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    bring(library, plan_id, url=NEW)
    fail_over(library, clock, known)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    be_sure_again(library, clock)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["retracted"]
    assert library.posts(course, "PUBLISHED") == []


@pytest.mark.parametrize("with_link", [True, False])
def test_of_a_post_and_its_replacement_both_forgotten_both_are_taken_back(library: Library, sandbox: Sandbox, clock: Clock,
                                                                         with_link: bool) -> None:
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]), with_link=with_link)
    known = records(library)
    send_due(library.desk, library.school_id)
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    bring(library, plan_id, url=NEW)
    assert len(library.posts(course, "PUBLISHED")) == 2
    fail_over(library, clock, known)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    be_sure_again(library, clock)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["retracted"]
    assert library.posts(course, "PUBLISHED") == []


def test_she_is_asked_about_what_waits_for_an_agreement_where_nobody_may_look_whether_it_stands(library: Library, clock: Clock
                                                                                               ) -> None:
    library.teachers_class()
    library.accepted()
    fail_over(library, clock, records(library))
    note_trouble(library.desk, library.account.id, SignInNeeded("Google ended it.", reason="invalid_grant"))
    for _ in range(2):
        clock.forward(minutes=QUIET.total_seconds() / 60 + 1)
        sweep(library.desk, patience=0)
    [card] = deliveries(library.desk, library.school_id)
    assert card.reason == DUE + NOT_CONNECTED and card.next_step == "retry"


def test_a_draft_with_a_link_that_was_forgotten_is_known_by_its_mark(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]), with_link=False)
    known = records(library)
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    bring(library, plan_id, url=NEW)
    [draft] = library.posts(course, "DRAFT")
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    [post] = library.posts(course)
    assert (post["id"], post["state"]) == (draft["id"], "PUBLISHED")


def test_a_forgotten_draft_with_new_links_that_its_teacher_deleted_is_not_made_again(library: Library, sandbox: Sandbox,
                                                                                     clock: Clock) -> None:
    course, plan_id = standing(library)
    known = records(library)
    sandbox.trouble.order("busy", on=PATCH, times=1)
    bring(library, plan_id, url=NEW)
    [draft] = library.posts(course, "DRAFT")
    fail_over(library, clock, known)
    library.world.delete_post(course.google_id, draft["id"])
    be_sure_again(library, clock)
    bring(library, plan_id, url=f"{NEW}er")
    [card] = deliveries(library.desk, library.school_id)
    assert shown(library, course) == ["https://volcano.example/start"]
    assert card.reason.startswith("A draft with the new links was deleted")


def test_what_is_unsent_keeps_its_words_while_it_is_in_doubt_whether_it_was(library: Library, clock: Clock) -> None:
    course, plan_id = library.teachers_class(), library.accepted()
    fail_over(library, clock, records(library))
    library.change(plan_id, title="Volcanoes and us")
    update(library.desk, library.school_id, plan_id, library.account.id)
    with library.desk.transaction() as session:
        row = session.scalars(select(Delivery)).one()
    assert (row.title, (row.wanted or {})["title"], library.posts(course)) == ("Volcanoes", "Volcanoes and us", [])


def test_what_may_be_hers_and_may_be_ours_is_told_of_when_it_is_taken_back(library: Library, clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]), with_link=False)
    known = records(library)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], text="In her own words.")
    fail_over(library, clock, known)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    be_sure_again(library, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "retracted" and "may be this one with other words" in card.reason
    assert len(library.posts(course, "PUBLISHED")) == 1


@pytest.mark.parametrize("then", ["it stands", "it is deleted"])
def test_a_second_draft_that_was_forgotten_goes_and_what_was_shown_is_told_of(library: Library, clock: Clock, then: str) -> None:
    course = library.own_class()
    library.accepted(rule=Rule(class_ids=[course.id]))
    known = records(library)
    send_due(library.desk, library.school_id)
    with library.desk.transaction() as session:
        row = session.scalars(select(Delivery)).one()
    library.another_draft(course)
    fail_over(library, clock, known)
    if then == "it is deleted":
        library.world.delete_post(course.google_id, row.post_id or "")
    be_sure_again(library, clock)
    clock.forward(minutes=11)
    sweep(library.desk, patience=0)
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, len(library.posts(course, "PUBLISHED"))) == (("published", 1) if then == "it stands" else ("removed", 0))
    assert library.posts(course, "DRAFT") == []


def ended(library: Library, clock: Clock, how: str, *, with_link: bool = True) -> Course:
    """A class for which a delivery came to its end without being posted; nothing would hinder it any more."""
    course, world = library.own_class(), library.world
    file = add_resource(library.desk, library.school_id, NewResource(kind="drive", title="A map", drive_id=MAP))
    link = add_resource(library.desk, library.school_id, NewResource(kind="link", title="Volcanoes", url=NEW))
    gathered = collect(library.desk, library.school_id, NewCollection(
        title="Maps", resource_ids=[file, link] if with_link else [file]))
    new = NewPlan(gathered, Rule(class_ids=[course.id]), kind="announcement")
    accept(library.desk, library.school_id, plan(library.desk, library.school_id, library.account.id, new), library.account.id)
    if how == "skipped":
        world.archive(course.google_id)
    elif how == "failed":
        world.unseen_files.add(MAP)
    elif how == "expired":
        clock.forward(minutes=8 * 24 * 60)
    send_due(library.desk, library.school_id)
    world.change_course(course.google_id, courseState="ACTIVE")
    world.unseen_files.clear()
    assert card_of(library).state == how and library.posts(course) == []
    return course


def card_of(library: Library) -> DeliveryCard:
    [card] = deliveries(library.desk, library.school_id)
    return card


def try_again(library: Library) -> None:
    retry(library.desk, library.school_id, card_of(library).id)
    send_due(library.desk, library.school_id)


@pytest.mark.parametrize("how", ["failed", "skipped", "expired"])
def test_what_was_tried_again_in_the_forgotten_time_stands(library: Library, clock: Clock, how: str) -> None:
    course = ended(library, clock, how)
    known = records(library)
    try_again(library)
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    [post], card = library.posts(course), card_of(library)
    assert (card.state, card.google_id) == ("published", post["id"])


@pytest.mark.parametrize("how", ["failed", "skipped", "expired"])
def test_what_was_not_tried_again_stays_as_it_was(library: Library, clock: Clock, how: str) -> None:
    course = ended(library, clock, how, with_link=False)
    library.world.add_post(course.google_id, "announcement", library.person, text="Do you know this map?", materials=[MAP_ALONE])
    clock.forward(minutes=30)
    before = card_of(library)
    fail_over(library, clock, records(library))
    be_sure_again(library, clock)
    assert (card_of(library).state, card_of(library).reason) == (before.state, before.reason)


@pytest.mark.parametrize("how", ["failed", "skipped", "expired"])
def test_she_is_asked_about_what_was_perhaps_tried_again_and_has_other_words_now(library: Library, clock: Clock, how: str) -> None:
    course = ended(library, clock, how, with_link=False)
    known = records(library)
    try_again(library)
    [post] = library.posts(course, "PUBLISHED")
    library.world.edit_post(course.google_id, post["id"], text="In other words.")
    fail_over(library, clock, known)
    be_sure_again(library, clock)
    assert (card_of(library).state, card_of(library).reason) == ("parked", PERHAPS)


def test_she_is_asked_about_what_was_perhaps_tried_again_where_nobody_may_look(library: Library, clock: Clock) -> None:
    course = ended(library, clock, "failed")
    known = records(library)
    try_again(library)
    fail_over(library, clock, known)
    library.world.remove_teacher(course.google_id, library.person)
    be_sure_again(library, clock)
    assert card_of(library).state == "parked" and "tried again in a time of which" in card_of(library).reason
    library.world.add_teacher(course.google_id, library.person)
    try_again(library)
    assert (card_of(library).state, len(library.posts(course))) == ("published", 1)


def test_she_is_asked_about_what_was_perhaps_tried_again_while_she_was_connected(library: Library, clock: Clock) -> None:
    course = ended(library, clock, "expired")
    known = records(library)
    try_again(library)
    fail_over(library, clock, known)
    note_trouble(library.desk, library.account.id, SignInNeeded("Google ended it.", reason="invalid_grant"))
    be_sure_again(library, clock)
    assert card_of(library).state == "parked" and "tried again in a time of which" in card_of(library).reason
    library.connect_again()
    try_again(library)
    assert (card_of(library).state, len(library.posts(course))) == ("published", 1)


def test_what_ended_long_ago_is_no_question_but_looked_for_before_it_is_tried_again(library: Library, clock: Clock) -> None:
    course = ended(library, clock, "failed")
    clock.forward(minutes=3 * 24 * 60)
    known = records(library)
    try_again(library)
    fail_over(library, clock, known)
    library.world.remove_teacher(course.google_id, library.person)
    be_sure_again(library, clock)
    assert card_of(library).state == "failed"
    library.world.add_teacher(course.google_id, library.person)
    try_again(library)
    assert (card_of(library).state, len(library.posts(course))) == ("published", 1)
