"""Bad weather at the pretend Google: each kind, ordered in-process and over its back door."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests.conftest import Clock
from tests.rooms.sandbox.calling import Caller


def count(world: World, course: str) -> int:
    return len(world.posts(course))


@pytest.mark.parametrize(("kind", "status", "written"), [("error_before", 503, 0), ("error_after", 503, 1), ("busy", 429, 0)])
def test_an_answer_can_be_an_error(app: Caller, sandbox: Sandbox, world: World, course: str, kind: str, status: int,
                                  written: int) -> None:
    sandbox.trouble.order(kind, on="courses.announcements.create")
    assert app.call("POST", f"courses/{course}/announcements", {"text": "a"})[0] == status
    assert count(world, course) == written
    assert sandbox.journal.calls[-1].trouble == kind
    app.make(course)


@pytest.mark.parametrize(("kind", "error", "written"), [
    ("refused", ConnectionRefusedError, 0), ("cut_before", ConnectionResetError, 0), ("cut_after", ConnectionResetError, 1),
])
def test_the_connection_can_break(app: Caller, sandbox: Sandbox, world: World, course: str, kind: str,
                                  error: type[Exception], written: int) -> None:
    sandbox.trouble.order(kind, on="writes")
    with pytest.raises(error):
        app.call("POST", f"courses/{course}/announcements", {"text": "a"})
    assert count(world, course) == written
    assert sandbox.journal.calls[-1].status == 0


def test_a_write_can_come_late(app: Caller, sandbox: Sandbox, world: World, course: str, clock: Clock) -> None:
    sandbox.trouble.order("late", on="writes", seconds=90)
    with pytest.raises(ConnectionResetError):
        app.call("POST", f"courses/{course}/announcements", {"text": "a"})
    assert count(world, course) == 0
    clock.forward(seconds=91)
    assert count(world, course) == 1


def test_a_list_can_lag(app: Caller, sandbox: Sandbox, course: str) -> None:
    app.make(course, state="PUBLISHED")
    sandbox.trouble.order("stale", on="courses.announcements.list", seconds=60)
    assert app.call("GET", f"courses/{course}/announcements") == (200, {})
    assert app.call("GET", f"courses/{course}/announcements")[1]["announcements"]


def test_the_grant_can_go_and_the_class_can_close(app: Caller, sandbox: Sandbox, course: str) -> None:
    sandbox.trouble.order("archived", on="writes")
    sandbox.trouble.order("revoked", on="reads")
    assert app.call("POST", f"courses/{course}/announcements", {"text": "a"})[0] == 400
    assert app.call("GET", f"courses/{course}")[0] == 401


def test_an_order_may_skip_and_name_its_class_and_account(app: Caller, sandbox: Sandbox, course: str) -> None:
    sandbox.trouble.order("busy", account="someone.else@juniper.example", times=0)
    sandbox.trouble.order("busy", course="1", times=0)
    sandbox.trouble.order("busy", course=course, skip=1, account="maya.okafor@juniper.example", seconds=7)
    assert [app.send("GET", f"courses/{course}").status_code for _ in range(3)] == [200, 429, 200]
    assert sandbox.trouble.listed()[2]["met"] == 1


def test_a_busy_answer_can_say_how_long(app: Caller, sandbox: Sandbox) -> None:
    sandbox.trouble.order("busy", seconds=7)
    assert app.send("GET", "courses").headers["Retry-After"] == "7"


def test_signing_in_meets_trouble_too(app: Caller, sandbox: Sandbox) -> None:
    sandbox.trouble.order("error_before", on="oauth.token", status=500)
    assert app.client.post("/token").status_code == 500
    assert app.client.post("/token").status_code == 400
    sandbox.trouble.order("cut_after", on="oauth.token")
    with pytest.raises(ConnectionResetError):
        app.client.post("/token")
    assert [(call.trouble, call.status) for call in sandbox.journal.named("oauth.token")] == [
        ("error_before", 500), ("", 400), ("cut_after", 0)]


def test_the_window_for_a_user_fills_and_empties(app: Caller, sandbox: Sandbox) -> None:
    moment = [0.0]
    sandbox.quota.clock, sandbox.quota.user = (lambda: moment[0]), 3
    assert [app.call("GET", "courses")[0] for _ in range(4)] == [200, 200, 200, 429]
    moment[0] = 60.0
    assert app.call("GET", "courses")[0] == 200


def test_the_window_of_the_project_counts_everybody(app: Caller, sandbox: Sandbox, world: World) -> None:
    sandbox.quota.project = 1
    other = Caller(sandbox, world.add_person("theo@juniper.example", "Theo"))
    assert app.call("GET", "courses")[0] == 200
    assert other.call("GET", "courses")[1]["error"]["status"] == "RESOURCE_EXHAUSTED"


def test_the_back_door_takes_orders_and_shows_what_happened(app: Caller, world: World, course: str) -> None:
    door = app.client
    assert door.post("/_sandbox/trouble", json={"kind": "cut_after", "on": "writes"}).status_code == 200
    with pytest.raises(ConnectionResetError):
        app.call("POST", f"courses/{course}/announcements", {"text": "a"})
    calls = door.get("/_sandbox/journal?name=courses.announcements.create").get_json()["calls"]
    assert [(call["method"], call["status"], call["verdict"], call["account"]) for call in calls] == [
        ("POST", 0, "ok", "maya.okafor@juniper.example")]
    state = door.get(f"/_sandbox/state?course={course}").get_json()["courses"][course]
    assert [post["text"] for post in state["posts"]] == ["a"]
    assert door.delete("/_sandbox/trouble").get_json() == {"orders": []}


def test_the_back_door_makes_a_teacher_act(app: Caller, world: World, course: str) -> None:
    id = app.make(course)["id"]
    act = {"act": "edit_post", "course": course, "id": id, "text": "Mine now"}
    assert app.client.post("/_sandbox/act", json=act).status_code == 200
    assert world.post(course, id)["text"] == "Mine now"
    for wrong in ({"act": "explode"}, {"act": "archive", "id": "1"}, {"act": "archive"}):
        assert app.client.post("/_sandbox/act", json=wrong).status_code == 400
    for order in ({"kind": "earthquake"}, {"kind": "busy", "times": "often"}, {"kind": "busy", "colour": "red"}, {}):
        assert app.client.post("/_sandbox/trouble", json=order).status_code == 400


def test_threads_posting_at_once_lose_nothing(app: Caller, sandbox: Sandbox, world: World, course: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda each: app.make(course, text=str(each))["id"], range(200)))
    assert len(set(made)) == len(world.posts(course)) == len(sandbox.journal) == 200
