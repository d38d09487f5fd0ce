"""Google Classroom as one librarian sees it: plain dataclasses in and out, every call counted and within the quota.

https://developers.google.com/workspace/classroom/reference/rest
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, TypeVar

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import HttpRequest

from integration.errors import Busy, GoogleError, NotAllowed, SignInNeeded
from integration.google import batch, seen
from integration.google.breaker import Breaker
from integration.google.call import CUT_SHORT, Call, Carriage, No, read, understood, write
from integration.google.quota import Quota
from integration.google.scopes import EMAILS
from integration.google.seen import CourseSeen, Kind, PostPage, PostSeen, TeacherSeen, TopicPage, TopicSeen
from integration.google.wire import CutOff, Reply, Wire

T = TypeVar("T")
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
                 breaker: Breaker | None = None, renew: Callable[[], str] | None = None) -> None:
        self.grant = grant
        self.calls = 0
        self._wire = wire
        self._api = resources(root)
        self._root = root
        self._quota = quota
        self._breaker = breaker
        self._renew = renew
        self._lock = threading.Lock()
        self._paying = threading.Lock()

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

    def listing_topics(self, course: str) -> Call[TopicPage]:
        """The call for the first page of the topics of a class.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/list
        """
        request = self._api.topics.list(courseId=course, pageSize=200, fields="nextPageToken,topic(topicId,name,updateTime)")
        return Call(request, False, seen.topic_page)

    def list_topics(self, course: str) -> tuple[TopicSeen, ...]:
        """All topics of a class; see `listing_topics`."""
        pages = self._pages(self.listing_topics(course).request, self._api.topics.list_next)
        return tuple(topic for page in pages for topic in seen.topic_page(page).topics)

    def making_topic(self, course: str, name: str) -> Call[TopicSeen]:
        """The call for a new topic. Refused with ALREADY_EXISTS when the class has one of that name.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/create
        """
        return Call(self._api.topics.create(courseId=course, body={"name": name}), True, seen.topic)

    def create_topic(self, course: str, name: str) -> TopicSeen:
        """A new topic, made by itself; see `making_topic`."""
        return self.make(self.making_topic(course, name))

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

    def getting(self, course: str, kind: Kind, post: str) -> Call[PostSeen]:
        """The call for one post.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/get
        """
        request = self._api.posts[kind].get(courseId=course, id=post, fields=seen.post_fields(kind))
        return Call(request, False, partial(seen.post, kind))

    def get_post(self, course: str, kind: Kind, post: str) -> PostSeen:
        """One post; see `getting`."""
        return self.make(self.getting(course, kind, post))

    def drafting(self, course: str, kind: Kind, *, title: str, text: str, materials: Sequence[Mapping[str, Any]],
                 topic: str = "", scheduled_at: datetime | None = None) -> Call[PostSeen]:
        """The call for a draft, which students do not see. An announcement has no title and no topic; there they are left out.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/create
        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.courseWorkMaterials/create
        """
        body: dict[str, Any] = {"state": "DRAFT", "materials": list(materials), **seen.wording(kind, title, text)}
        if topic:
            body["topicId"] = topic
        if scheduled_at is not None:
            body["scheduledTime"] = scheduled_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        request = self._api.posts[kind].create(courseId=course, body=body, fields=seen.post_fields(kind))
        return Call(request, True, partial(seen.post, kind))

    def publishing(self, course: str, kind: Kind, post: str) -> Call[PostSeen]:
        """The call that shows a draft to students. The same call again changes nothing.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/patch
        """
        return self._patching(course, kind, post, {"state": "PUBLISHED"}, "state")

    def create_draft(self, course: str, kind: Kind, *, title: str, text: str, materials: Sequence[Mapping[str, Any]],
                     topic: str = "", scheduled_at: datetime | None = None) -> PostSeen:
        """A draft, made by itself; see `drafting`."""
        return self.make(self.drafting(course, kind, title=title, text=text, materials=materials, topic=topic,
                                       scheduled_at=scheduled_at))

    def publish(self, course: str, kind: Kind, post: str) -> PostSeen:
        """Show one draft to students; see `publishing`."""
        return self.make(self.publishing(course, kind, post))

    def rewording(self, course: str, kind: Kind, post: str, *, title: str | None = None, text: str | None = None) -> Call[PostSeen]:
        """The call that changes the wording of a post of ours; None leaves a field as it is."""
        body = {name: value for name, value in seen.wording(kind, title, text).items() if value is not None}
        return self._patching(course, kind, post, body, ",".join(body))

    def patch_text(self, course: str, kind: Kind, post: str, *, title: str | None = None, text: str | None = None) -> PostSeen:
        """Change the wording of one post; see `rewording`."""
        return self.make(self.rewording(course, kind, post, title=title, text=text))

    def deleting(self, course: str, kind: Kind, post: str) -> Call[None]:
        """The call that deletes a post of ours.

        https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements/delete
        """
        return Call(self._api.posts[kind].delete(courseId=course, id=post), True, lambda _nothing: None)

    def delete_post(self, course: str, kind: Kind, post: str) -> None:
        """Delete one post; see `deleting`."""
        self.make(self.deleting(course, kind, post))

    def make(self, call: Call[T]) -> T:
        """Make one call."""
        return understood(call, self._write(call.request) if call.is_write else self._read(call.request))

    def together(self, calls: Sequence[Call[T]]) -> list[T | No]:
        """Make several calls, in one trip where Google takes a batch; for each its answer, or the error in its place.

        A batch is not repeated, except for those of its calls that a stale token kept out.
        """
        size = self.calls_a_trip
        return [answer for start in range(0, len(calls), size) for answer in self._some(calls[start:start + size])]

    @property
    def calls_a_trip(self) -> int:
        """How many calls may go together."""
        if not batch.is_taken(self._root):
            return 1
        return batch.MOST if self._quota is None else min(batch.MOST, self._quota.most_at_once)

    def _patching(self, course: str, kind: Kind, post: str, body: Mapping[str, Any], mask: str) -> Call[PostSeen]:
        request = self._api.posts[kind].patch(courseId=course, id=post, body=body, updateMask=mask,
                                              fields=seen.post_fields(kind))
        return Call(request, True, partial(seen.post, kind))

    def _alone(self, call: Call[T]) -> T | No:
        try:
            return self.make(call)
        except (GoogleError, NotAllowed) as error:
            return error

    def _some(self, calls: Sequence[Call[T]]) -> list[T | No]:
        if len(calls) == 1:
            return [self._alone(calls[0])]
        token = self.grant.access_token
        answers = self._trip(calls)
        stale = [place for place, answer in enumerate(answers) if isinstance(answer, SignInNeeded) and answer.status == 401]
        if stale and self._renew is not None:
            again = self._once_more([calls[place] for place in stale], token, self._renew)
            for place, answer in zip(stale, again, strict=True):
                answers[place] = answer
        return answers

    def _once_more(self, calls: Sequence[Call[T]], stale: str, renew: Callable[[], str]) -> list[T | No]:
        """Google did nothing with them, for their token was stale: the same with a fresh one."""
        try:
            self._freshen(stale, renew)
        except (GoogleError, NotAllowed) as error:
            return [error] * len(calls)
        return self._trip(calls)

    def _trip(self, calls: Sequence[Call[T]]) -> list[T | No]:
        carriage = Metered(self._wire, self.grant.access_token, lambda: self._pay(len(calls)))
        try:
            answers: list[T | No] = [*batch.carry_together(calls, carriage, self._root)]
        except (GoogleError, NotAllowed) as error:
            return [error] * len(calls)
        self._note(answers)
        return answers

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
            return self._noted(how, request)
        except SignInNeeded as error:
            if error.status != 401 or self._renew is None:
                raise
            self._freshen(token, self._renew)
            return self._noted(how, request)

    def _noted(self, how: Callable[[HttpRequest, Carriage], Any], request: HttpRequest) -> Any:
        try:
            answer = how(request, Metered(self._wire, self.grant.access_token, lambda: self._pay(1)))
        except GoogleError as error:
            self._note([error])
            raise
        self._note([answer])
        return answer

    def _freshen(self, stale: str, renew: Callable[[], str]) -> None:
        with self._lock:
            if self.grant.access_token == stale:
                self.grant = replace(self.grant, access_token=renew())

    def _pay(self, calls: int) -> None:
        """Before each trip. Threads pay one after the other, so that none waits for the quota longer than its own calls need."""
        if self._breaker is not None:
            self._breaker.admit()
        if self._quota is not None:
            with self._paying:
                self._quota.spend(calls)
        with self._lock:
            self.calls += calls

    def _note(self, answers: Sequence[Any]) -> None:
        """After each trip: how Google is, as most of its answers say, and whether it asked to slow down."""
        asked = [answer for answer in answers if isinstance(answer, Busy) and answer.status == 429]
        if asked and self._quota is not None:
            self._quota.slow_down(max(each.retry_after for each in asked),
                                  whole_project=any(each.of_everybody for each in asked))
        if self._breaker is not None and not any(map(_never_left, answers)):
            self._breaker.note(sum(map(_stumbled, answers)) * 2 > len(answers))


def _stumbled(answer: Any) -> bool:
    return isinstance(answer, GoogleError) and (answer.status in CUT_SHORT or answer.reason in {"cut", "garbled"})


def _never_left(answer: Any) -> bool:
    return isinstance(answer, Busy) and answer.reason in {"quota", "breaker"}


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
