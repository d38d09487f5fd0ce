"""Announcements and materials at the pretend Classroom, held against what Google documents."""

from datetime import timedelta
from typing import Any

import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.manners import Manners
from integration.sandbox.world import Person, World
from tests.conftest import Clock
from tests.rooms.sandbox.calling import Caller

BOTH = pytest.mark.parametrize("kind", ["announcements", "courseWorkMaterials"])


@BOTH
def test_a_post_is_a_draft_unless_told_otherwise(app: Caller, course: str, kind: str) -> None:
    made = app.make(course, kind)
    assert made["state"] == "DRAFT"
    assert "alternateLink" not in made


@BOTH
def test_publishing_gives_it_a_link(app: Caller, course: str, kind: str) -> None:
    made = app.make(course, kind)
    status, after = app.call("PATCH", f"courses/{course}/{kind}/{made['id']}", {"state": "PUBLISHED"}, updateMask="state")
    assert status == 200
    assert made["id"] in after["alternateLink"]


@BOTH
def test_a_list_shows_only_published_posts_unless_asked(app: Caller, course: str, kind: str) -> None:
    app.make(course, kind)
    states = {"announcements": "announcementStates", "courseWorkMaterials": "courseWorkMaterialStates"}[kind]
    assert app.call("GET", f"courses/{course}/{kind}") == (200, {})
    assert len(app.call("GET", f"courses/{course}/{kind}", **{states: ["DRAFT", "PUBLISHED"]})[1].popitem()[1]) == 1


def test_what_changed_last_comes_first(app: Caller, course: str, clock: Clock) -> None:
    made = [app.make(course, state="PUBLISHED", text=str(each)) for each in range(3)]
    clock.forward(minutes=1)
    app.call("PATCH", f"courses/{course}/announcements/{made[0]['id']}", {"text": "new"}, updateMask="text")
    listed = app.call("GET", f"courses/{course}/announcements")[1]["announcements"]
    assert [post["text"] for post in listed] == ["new", "2", "1"]


def test_pages_hang_together_and_a_token_fits_only_its_own_question(app: Caller, course: str) -> None:
    for each in range(5):
        app.make(course, state="PUBLISHED", text=str(each))
    first = app.call("GET", f"courses/{course}/announcements", pageSize=3)[1]
    token = first["nextPageToken"]
    second = app.call("GET", f"courses/{course}/announcements", pageSize=3, pageToken=token)[1]
    assert [len(first["announcements"]), len(second["announcements"])] == [3, 2]
    assert "nextPageToken" not in second
    assert app.call("GET", f"courses/{course}/announcements", pageSize=4, pageToken=token)[0] == 400
    assert app.call("GET", f"courses/{course}/announcements", pageToken="nonsense")[0] == 400


@pytest.mark.parametrize("body", [
    {}, {"text": ""}, {"text": "a" * 30_001}, {"text": "a", "state": "DELETED"},
    {"text": "a", "materials": [{"link": {"url": "https://a.example"}}] * 21},
    {"text": "a", "materials": [{"link": {"url": "no address"}}]},
    {"text": "a", "materials": [{"link": {"url": "https://a.example/" + "a" * 2024}}]},
    {"text": "a", "materials": [{"link": {"url": "https://a.example"}, "youtubeVideo": {"id": "abcdefghijk"}}]},
    {"text": "a", "materials": [{"form": {"formUrl": "https://a.example"}}]},
    {"text": "a", "scheduledTime": "2020-01-01T00:00:00Z"}, {"text": "a", "scheduledTime": "tomorrow"},
    {"text": "a", "state": "PUBLISHED", "scheduledTime": "2027-01-01T00:00:00Z"},
    {"text": "a", "title": "announcements have none"}, {"text": 7}, {"text": "a", "state": "SCHEDULED"},
    {"text": "a", "materials": {"link": {}}}, {"text": "a", "assigneeMode": "INDIVIDUAL_STUDENTS"}, [],
])
def test_a_body_google_would_not_take_is_refused(app: Caller, world: World, course: str, body: Any) -> None:
    status, answer = app.call("POST", f"courses/{course}/announcements", body)
    assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert world.posts(course) == []


def test_an_unknown_field_is_named(app: Caller, course: str, sandbox: Sandbox) -> None:
    answer = app.call("POST", f"courses/{course}/announcements", {"text": "a", "colour": "red"})[1]
    assert 'Unknown name "colour"' in answer["error"]["details"][0]["fieldViolations"][0]["description"]
    assert sandbox.journal.wrong()[-1].name == "courses.announcements.create"


def test_a_material_needs_a_title_and_a_topic_of_its_class(app: Caller, world: World, course: str) -> None:
    assert app.call("POST", f"courses/{course}/courseWorkMaterials", {"description": "a"})[0] == 400
    assert app.call("POST", f"courses/{course}/courseWorkMaterials", {"title": "a", "topicId": "1"})[0] == 400
    topic = world.add_topic(course, "Library")
    assert app.make(course, "courseWorkMaterials", topicId=topic)["topicId"] == topic


@pytest.mark.parametrize(("url", "kept"), [
    ("https://www.youtube.com/watch?v=abcdefghijk", "youtubeVideo"), ("https://youtu.be/abcdefghijk", "youtubeVideo"),
    ("https://docs.google.com/document/d/0123456789abc/edit", "driveFile"), ("https://a.example/watch?v=abcdefghijk", "link"),
])
def test_a_recognised_link_comes_back_as_what_it_is(app: Caller, course: str, url: str, kept: str) -> None:
    assert list(app.make(course, materials=[{"link": {"url": url}}])["materials"][0]) == [kept]


def test_a_file_she_cannot_see_fails_the_whole_post(app: Caller, world: World, course: str) -> None:
    world.unseen_files.add("secret-file")
    body = {"text": "a", "materials": [{"driveFile": {"driveFile": {"id": "secret-file"}}}]}
    status, answer = app.call("POST", f"courses/{course}/announcements", body)
    assert status == 400
    assert answer["error"]["message"].startswith("@AttachmentNotVisible ")
    assert world.posts(course) == []


@pytest.mark.parametrize(("mask", "body"), [
    ("", {"text": "b"}), ("colour", {"text": "b"}), ("materials", {"materials": []}), ("text", {}),
    ("state", {"state": "DELETED"}), ("state", {"state": "DRAFT"}), ("title", {"text": "b"}),
])
def test_a_wrong_patch_changes_nothing(app: Caller, world: World, course: str, mask: str, body: dict[str, Any]) -> None:
    made = app.make(course, state="PUBLISHED")
    query = {"updateMask": mask} if mask else {}
    assert app.call("PATCH", f"courses/{course}/announcements/{made['id']}", body, **query)[0] == 400
    assert world.post(course, made["id"])["text"] == "Hello"


def test_only_the_project_that_made_a_post_may_change_it(app: Caller, sandbox: Sandbox, world: World, course: str,
                                                        librarian: Person) -> None:
    other = Caller(sandbox, librarian, client_id="another-project")
    by_hand = world.add_post(course, "announcement", librarian, text="By hand")
    for id in (by_hand, other.make(course)["id"]):
        status, answer = app.call("DELETE", f"courses/{course}/announcements/{id}")
        assert status == 403
        assert answer["error"]["message"].startswith("@ProjectPermissionDenied ")


def test_a_deleted_post_is_shown_as_deleted_and_cannot_be_deleted_twice(app: Caller, course: str) -> None:
    path = f"courses/{course}/announcements/{app.make(course)['id']}"
    assert app.call("DELETE", path) == (200, {})
    assert app.call("GET", path)[1]["state"] == "DELETED"
    assert app.call("DELETE", path)[1]["error"]["status"] == "FAILED_PRECONDITION"


def test_a_scheduled_post_appears_by_itself(app: Caller, course: str, clock: Clock) -> None:
    at = (clock() + timedelta(minutes=10)).isoformat()
    path = f"courses/{course}/announcements/{app.make(course, scheduledTime=at)['id']}"
    assert app.call("GET", path)[1]["state"] == "DRAFT"
    clock.forward(minutes=20)
    assert app.call("GET", path)[1]["state"] == "PUBLISHED"


def test_an_archived_class_takes_nothing(app: Caller, world: World, course: str) -> None:
    world.archive(course)
    status, answer = app.call("POST", f"courses/{course}/announcements", {"text": "a"})
    assert (status, answer["error"]["status"]) == (400, "FAILED_PRECONDITION")
    assert answer["error"]["message"].startswith("@CourseNotModifiable ")


def test_an_administrator_reads_but_does_not_post(sandbox: Sandbox, world: World, course: str) -> None:
    admin = Caller(sandbox, world.add_person("admin@juniper.example", "Robin", domain="juniper.example", kind="admin"))
    assert admin.call("GET", f"courses/{course}/announcements")[0] == 200
    assert admin.call("POST", f"courses/{course}/announcements", {"text": "a"})[0] == 403


def test_a_student_sees_only_what_is_published(sandbox: Sandbox, app: Caller, course: str, pupil: Person) -> None:
    app.make(course)
    shown = app.make(course, state="PUBLISHED")
    states = ["DRAFT", "PUBLISHED", "DELETED"]
    listed = Caller(sandbox, pupil).call("GET", f"courses/{course}/announcements", announcementStates=states)[1]
    assert [post["id"] for post in listed["announcements"]] == [shown["id"]]


def test_ids_are_unique_only_within_a_class(app: Caller, world: World, gomez: Person, librarian: Person, course: str) -> None:
    other = world.add_course(gomez, "7th Grade Science", teachers=(librarian,))
    assert app.make(course)["id"] == app.make(other)["id"]


def test_a_material_is_no_announcement(app: Caller, course: str) -> None:
    made = app.make(course, "courseWorkMaterials")
    assert app.call("GET", f"courses/{course}/announcements/{made['id']}")[0] == 404


def test_topics_are_trimmed_unique_and_case_sensitive(app: Caller, course: str) -> None:
    path = f"courses/{course}/topics"
    assert app.call("POST", path, {"name": "  Li  brary "})[1]["name"] == "Li brary"
    assert app.call("POST", path, {"name": "Li brary"})[0] == 409
    assert app.call("POST", path, {"name": "li brary"})[0] == 200
    assert app.call("POST", path, {"name": "a" * 101})[0] == 400
    assert len(app.call("GET", path)[1]["topic"]) == 2


def test_deleting_a_topic_leaves_the_posts_without_one(app: Caller, course: str) -> None:
    topic = app.call("POST", f"courses/{course}/topics", {"name": "Library"})[1]["topicId"]
    made = app.make(course, "courseWorkMaterials", topicId=topic)
    assert app.call("DELETE", f"courses/{course}/topics/{topic}") == (200, {})
    assert "topicId" not in app.call("GET", f"courses/{course}/courseWorkMaterials/{made['id']}")[1]


def test_what_google_does_not_document_can_go_either_way(app: Caller, world: World, course: str, clock: Clock) -> None:
    world.manners = Manners(refuses_archived_with_403=True, forgets_deleted_drafts=True, hides_teachers_edits=True)
    kept, dropped = app.make(course), app.make(course)
    app.call("DELETE", f"courses/{course}/announcements/{dropped['id']}")
    clock.forward(minutes=1)
    world.edit_post(course, kept["id"], text="Mine")
    assert app.call("GET", f"courses/{course}/announcements/{dropped['id']}")[0] == 404
    assert app.call("GET", f"courses/{course}/announcements/{kept['id']}")[1]["updateTime"] == kept["updateTime"]
    world.archive(course)
    assert app.call("POST", f"courses/{course}/announcements", {"text": "a"})[0] == 403
    assert len({Manners.drawn(seed) for seed in range(40)}) == 8
