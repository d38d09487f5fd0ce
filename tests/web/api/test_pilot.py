"""A pilot through the API: accept with one class, go on to the rest."""

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


def test_a_pilot_goes_first_and_the_rest_after_going_on(library: Library, lee: Script) -> None:
    first, second = library.own_class("6A"), library.own_class("6B")
    plan_id = library.plan()
    accepted = lee.post(f"/plans/{plan_id}/accept", {"pilot": first.id})
    assert accepted.status_code == 202
    assert lee.post(f"/plans/{plan_id}/go-on").status_code == 409
    send_due(library.desk, library.school_id)
    plan = lee.get(f"/plans/{plan_id}").json
    assert plan is not None and (plan["pilot"], plan["behind_pilot"]) == (first.id, 1)
    assert plan["counts"] == {"published": 1, "waiting": 1}
    [waits] = lee.get(f"/deliveries?plan={plan_id}&state=waiting").json["items"]  # type: ignore[index]
    assert (waits["class_id"], waits["next_step"], waits["reason"]) == (second.id, "pilot", "It waits for the pilot in 6A.")
    assert [lee.post(f"/plans/{plan_id}/go-on").status_code for _ in range(2)] == [202, 202]
    send_due(library.desk, library.school_id)
    assert lee.get(f"/plans/{plan_id}").json["counts"] == {"published": 2}  # type: ignore[index]


def test_an_unknown_pilot_is_named_as_the_wrong_field(library: Library, lee: Script) -> None:
    library.own_class("6A")
    answer = lee.post(f"/plans/{library.plan()}/accept", {"pilot": "elsewhere"})
    assert answer.status_code == 422 and [each["field"] for each in answer.json["errors"]] == ["pilot"]  # type: ignore[index]
