"""Google Classroom as one librarian sees it: plain dataclasses in and out, every call counted and within the quota.

https://developers.google.com/workspace/classroom/reference/rest
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import HttpRequest

from integration.errors import SignInNeeded
from integration.google import seen
from integration.google.call import Carriage, read, write
from integration.google.quota import Quota
from integration.google.scopes import EMAILS
from integration.google.seen import CourseSeen, Kind, PostPage, PostSeen, TeacherSeen, TopicSeen
from integration.google.wire import CutOff, Reply, Wire

COURSES_A_PAGE = 200
STATES = ("DRAFT", "PUBLISHED", "DELETED")


@dataclass(frozen=True)
class Grant:
    """What lets us call Google for a librarian."""

    account_id: str
    google_id: str
    access_token: str = field(repr=False)
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Resources:
    """google-api-python-client's resource objects, built once: making them anew costs more than the call itself."""

    courses: Any
    teachers: Any
    students: Any
    topics: Any
    posts: Mapping[Kind, Any]


class Classroom:
    """One librarian's Classroom. Safe to share between threads; `calls` counts what was asked of Google.

    `renew` gives a fresh access token when Google no longer takes the present one; without it, or the second time,
    SignInNeeded is raised. Every method may raise SignInNeeded, Refused or Busy; those that write also Unsure.
    """

    def __init__(self, wire: Wire, grant: Grant, *, root: str, quota: Quota | None = None,
                 renew: Callable[[], str] | None = None) -> None:
        self.grant = grant
        self.calls = 0
        self._wire = wire
        self._api = resources(root)
        self._quota = quota
        self._renew = renew
        self._lock = threading.Lock()

    def list_courses(self, *, teacher: str = "me") -> Iterator[tuple[CourseSeen, ...]]:
        """Every class `teacher` owns or co-teaches, in all states, page by page.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses/list
        """
        request = self._api.courses.list(teacherId=teacher, pageSize=COURSES_A_PAGE,
                                         fields=f"nextPageToken,courses({seen.COURSE_FIELDS})")
        for page in self._pages(request, self._api.courses.list_next):
            yield tuple(seen.course(item) for item in page.get("courses", ()))

    def get_course(self, course: str) -> CourseSeen:
        """One class.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses/get
        """
        return seen.course(self._read(self._api.courses.get(id=course, fields=seen.COURSE_FIELDS)))

    def list_teachers(self, course: str) -> tuple[TeacherSeen, ...]:
        """The teachers of a class: id and name, and the address only when that permission was given.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.teachers/list
        """
        profile = "id,name/fullName" + (",emailAddress" if EMAILS in self.grant.scopes else "")
        request = self._api.teachers.list(courseId=course, pageSize=100, fields=f"nextPageToken,teachers/profile({profile})")
        pages = self._pages(request, self._api.teachers.list_next)
        return tuple(seen.teacher(item) for page in pages for item in page.get("teachers", ()))

    def count_students(self, course: str) -> int:
        """How many students a class has. The mask keeps their names from ever entering this process.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.students/list
        """
        request = self._api.students.list(courseId=course, pageSize=1000, fields="nextPageToken,students/userId")
        return sum(len(page.get("students", ())) for page in self._pages(request, self._api.students.list_next))

    def list_topics(self, course: str) -> tuple[TopicSeen, ...]:
        """The topics of a class.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/list
        """
        request = self._api.topics.list(courseId=course, pageSize=200,
                                        fields="nextPageToken,topic(topicId,name,updateTime)")
        pages = self._pages(request, self._api.topics.list_next)
        return tuple(seen.topic(item) for page in pages for item in page.get("topic", ()))

    def create_topic(self, course: str, name: str) -> TopicSeen:
        """A new topic. Refused with ALREADY_EXISTS when the class has one of that name.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/create
        """
        return seen.topic(self._write(self._api.topics.create(courseId=course, body={"name": name})))

    def pages_of_posts(self, course: str, kind: Kind, *, page_size: int = 100) -> Iterator[PostPage]:
        """Drafts, published and deleted posts of one kind, last changed first.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/list
        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.courseWorkMaterials/list
        """
        collection = self._api.posts[kind]
        states, items = seen.LIST_NAMES[kind]

        def ask(token: str | None) -> HttpRequest:
            request: HttpRequest = collection.list(
                courseId=course, pageSize=page_size, pageToken=token, orderBy="updateTime desc", **{states: list(STATES)},
                fields=f"nextPageToken,{items}({seen.post_fields(kind)})")
            return request

        def next_page(_request: HttpRequest, page: Any) -> HttpRequest | None:
            # The library's own list_next refuses a query that names a state more than once.
            token = page.get("nextPageToken")
            return ask(token) if token else None

        for page in self._pages(ask(None), next_page):
            yield PostPage(tuple(seen.post(kind, item) for item in page.get(items, ())), "nextPageToken" not in page)

    def get_post(self, course: str, kind: Kind, post: str) -> PostSeen:
        """One post.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/get
        """
        return seen.post(kind, self._read(self._api.posts[kind].get(courseId=course, id=post, fields=seen.post_fields(kind))))

    def create_draft(self, course: str, kind: Kind, *, title: str, text: str, materials: Sequence[Mapping[str, Any]],
                     topic: str = "", scheduled_at: datetime | None = None) -> PostSeen:
        """A draft, which students do not see. An announcement has no title and no topic; there they must be empty.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/create
        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.courseWorkMaterials/create
        """
        body: dict[str, Any] = {"state": "DRAFT", "materials": list(materials), **seen.wording(kind, title, text)}
        if topic:
            body["topicId"] = topic
        if scheduled_at is not None:
            body["scheduledTime"] = scheduled_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        request = self._api.posts[kind].create(courseId=course, body=body, fields=seen.post_fields(kind))
        return seen.post(kind, self._write(request))

    def publish(self, course: str, kind: Kind, post: str) -> PostSeen:
        """Show a draft to students. The same call again changes nothing.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/patch
        """
        return self._patch(course, kind, post, {"state": "PUBLISHED"}, "state")

    def patch_text(self, course: str, kind: Kind, post: str, *, title: str | None = None, text: str | None = None) -> PostSeen:
        """Change the wording of a post of ours; None leaves a field as it is."""
        body = {name: value for name, value in seen.wording(kind, title, text).items() if value is not None}
        return self._patch(course, kind, post, body, ",".join(body))

    def delete_post(self, course: str, kind: Kind, post: str) -> None:
        """Delete a post of ours.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/delete
        """
        self._write(self._api.posts[kind].delete(courseId=course, id=post))

    def _patch(self, course: str, kind: Kind, post: str, body: Mapping[str, Any], mask: str) -> PostSeen:
        request = self._api.posts[kind].patch(courseId=course, id=post, body=body, updateMask=mask,
                                              fields=seen.post_fields(kind))
        return seen.post(kind, self._write(request))

    def _pages(self, request: HttpRequest | None, next_page: Callable[[Any, Any], HttpRequest | None]) -> Iterator[Any]:
        while request is not None:
            page = self._read(request)
            yield page
            request = next_page(request, page)

    def _read(self, request: HttpRequest) -> Any:
        return self._call(read, request)

    def _write(self, request: HttpRequest) -> Any:
        return self._call(write, request)

    def _call(self, how: Callable[[HttpRequest, Carriage], Any], request: HttpRequest) -> Any:
        token = self.grant.access_token
        try:
            return how(request, self._carriage(token))
        except SignInNeeded as error:
            if error.status != 401 or self._renew is None:
                raise
            self._freshen(token, self._renew)
            return how(request, self._carriage(self.grant.access_token))

    def _freshen(self, stale: str, renew: Callable[[], str]) -> None:
        with self._lock:
            if self.grant.access_token == stale:
                self.grant = replace(self.grant, access_token=renew())

    def _carriage(self, token: str) -> "Carriage":
        return Metered(self._wire, token, self._count)

    def _count(self) -> None:
        if self._quota is not None:
            self._quota.spend()
        with self._lock:
            self.calls += 1


class Unplugged:
    """No wire at all: a request must be given one, together with the librarian's token, when it is carried out."""

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        raise CutOff("This request was carried out without a wire.", sent=False)


class Metered(Carriage):
    """A carriage that pays the quota before each trip, retries included."""

    def __init__(self, wire: Wire, access_token: str, pay: Callable[[], None]) -> None:
        super().__init__(wire, access_token)
        self._pay = pay

    def request(self, uri: str, *given: Any, **named: Any) -> Any:
        self._pay()
        return super().request(uri, *given, **named)


@cache
def resources(root: str) -> Resources:
    """The Classroom client for `root` (empty: Google itself).

    The discovery document is edited rather than `client_options.api_endpoint` set, because batch ignores the latter.
    """
    document = json.loads(get_static_doc("classroom", "v1"))
    if root:
        document.update(rootUrl=f"{root}/", baseUrl=f"{root}/{document['servicePath']}")
    document.pop("mtlsRootUrl", None)
    courses = build_from_document(document, http=Carriage(Unplugged(), "")).courses()
    return Resources(courses, courses.teachers(), courses.students(), courses.topics(), {
        Kind.ANNOUNCEMENT: courses.announcements(), Kind.MATERIAL: courses.courseWorkMaterials()})
