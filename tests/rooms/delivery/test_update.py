"""An update brings the collection as it is now wherever its post still stands, and undoes nobody."""

from contextlib import suppress

import pytest

from integration.courses.models import Course
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.machine import FINAL
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.plan import Rule
from integration.delivery.plans import plan_card
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.update import update
from integration.errors import AlreadyDone, Invalid
from integration.sandbox.app import Sandbox
from tests.conftest import Clock
from tests.rooms.delivery.makers import Doom, Killed, Library, doomed_by_calls, doomed_by_commits
from tests.strides import stride

CREATE, PATCH, DELETE = (f"courses.courseWorkMaterials.{verb}" for verb in ("create", "patch", "delete"))


def standing(library: Library, **given: object) -> tuple[Course, str]:
    """A class of her own in which a post stands."""
    course = library.own_class()
    plan_id = library.accepted(rule=Rule(class_ids=[course.id]), **given)
    send_due(library.desk, library.school_id)
    return course, plan_id


def update_all(library: Library, plan_id: str, clock: Clock, rounds: int = 1) -> None:
    update(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    for _ in range(rounds - 1):
        clock.forward(minutes=6)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id)


def archived_half_way(library: Library, sandbox: Sandbox, clock: Clock, kind: str, on: str) -> tuple[Course, DeliveryCard]:
    """A class that was put away when a new link was on its way and one call had gone wrong, and what is said of it."""
    course, plan_id = standing(library)
    library.change(plan_id, url="https://volcano.example/new")
    sandbox.trouble.order(kind, on=on, times=1)
    update_all(library, plan_id, clock)
    library.world.archive(course.google_id)
    clock.forward(minutes=6)
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    return course, card


def row_of(library: Library) -> Delivery:
    [card] = deliveries(library.desk, library.school_id)
    with library.desk.transaction() as session:
        return session.get_one(Delivery, card.id)


def urls(post: dict[str, object]) -> list[str]:
    return [each["link"]["url"].split("#")[0] for each in post["materials"]]  # type: ignore[attr-defined]


def test_new_words_are_written_into_the_post_that_stands(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [before] = library.posts(course)
    library.change(plan_id, title="Volcanoes and us", description="Anew.")
    update_all(library, plan_id, clock)
    [after] = library.posts(course)
    assert (after["id"], after["title"], after["materials"]) == (before["id"], "Volcanoes and us", before["materials"])
    assert after["description"].startswith("Anew.")
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "published" and card.history[-1].sentence == "Updated."
    assert plan_card(library.desk, library.school_id, plan_id).state == "done"


def test_an_announcement_is_updated_too(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library, kind="announcement")
    library.change(plan_id, title="Volcanoes and us")
    update_all(library, plan_id, clock)
    [post] = library.posts(course)
    assert post["text"].startswith("Volcanoes and us\n\n")


def test_an_update_that_brings_nothing_does_nothing(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    _, plan_id = standing(library)
    before = len(sandbox.journal)
    update_all(library, plan_id, clock)
    assert len(sandbox.journal) == before and len(deliveries(library.desk, library.school_id)[0].history) == 5


def test_the_teachers_title_is_kept_and_ours_is_suggested(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], title="Mine")
    library.change(plan_id, title="Volcanoes and us", description="Anew.")
    update_all(library, plan_id, clock)
    [after] = library.posts(course)
    assert after["title"] == "Mine" and after["description"].startswith("Anew.")
    row = row_of(library)
    assert (row.kept, row.suggested) == (["title"], {"title": "Volcanoes and us"})
    assert deliveries(library.desk, library.school_id)[0].history[-1].sentence == "Updated. Kept as the teacher has it: title."


def test_what_was_kept_once_is_kept_again_and_needs_no_call(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], title="Mine")
    library.change(plan_id, title="Volcanoes and us")
    update_all(library, plan_id, clock)
    before = len(sandbox.journal)
    update_all(library, plan_id, clock)
    assert len(sandbox.journal) == before
    library.change(plan_id, title="Volcanoes once more")
    update_all(library, plan_id, clock)
    assert library.posts(course)[0]["title"] == "Mine" and row_of(library).suggested == {"title": "Volcanoes once more"}


def test_white_space_is_no_change_of_the_teachers(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], title="  Volcanoes ")
    library.change(plan_id, title="Volcanoes and us")
    update_all(library, plan_id, clock)
    assert library.posts(course)[0]["title"] == "Volcanoes and us"


def test_a_removed_post_stays_removed(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.world.delete_post(course.google_id, post["id"])
    library.change(plan_id, title="Volcanoes and us", url="https://volcano.example/new")
    update_all(library, plan_id, clock, rounds=3)
    assert [card.state for card in deliveries(library.desk, library.school_id)] == ["removed"]
    assert [each["state"] for each in library.posts(course)] == ["DELETED"]


def test_a_new_link_is_a_new_post_with_the_teachers_wording(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [before] = library.posts(course)
    library.world.edit_post(course.google_id, before["id"], title="Mine")
    library.change(plan_id, url="https://volcano.example/new")
    update_all(library, plan_id, clock)
    [after] = library.posts(course, "PUBLISHED")
    assert after["id"] != before["id"] and after["title"] == "Mine" and after["topicId"] == before["topicId"]
    assert urls(after) == ["https://volcano.example/new"] and library.posts(course, "DRAFT") == []
    row = row_of(library)
    assert (row.post_id, row.next_post_id, row.next_marker, row.old_post_id, row.wanted) == (after["id"], None, None, None, None)
    assert row.kept == ["title"] and library.world.post(course.google_id, before["id"])["state"] == "DELETED"


def test_students_never_see_none_while_links_are_replaced(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, url="https://volcano.example/new")
    before = len(sandbox.journal)
    update_all(library, plan_id, clock)
    writes = [call.name.rsplit(".", 1)[1] for call in list(sandbox.journal)[before:] if call.is_write]
    assert writes == ["create", "patch", "delete"]
    assert len(library.posts(course, "PUBLISHED")) == 1


def test_links_of_the_teachers_own_are_left_alone(library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], materials=[*post["materials"], {"link": {"url": "https://mine.example/"}}])
    library.change(plan_id, title="Volcanoes and us", url="https://volcano.example/new")
    update_all(library, plan_id, clock)
    [after] = library.posts(course)
    assert after["id"] == post["id"] and after["title"] == "Volcanoes and us" and len(urls(after)) == 2
    assert row_of(library).suggested == {"links": ["https://volcano.example/new"]}


@pytest.mark.parametrize("url", ["", "https://volcano.example/new"])
@pytest.mark.parametrize("on", [CREATE, PATCH, DELETE])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before", "error_after"])
def test_a_lost_answer_changes_nothing_twice(
        library: Library, sandbox: Sandbox, clock: Clock, kind: str, on: str, url: str) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, title="Volcanoes and us", **({"url": url} if url else {}))
    sandbox.trouble.order(kind, on=on, times=1)
    update_all(library, plan_id, clock, rounds=6)
    [post] = library.posts(course, "PUBLISHED")
    assert post["title"] == "Volcanoes and us" and library.posts(course, "DRAFT") == []
    assert row_of(library).state.value == "published" and row_of(library).kept == []


@pytest.mark.parametrize("with_link", [True, False])
@pytest.mark.parametrize("how", ["commits", "before", "after"])
def test_a_worker_killed_between_any_two_steps_of_a_replacement_leaves_one_post(
        library: Library, clock: Clock, how: str, with_link: bool) -> None:
    for steps in range(0, 80, stride(5) if how == "commits" else 1):
        course = library.own_class(f"Grade 6 Library {steps}", subject=f"s{steps}")
        plan_id = library.accepted(rule=Rule(class_ids=[course.id]), with_link=with_link)
        send_due(library.desk, library.school_id)
        library.change(plan_id, url="https://volcano.example/new")
        update(library.desk, library.school_id, plan_id, library.account.id)
        doom = Doom(steps)
        doomed = (doomed_by_commits(library.desk, doom) if how == "commits"
                  else doomed_by_calls(library.desk, doom, is_after=how == "after"))
        with suppress(Killed):
            send_due(doomed, library.school_id)
        assert library.posts(course, "PUBLISHED"), steps
        for _ in range(4):
            clock.forward(minutes=4)
            sweep(library.desk, patience=0)
            send_due(library.desk, library.school_id)
        [post] = library.posts(course, "PUBLISHED")
        assert urls(post) == ["https://volcano.example/new"] and library.posts(course, "DRAFT") == [], steps
        if not doom.is_done:
            assert steps > 2
            return
    pytest.fail("The worker never came to an end.")


def test_the_old_post_removed_before_the_new_is_shown_stops_it(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    [post] = library.posts(course)
    library.change(plan_id, url="https://volcano.example/new")
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    update_all(library, plan_id, clock)
    library.world.delete_post(course.google_id, post["id"])
    clock.forward(minutes=6)
    send_due(library.desk, library.school_id)
    assert library.posts(course, "PUBLISHED") == [] and library.posts(course, "DRAFT") == []
    assert row_of(library).state.value == "removed"


def test_a_draft_with_the_new_links_that_the_teacher_deletes_is_not_made_again(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, url="https://volcano.example/new")
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    update_all(library, plan_id, clock)
    [draft] = library.posts(course, "DRAFT")
    library.world.delete_post(course.google_id, draft["id"])
    clock.forward(minutes=6)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    assert urls(post) == ["https://volcano.example/start"] and row_of(library).kept == ["links"]


def test_what_has_not_gone_out_simply_takes_the_new_words(library: Library, clock: Clock) -> None:
    library.teachers_class()
    plan_id = library.accepted()
    library.change(plan_id, title="Volcanoes and us", url="https://volcano.example/new")
    update_all(library, plan_id, clock)
    row = row_of(library)
    assert (row.state.value, row.title, row.wanted) == ("waiting", "Volcanoes and us", None)
    assert row.materials == [{"link": {"url": "https://volcano.example/new"}}]


@pytest.mark.parametrize("url", ["https://volcano.example/start", "https://volcano.example/new"])
def test_a_draft_not_yet_shown_goes_out_with_the_new_words(library: Library, sandbox: Sandbox, clock: Clock, url: str) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    sandbox.trouble.order("busy", on=PATCH, times=1)
    send_due(library.desk, library.school_id)
    library.change(plan_id, title="Volcanoes and us", url=url)
    update_all(library, plan_id, clock, rounds=3)
    [post] = library.posts(course, "PUBLISHED")
    assert post["title"] == "Volcanoes and us" and urls(post) == [url] and library.posts(course, "DRAFT") == []


def test_an_update_ordered_while_the_post_is_on_its_way_follows(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course = library.own_class()
    plan_id = library.accepted()
    sandbox.trouble.order("cut_after", on=CREATE, times=1)
    send_due(library.desk, library.school_id)
    library.change(plan_id, title="Volcanoes and us")
    update_all(library, plan_id, clock, rounds=4)
    [post] = library.posts(course, "PUBLISHED")
    assert post["title"] == "Volcanoes and us" and row_of(library).wanted is None


def test_taking_it_back_in_the_middle_of_an_update_takes_everything_back(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, title="Volcanoes and us", url="https://volcano.example/new")
    sandbox.trouble.order("cut_before", on=PATCH, times=1)
    update_all(library, plan_id, clock)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    for _ in range(3):
        clock.forward(minutes=6)
        send_due(library.desk, library.school_id)
    assert {post["state"] for post in library.posts(course)} == {"DELETED"} and row_of(library).state.value == "retracted"


def test_a_refusal_leaves_the_post_standing_with_a_reason_and_the_update_can_be_tried_again(
        library: Library, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.world.archive(course.google_id)
    library.change(plan_id, title="Volcanoes and us")
    update_all(library, plan_id, clock)
    [card] = deliveries(library.desk, library.school_id)
    assert card.state == "published" and "not updated" in card.reason
    library.world.change_course(course.google_id, courseState="ACTIVE")
    update_all(library, plan_id, clock)
    assert library.posts(course)[0]["title"] == "Volcanoes and us" and row_of(library).state in FINAL


def test_the_draft_of_an_update_that_was_refused_half_way_is_taken_away_and_the_update_can_be_tried_again(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, card = archived_half_way(library, sandbox, clock, "busy", PATCH)
    assert (card.state, card.next_step) == ("published", "retry") and len(library.posts(course, "DRAFT")) == 1
    library.world.change_course(course.google_id, courseState="ACTIVE")
    clock.forward(minutes=11)
    sweep(library.desk, patience=0)
    assert library.posts(course, "DRAFT") == []
    retry(library.desk, library.school_id, card.id)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    assert urls(post) == ["https://volcano.example/new"] and library.posts(course, "DRAFT") == []


def test_a_draft_whose_deletion_may_still_come_takes_no_posts_place(library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, title="One", url="https://volcano.example/new")
    sandbox.trouble.order("busy", on=PATCH, times=1)
    update_all(library, plan_id, clock)
    library.change(plan_id, title="Two")
    sandbox.trouble.order("late", on=DELETE, times=1, seconds=200)
    clock.forward(seconds=60)
    update_all(library, plan_id, clock)
    library.change(plan_id, title="One")
    clock.forward(seconds=60)
    update_all(library, plan_id, clock)
    clock.forward(seconds=200)
    assert [post["title"] for post in library.posts(course, "PUBLISHED")] == ["One"]
    assert row_of(library).state is DeliveryState.PUBLISHED


def test_what_a_teacher_wrote_into_the_new_post_stays_whatever_she_wrote_into_the_old(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, plan_id = standing(library)
    library.change(plan_id, url="https://volcano.example/new")
    sandbox.trouble.order("cut_before", on=DELETE, times=1)
    update_all(library, plan_id, clock)
    clock.forward(minutes=1)
    for post in library.posts(course, "PUBLISHED"):
        name = "new" if urls(post) == ["https://volcano.example/new"] else "old"
        library.world.edit_post(course.google_id, post["id"], text=f"What she wrote into the {name} one.")
    clock.forward(minutes=6)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    assert post["description"] == "What she wrote into the new one."


def test_a_post_whose_forerunner_cannot_be_deleted_says_that_both_stand_and_a_retry_deletes_it(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    course, card = archived_half_way(library, sandbox, clock, "cut_before", DELETE)
    assert len(library.posts(course, "PUBLISHED")) == 2
    assert (card.state, card.next_step) == ("published", "retry") and "students may see both" in card.reason
    library.world.change_course(course.google_id, courseState="ACTIVE")
    retry(library.desk, library.school_id, card.id)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    assert urls(post) == ["https://volcano.example/new"] and row_of(library).old_post_id is None


def test_words_that_classroom_would_not_take_change_nothing(library: Library) -> None:
    _, plan_id = standing(library)
    library.change(plan_id, description="x" * 29_990)
    with pytest.raises(Invalid, match="Nothing was updated"):
        update(library.desk, library.school_id, plan_id, library.account.id)
    assert row_of(library).wanted is None


def test_a_plan_that_was_never_accepted_cannot_be_updated(library: Library) -> None:
    library.own_class()
    plan_id = library.plan()
    with pytest.raises(AlreadyDone):
        update(library.desk, library.school_id, plan_id, library.account.id)


def test_a_post_whose_showing_had_no_answer_counts_as_shown_once_other_links_took_its_place(
        library: Library, sandbox: Sandbox, clock: Clock) -> None:
    sandbox.trouble.order("error_after", on=PATCH, times=1)
    course, plan_id = standing(library)
    with library.desk.transaction() as session:
        session.get_one(Delivery, row_of(library).id).state = DeliveryState.DRAFTED
    library.change(plan_id, url="https://volcano.example/new")
    update_all(library, plan_id, clock)
    assert [urls(post) for post in library.posts(course, "PUBLISHED")] == [["https://volcano.example/new"]]
    assert row_of(library).published_at is not None
