"""Our Classroom, with google-api-python-client inside it, against the pretend Google; and Google's own batch."""

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from integration.errors import Busy, Refused, SignInNeeded, Unsure
from integration.google.call import Carriage
from integration.google.classroom import Classroom, Grant
from integration.google.seen import Kind
from integration.google.wire import CutOff, HttpWire, Wire, WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.server import make_sandbox_server
from integration.sandbox.world import Person, World
from tests.make import ALL_SCOPES

ROOT = "http://google.test"


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def course(world: World, maya: Person) -> str:
    gomez = world.add_person("rosa.gomez@juniper.example", "Rosa Gomez", domain="juniper.example")
    pupils = [world.add_person(f"kid{each}@juniper.example", "Canary", kind="student") for each in range(3)]
    return world.add_course(gomez, "6th Grade Science", teachers=(maya,), students=pupils)


def connect(wire: Wire, world: World, person: Person, root: str = ROOT) -> Classroom:
    tokens = world.grant(person, ALL_SCOPES)
    grant = Grant("an-account", person.google_id, tokens.access_token, frozenset(ALL_SCOPES))
    return Classroom(wire, grant, root=root)


@pytest.fixture
def classroom(sandbox: Sandbox, world: World, maya: Person) -> Classroom:
    return connect(WsgiWire(sandbox), world, maya)


@pytest.fixture
def over_http(sandbox: Sandbox, world: World, maya: Person) -> Iterator[Classroom]:
    with make_sandbox_server(sandbox) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield connect(HttpWire(), world, maya, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def test_classes_and_people_are_read(classroom: Classroom, course: str, sandbox: Sandbox) -> None:
    [[seen]] = list(classroom.list_courses())
    assert (seen.google_id, seen.name) == (course, "6th Grade Science")
    assert [teacher.name for teacher in classroom.list_teachers(course)] == ["Rosa Gomez", "Maya Okafor"]
    assert classroom.count_students(course) == 3
    assert classroom.get_course(course) == seen
    assert sandbox.journal.wrong() == []


@pytest.mark.parametrize("kind", list(Kind))
def test_a_post_lives_from_draft_to_deletion(classroom: Classroom, sandbox: Sandbox, course: str, kind: Kind) -> None:
    topic = classroom.create_topic(course, "Library").google_id if kind is Kind.MATERIAL else ""
    title = "Water" if kind is Kind.MATERIAL else ""
    draft = classroom.create_draft(course, kind, title=title, text="Books on water", topic=topic,
                                   materials=[{"link": {"url": "https://youtu.be/abcdefghijk"}}])
    assert draft.links == ("youtube:abcdefghijk",)
    assert classroom.publish(course, kind, draft.google_id).state == "PUBLISHED"
    assert classroom.patch_text(course, kind, draft.google_id, text="New").text == "New"
    [page] = classroom.pages_of_posts(course, kind)
    assert [post.text for post in page.posts] == ["New"]
    classroom.delete_post(course, kind, draft.google_id)
    assert classroom.get_post(course, kind, draft.google_id).state == "DELETED"
    assert sandbox.journal.wrong() == []


def test_many_posts_come_in_pages(classroom: Classroom, world: World, maya: Person, course: str) -> None:
    for each in range(25):
        world.add_post(course, "announcement", maya, text=str(each))
    pages = list(classroom.pages_of_posts(course, Kind.ANNOUNCEMENT, page_size=10))
    assert [len(page.posts) for page in pages] == [10, 10, 5]
    assert [page.is_last for page in pages] == [False, False, True]


@pytest.mark.parametrize(("kind", "error"), [
    ("busy", Busy), ("error_before", Unsure), ("error_after", Unsure), ("cut_before", Unsure), ("cut_after", Unsure),
    ("late", Unsure), ("refused", Busy), ("revoked", SignInNeeded), ("archived", Refused),
])
def test_each_trouble_becomes_one_of_our_errors(classroom: Classroom, sandbox: Sandbox, course: str, kind: str,
                                               error: type[Exception]) -> None:
    sandbox.trouble.order(kind, on="writes")
    with pytest.raises(error):
        classroom.create_draft(course, Kind.ANNOUNCEMENT, title="", text="a", materials=[])
    assert len(sandbox.journal.writes()) == 1


def test_reads_outlast_a_stumble(classroom: Classroom, sandbox: Sandbox, course: str) -> None:
    sandbox.trouble.order("error_before", on="reads")
    sandbox.trouble.order("cut_after", on="reads")
    assert classroom.get_course(course).google_id == course


def test_over_http_it_is_the_same_and_a_cut_is_a_cut(over_http: Classroom, sandbox: Sandbox, course: str,
                                                     world: World) -> None:
    over_http.create_draft(course, Kind.ANNOUNCEMENT, title="", text="one", materials=[])
    sandbox.trouble.order("cut_after", on="writes")
    with pytest.raises(Unsure):
        over_http.create_draft(course, Kind.ANNOUNCEMENT, title="", text="two", materials=[])
    assert [post["text"] for post in world.posts(course)] == ["one", "two"]
    assert over_http.get_course(course).google_id == course


def google_client(sandbox: Sandbox, world: World, person: Person) -> Any:
    """Google's client as Google makes it, only at another root; its batch too."""
    document = json.loads(get_static_doc("classroom", "v1")) | {"rootUrl": f"{ROOT}/", "baseUrl": f"{ROOT}/"}
    document.pop("mtlsRootUrl", None)
    return build_from_document(document, http=Carriage(WsgiWire(sandbox), world.grant(person, ALL_SCOPES).access_token))


def test_a_batch_answers_each_part_by_itself(sandbox: Sandbox, world: World, maya: Person, course: str) -> None:
    client, heard = google_client(sandbox, world, maya), {}
    batch = client.new_batch_http_request(callback=lambda id, answer, error: heard.update({id: (answer, error)}))
    posts = client.courses().announcements()
    batch.add(client.courses().get(id=course, fields="id"), request_id="one")
    batch.add(posts.create(courseId=course, body={"text": "ü"}, fields="text"), request_id="two")
    batch.add(client.courses().get(id="404"), request_id="three")
    batch.execute()
    assert heard["one"] == ({"id": course}, None)
    assert heard["two"] == ({"text": "ü"}, None)
    assert heard["three"][1].resp.status == 404
    assert len(sandbox.journal) == 3


def test_a_cut_in_a_batch_breaks_the_whole(sandbox: Sandbox, world: World, maya: Person, course: str) -> None:
    client = google_client(sandbox, world, maya)
    batch = client.new_batch_http_request()
    for _ in range(2):
        batch.add(client.courses().get(id=course))
    sandbox.trouble.order("cut_after", skip=1)
    with pytest.raises(CutOff):
        batch.execute()
