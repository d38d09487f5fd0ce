"""Posts with the same links that were made by hand before are found, counted, and never taken for ours."""

import pytest

from integration.courses.models import Course
from integration.delivery.accept import accept
from integration.delivery.by_hand import HandMade, collection_by_hand, plan_by_hand
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import PlanItemCard, plan_card
from integration.delivery.send import send_due
from integration.sandbox.world import Person
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

LINK = {"link": {"url": "https://volcano.example/start"}}
OTHER = {"link": {"url": "https://maps.example/world"}}


@pytest.fixture
def course(library: Library) -> Course:
    return library.own_class("6A")


@pytest.fixture
def collection_id(library: Library) -> str:
    """A collection whose one link is the one above."""
    return library.collection()


def by_hand(library: Library, course: Course, *materials: dict[str, dict[str, str]], title: str = "Look at this",
            kind: str = "material", person: Person | None = None) -> None:
    library.world.add_post(course.google_id, kind, person or library.person, title=title, text="See here", materials=materials)


def found(library: Library, collection_id: str) -> list[HandMade]:
    library.look()
    return collection_by_hand(library.desk, library.school_id, collection_id)


def item(library: Library, collection_id: str) -> PlanItemCard:
    plan_id = plan(library.desk, library.school_id, library.account.id, NewPlan(collection_id, Rule(grades=["6"])))
    return plan_card(library.desk, library.school_id, plan_id).items[0]


@pytest.mark.parametrize("kind", ["material", "announcement"])
def test_a_post_by_hand_with_the_same_links_is_found_and_the_plan_says_it_cannot_be_updated(
        library: Library, course: Course, collection_id: str, kind: str) -> None:
    by_hand(library, course, LINK, OTHER, kind=kind)
    [post] = found(library, collection_id)
    assert (post.course_id, post.course_name, post.kind, post.is_hers) == (course.id, "6A", kind, True)
    planned = item(library, collection_id)
    assert planned.action == "create" and planned.reason == (
        "A post with the same links, made by hand by you or a colleague, can be seen there already; Throughline cannot update it.")


def test_one_with_the_same_title_too_is_a_reason_to_skip_and_is_still_said_to_be_made_by_hand(
        library: Library, course: Course, collection_id: str) -> None:
    by_hand(library, course, LINK, title="Volcanoes")
    library.look()
    planned = item(library, collection_id)
    assert planned.action == "skip" and "same content" in planned.reason and "cannot update it" in planned.reason


def test_our_own_posts_are_never_taken_for_hand_made(library: Library, course: Course, collection_id: str) -> None:
    new = NewPlan(collection_id, Rule(grades=["6"]))
    plan_id = plan(library.desk, library.school_id, library.account.id, new)
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert len(library.posts(course, "PUBLISHED")) == 1
    assert found(library, collection_id) == [] and plan_by_hand(library.desk, library.school_id, plan_id) == {}


def test_ours_without_a_mark_is_known_by_the_ledger(library: Library, course: Course, collection_id: str) -> None:
    new = NewPlan(collection_id, Rule(grades=["6"]))
    accept(library.desk, library.school_id, plan(library.desk, library.school_id, library.account.id, new), library.account.id)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course)
    library.world.edit_post(course.google_id, post["id"], materials=[LINK])
    by_hand(library, course, LINK)
    assert [each.title for each in found(library, collection_id)] == ["Look at this"]


def test_what_lacks_one_of_the_links_was_removed_or_is_a_draft_is_not_counted(library: Library, course: Course,
                                                                             collection_id: str) -> None:
    by_hand(library, course, OTHER)
    by_hand(library, course, {"link": {"url": "https://volcano.example/start/again"}})
    gone = library.world.add_post(course.google_id, "material", library.person, title="Gone", materials=[LINK])
    library.world.delete_post(course.google_id, gone)
    library.world.add_post(course.google_id, "material", library.person, title="Not yet", materials=[LINK], state="DRAFT")
    assert found(library, collection_id) == []


def test_a_teachers_post_is_told_from_her_own_and_several_are_counted(library: Library, collection_id: str, clock: Clock) -> None:
    hers = library.teachers_class("6C")
    rosa = library.world.people_by_email["6c@juniper.example"]
    by_hand(library, hers, LINK, person=rosa)
    clock.forward(minutes=1)
    by_hand(library, hers, LINK, title="And again", person=rosa)
    assert [each.is_hers for each in found(library, collection_id)] == [False, False]
    assert "2 posts with the same links, made by hand by a teacher" in item(library, collection_id).reason


def test_a_collection_without_links_finds_nothing(library: Library, course: Course) -> None:
    by_hand(library, course)
    assert found(library, library.collection(with_link=False)) == []
