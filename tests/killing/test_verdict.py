"""The verdict of the kill test sees each broken promise, and nothing where none was broken."""

from typing import Any

from tests.killing.asking import Plan
from tests.killing.verdict import Verdict, judge

NONE = {"duplicates": 0, "lost": 0, "stuck": 0, "orphans": 0, "lies": 0}


def post(id: str, state: str = "PUBLISHED") -> dict[str, Any]:
    return {"id": id, "state": state, "project": "ours", "materials": [{"link": {"url": "https://library.example/0-1/#tl=abc"}}]}


def row(state: str = "published", google_id: str | None = "p1") -> dict[str, Any]:
    return {"id": "d1", "class_id": "ours", "state": state, "google_id": google_id, "reason": "", "history": []}


def published(id: str, status: int = 200, trouble: str = "") -> dict[str, Any]:
    return {"name": "courses.announcements.patch", "path": f"/v1/courses/c1/announcements/{id}", "status": status,
            "trouble": trouble, "body": {"state": "PUBLISHED"}}


def verdict(posts: list[dict[str, Any]], rows: list[dict[str, Any]], *, journal: tuple[dict[str, Any], ...] = (),
            is_taken_back: bool = False, stands: tuple[str, ...] = (), is_forgotten: bool = False) -> Verdict:
    plan = Plan("plan", "0-1", {"ours": "c1"}, is_taken_back, stands=set(stands), is_forgotten=is_forgotten)
    return judge({"c1": {"posts": posts}}, journal, [(plan, rows)])


def test_one_post_that_stands_and_is_in_the_ledger_breaks_nothing() -> None:
    assert verdict([post("p1")], [row()], journal=(published("p1"),)).counts == NONE


def test_two_posts_of_one_delivery_are_a_duplicate() -> None:
    assert verdict([post("p1"), post("p2")], [row()]).counts["duplicates"] == 1


def test_a_second_post_that_was_shown_and_deleted_is_a_duplicate_all_the_same() -> None:
    found = verdict([post("p1"), post("p2", "DELETED")], [row()], journal=(published("p2"),))
    assert found.counts == {**NONE, "duplicates": 1}


def test_a_post_of_the_same_id_in_another_class_is_no_duplicate() -> None:
    elsewhere = {**published("p2"), "path": "/v1/courses/c2/announcements/p2"}
    assert verdict([post("p1"), post("p2", "DELETED")], [row()], journal=(elsewhere,)).counts == NONE


def test_a_class_without_a_row_is_lost() -> None:
    assert verdict([], []).counts == {**NONE, "lost": 1}


def test_a_class_that_a_plan_made_anew_left_alone_must_have_its_one_post() -> None:
    assert verdict([post("p1")], [], stands=("ours",)).counts == NONE
    assert verdict([], [], stands=("ours",)).counts == {**NONE, "lost": 1}


def test_of_what_was_forgotten_while_it_was_taken_back_there_are_no_two_and_no_draft() -> None:
    assert verdict([post("p1")], [], is_taken_back=True, is_forgotten=True).counts == NONE
    found = verdict([post("p1"), post("p2"), post("p3", "DRAFT")], [], is_taken_back=True, is_forgotten=True)
    assert found.counts == {**NONE, "duplicates": 1, "orphans": 1}


def test_a_failure_nobody_outside_caused_is_lost() -> None:
    assert verdict([], [row("failed", None)]).counts == {**NONE, "lost": 1}


def test_what_has_not_come_to_its_end_is_stuck() -> None:
    assert verdict([], [row("parked", None)]).counts == {**NONE, "stuck": 1}


def test_a_draft_left_over_is_an_orphan() -> None:
    assert verdict([post("p1"), post("p2", "DRAFT")], [row()]).counts == {**NONE, "orphans": 1}


def test_saying_published_where_nothing_stands_is_a_lie() -> None:
    assert verdict([], [row()]).counts == {**NONE, "lies": 1}


def test_saying_published_where_another_post_stands_is_a_lie() -> None:
    assert verdict([post("p2")], [row()]).counts == {**NONE, "lies": 1}


def test_saying_cancelled_of_what_students_could_see_is_a_lie() -> None:
    found = verdict([post("p1", "DELETED")], [row("cancelled")], journal=(published("p1", 0, "cut_after"),), is_taken_back=True)
    assert found.counts == {**NONE, "lies": 1}


def test_saying_retracted_of_what_students_could_see_is_the_truth() -> None:
    found = verdict([post("p1", "DELETED")], [row("retracted")], journal=(published("p1"),), is_taken_back=True)
    assert found.counts == NONE


def test_saying_retracted_of_what_still_stands_is_a_lie() -> None:
    assert verdict([post("p1")], [row("retracted")], is_taken_back=True).counts == {**NONE, "lies": 1}


def test_a_publish_that_google_refused_showed_nothing() -> None:
    refused = published("p1", 503, "error_before")
    found = verdict([post("p1", "DELETED")], [row("cancelled")], journal=(refused,), is_taken_back=True)
    assert found.counts == NONE
