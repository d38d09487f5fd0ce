"""Offers and trying again through the API."""

import pytest

from integration.delivery.send import send_due
from integration.desk import Desk
from integration.sandbox.world import World
from tests.rooms.delivery.makers import Library
from tests.web.api.asking import Script, script


@pytest.fixture
def lee(desk: Desk, world: World) -> Script:
    return script(desk, world)


@pytest.fixture
def library(desk: Desk, world: World, lee: Script) -> Library:
    return Library(desk, world, world.people_by_email["librarian@juniper.test"], lee.account)


def test_a_class_that_came_later_is_listed_taken_once_or_left_out(library: Library, lee: Script) -> None:
    library.own_class("6A")
    plan_id = library.accepted()
    send_due(library.desk, library.school_id)
    taken, left = library.own_class("6B"), library.own_class("6C")
    listed = lee.get(f"/plans/{plan_id}/offers").json
    assert listed is not None and [(each["class_id"], each["action"]) for each in listed["items"]] == [
        (taken.id, "create"), (left.id, "create")]
    assert [lee.post(f"/plans/{plan_id}/offers/accept", {"class_id": taken.id}).status_code for _ in range(2)] == [202, 202]
    declined = lee.post(f"/plans/{plan_id}/offers/decline", {"class_id": left.id})
    assert declined.status_code == 200 and declined.json["items"][-1]["action"] == "skip"  # type: ignore[index]
    send_due(library.desk, library.school_id)
    assert lee.get(f"/plans/{plan_id}").json["counts"] == {"published": 2}  # type: ignore[index]
    assert lee.get(f"/plans/{plan_id}/offers").json["items"] == []  # type: ignore[index]


def test_one_call_tries_again_all_that_google_refused(library: Library, lee: Script) -> None:
    courses = [library.own_class(name) for name in ("6A", "6B")]
    plan_id = library.accepted()
    for course in courses:
        library.world.archive(course.google_id)
    send_due(library.desk, library.school_id)
    assert lee.get(f"/plans/{plan_id}").json["counts"] == {"skipped": 2}  # type: ignore[index]
    for course in courses:
        library.world.change_course(course.google_id, courseState="ACTIVE")
    assert lee.post(f"/plans/{plan_id}/retry").status_code == 202
    send_due(library.desk, library.school_id)
    assert lee.get(f"/plans/{plan_id}").json["counts"] == {"published": 2}  # type: ignore[index]
