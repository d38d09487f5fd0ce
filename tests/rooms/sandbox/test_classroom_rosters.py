"""Who sees which classes and people at the pretend Classroom, and with which permissions."""

import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from tests.conftest import Clock
from tests.rooms.sandbox.calling import SCOPES, Caller


def names(app: Caller, **query: object) -> list[str]:
    status, answer = app.call("GET", "courses", **query)
    assert status == 200
    return [course["name"] for course in answer.get("courses", ())]


def test_the_newest_class_comes_first_and_all_states_are_there(app: Caller, world: World, librarian: Person, course: str,
                                                               clock: Clock) -> None:
    clock.forward(minutes=1)
    world.add_course(librarian, "Library", state="ARCHIVED")
    assert names(app, teacherId="me") == ["Library", "6th Grade Science"]
    assert names(app, courseStates="ACTIVE") == ["6th Grade Science"]


def test_a_co_teacher_does_not_see_a_class_that_is_not_accepted(app: Caller, world: World, gomez: Person,
                                                                librarian: Person) -> None:
    id = world.add_course(gomez, "Not yet", state="PROVISIONED", teachers=(librarian,))
    assert names(app) == []
    assert app.call("GET", f"courses/{id}")[0] == 403


def test_an_unknown_class_is_404_and_a_strange_one_403(app: Caller, world: World, gomez: Person) -> None:
    assert app.call("GET", "courses/1")[0] == 404
    assert app.call("GET", f"courses/{world.add_course(gomez, 'Hers alone')}")[0] == 403


def test_two_filters_at_once_are_refused_by_name(app: Caller) -> None:
    answer = app.call("GET", "courses", teacherId="me", studentId="me")[1]
    assert answer["error"]["message"].startswith("@ListCoursesStudentAndTeacherFilter ")
    assert app.call("GET", "courses", teacherId="nobody@juniper.example")[0] == 404


def test_empty_fields_are_left_out(app: Caller, course: str) -> None:
    assert "section" not in app.call("GET", f"courses/{course}")[1]


def test_addresses_come_only_with_their_permission(sandbox: Sandbox, app: Caller, librarian: Person, course: str) -> None:
    assert "emailAddress" in app.call("GET", f"courses/{course}/teachers")[1]["teachers"][0]["profile"]
    fewer = Caller(sandbox, librarian, tuple(scope for scope in SCOPES if not scope.endswith("emails")))
    assert "emailAddress" not in fewer.call("GET", f"courses/{course}/teachers")[1]["teachers"][0]["profile"]


def test_a_mask_keeps_names_out(app: Caller, course: str, pupil: Person) -> None:
    answer = app.call("GET", f"courses/{course}/students", fields="nextPageToken,students/userId")
    assert answer == (200, {"students": [{"userId": pupil.google_id}]})


@pytest.mark.parametrize("mask", ["students/colour", "students(userId", "userId", "students//userId", """, students"""])
def test_a_wrong_mask_is_refused_and_noted(app: Caller, sandbox: Sandbox, course: str, mask: str) -> None:
    assert app.call("GET", f"courses/{course}/students", fields=mask)[0] == 400
    assert len(sandbox.journal.wrong()) == 1


def test_a_mask_may_nest_and_star(app: Caller, course: str) -> None:
    answer = app.call("GET", f"courses/{course}/teachers", fields="teachers(profile(id,name/fullName))")[1]
    assert set(answer["teachers"][0]["profile"]) == {"id", "name"}
    assert app.call("GET", f"courses/{course}", fields="*")[1]["id"] == course


def test_a_missing_scope_is_a_403_with_its_reason(sandbox: Sandbox, librarian: Person, course: str) -> None:
    status, answer = Caller(sandbox, librarian, SCOPES[:1]).call("GET", f"courses/{course}/topics")
    assert status == 403
    assert answer["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_a_token_lives_an_hour(app: Caller, course: str, clock: Clock) -> None:
    clock.forward(minutes=61)
    status, answer = app.call("GET", f"courses/{course}")
    assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_classroom_switched_off_is_said_by_name(sandbox: Sandbox, world: World) -> None:
    odette = world.add_person("odette@juniper.example", "Odette", is_classroom_on=False)
    answer = Caller(sandbox, odette).call("GET", "courses")[1]
    assert answer["error"]["message"].startswith("@ClassroomDisabled ")


def test_an_unknown_parameter_or_word_is_refused(app: Caller, sandbox: Sandbox) -> None:
    assert app.call("GET", "courses", colour="red")[0] == 400
    assert app.call("GET", "courses", courseStates="OPEN")[0] == 400
    assert app.call("GET", "courses", pageSize="many")[0] == 400
    assert [call.status for call in sandbox.journal.wrong()] == [400, 400, 400]


def test_what_is_not_played_and_what_is_not_there_are_told_apart(app: Caller, course: str) -> None:
    assert app.call("GET", "nonsense")[0] == 404
    assert app.call("GET", "invitations", userId="me")[0] in {403, 501}


def test_a_long_get_may_come_as_a_post(app: Caller, course: str) -> None:
    answer = app.client.post(f"/v1/courses/{course}", data=b"fields=id", headers={
        "Authorization": f"Bearer {app.access}", "X-HTTP-Method-Override": "GET",
        "Content-Type": "application/x-www-form-urlencoded"})
    assert answer.get_json() == {"id": course}
