"""The world of the pretend Google: people, tokens, classes, posts; and what teachers do to them in Classroom itself.

Everything that changes the world holds `lock`, so that threads see one change after another.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from random import Random
from string import ascii_letters, digits
from threading import RLock
from typing import Any

from integration.sandbox.course import Course, Post, stamp
from integration.sandbox.files import DriveFile, Media
from integration.sandbox.manners import Manners
from integration.sandbox.people import Person, TokenBook, Tokens

__all__ = ["Person", "Tokens", "World"]

CLIENT = "sandbox-client"


class World:
    """A pretend Google's people and classes; the same `seed` gives the same ids."""

    def __init__(self, seed: int, now: Callable[[], datetime]) -> None:
        self.now = now
        self.lock = RLock()
        self.people: dict[str, Person] = {}
        self.people_by_email: dict[str, Person] = {}
        self.courses: dict[str, Course] = {}
        self.unseen_files: set[str] = set()
        self.files: dict[str, DriveFile] = {}
        self.mail: list[EmailMessage] = []
        self.manners = Manners()
        self._random = Random(seed)
        self._tokens = TokenBook(now)
        self._coming: list[tuple[datetime, Callable[[], Any]]] = []

    def add_person(self, email: str, name: str, *, domain: str = "", kind: str = "teacher",
                   is_classroom_on: bool = True) -> Person:
        """Somebody new; `kind` is teacher, student or admin."""
        with self.lock:
            id = f"1{self._random.randrange(10**20):020}"
            person = Person(id, email.lower(), name, domain, kind, is_classroom_on)
            self.people[id] = self.people_by_email[person.email] = person
            return person

    def block(self, person: Person) -> None:
        """Her administrator bars the app: no sign-in, no refresh, no calls."""
        person.is_blocked = True

    def person(self, name: str) -> Person | None:
        """Somebody by id or address."""
        return self.people.get(name) or self.people_by_email.get(name.lower())

    def add_course(self, owner: Person, name: str, *, section: str = "", heading: str = "", levels: str = "",
                   subject: str = "", state: str = "ACTIVE", teachers: Iterable[Person] = (),
                   students: Iterable[Person] = (), google_id: str = "", created_at: datetime | None = None) -> str:
        """A class of `owner`; answers its id."""
        with self.lock:
            id = google_id or str(600_000_000_000 + self._random.randrange(10**11))
            at = stamp(created_at or self.now())
            body = {"id": id, "name": name, "section": section, "descriptionHeading": heading, "levels": levels,
                    "subject": subject, "courseState": state, "ownerId": owner.google_id, "creationTime": at,
                    "updateTime": at, "alternateLink": f"https://classroom.google.com/c/{id}"}
            everyone = dict.fromkeys([owner.google_id, *(person.google_id for person in teachers)])
            self.courses[id] = Course(body, len(self.courses), list(everyone), [each.google_id for each in students])
            return id

    def course(self, id: str) -> dict[str, Any]:
        """Google's Course; empty fields are there too, as empty text."""
        return dict(self.courses[id].body)

    def change_course(self, id: str, **fields: str) -> None:
        """Someone edits the class in Classroom, in Google's names: name, section, courseState..."""
        with self.lock:
            self.courses[id].body.update(fields, updateTime=stamp(self.now()))

    def archive(self, id: str) -> None:
        """The class is put away."""
        self.change_course(id, courseState="ARCHIVED")

    def teachers(self, id: str) -> list[str]:
        """The ids of who teaches a class, its owner first."""
        return list(self.courses[id].teachers)

    def students(self, id: str) -> list[str]:
        """The ids of a class's students."""
        return list(self.courses[id].students)

    def add_teacher(self, id: str, person: Person) -> None:
        """Somebody becomes a co-teacher."""
        with self.lock:
            if person.google_id not in self.courses[id].teachers:
                self.courses[id].teachers.append(person.google_id)

    def remove_teacher(self, id: str, person: Person) -> None:
        """A co-teacher is taken out of a class."""
        with self.lock:
            self.courses[id].teachers.remove(person.google_id)

    def posts(self, course: str, *, kind: str = "", state: str = "") -> list[dict[str, Any]]:
        """What stands in a class, oldest first, deleted and drafts too: Google's JSON with `kind` and `project` beside it."""
        with self.lock:
            self.settle()
            self.courses[course].publish_due(self.now())
            return [{**post.shown(), "kind": post.kind, "project": post.project}
                    for post in self.courses[course].posts.values()
                    if kind in ("", post.kind) and state in ("", post.body["state"])]

    def add_topic(self, course: str, name: str) -> str:
        """A teacher makes a topic; answers its id."""
        with self.lock:
            return self.courses[course].add_topic(name, self.now(), "")

    def rename_topic(self, course: str, id: str, name: str) -> None:
        """A teacher gives a topic another name."""
        with self.lock:
            self.courses[course].topics[id].body["name"] = name

    def remove_topic(self, course: str, id: str) -> None:
        """A teacher deletes a topic; what stood under it stays."""
        with self.lock:
            self.courses[course].remove_topic(id)

    def topics(self, course: str) -> dict[str, str]:
        """Topic id → name."""
        return {id: str(topic.body["name"]) for id, topic in self.courses[course].topics.items()}

    def add_post(self, course: str, kind: str, person: Person, *, title: str = "", text: str = "",
                 materials: Iterable[Mapping[str, Any]] = (), topic: str = "", state: str = "PUBLISHED",
                 at: datetime | None = None, client_id: str = "") -> str:
        """`person` posts in Classroom itself, or through the app `client_id`; answers the post's id."""
        wording = {"text": text} if kind == "announcement" else {"title": title, "description": text, "topicId": topic}
        with self.lock:
            post = self.courses[course].add_post(
                kind, {**wording, "materials": [dict(each) for each in materials], "state": state}, person.google_id,
                at or self.now(), client_id)
            return str(post.body["id"])

    def post(self, course: str, id: str) -> dict[str, Any]:
        """One post, as `posts` lists it."""
        return next(post for post in self.posts(course) if post["id"] == id)

    def edit_post(self, course: str, id: str, *, title: str | None = None, text: str | None = None,
                  materials: Iterable[Mapping[str, Any]] | None = None) -> None:
        """A teacher changes a post in Classroom; None leaves a field as it is."""
        words = "text" if self._post(course, id).kind == "announcement" else "description"
        given = {"title": title, words: text, "materials": materials and [dict(each) for each in materials]}
        fields = {name: value for name, value in given.items() if value is not None}
        self._touch(course, id, fields, is_seen=not self.manners.hides_teachers_edits)

    def delete_post(self, course: str, id: str, *, at_once: bool = False) -> None:
        """A teacher deletes a post: Google still shows it as DELETED for a while, or no longer with `at_once`."""
        is_forgotten = self.manners.forgets_deleted_drafts and self._post(course, id).body["state"] == "DRAFT"
        self._touch(course, id, {"state": "DELETED"})
        if at_once or is_forgotten:
            with self.lock:
                del self.courses[course].posts[id]

    def publish_post(self, course: str, id: str) -> None:
        """A teacher publishes a draft herself."""
        self._touch(course, id, {"state": "PUBLISHED", "scheduledTime": ""})

    def add_file(self, person: Person, name: str, type: str = "application/octet-stream", content: Media | None = None, *,
                 app: str = "", properties: Mapping[str, str] | None = None) -> DriveFile:
        """A file in somebody's Drive; made by hand when no `app` is named."""
        with self.lock:
            id = "1" + "".join(self._random.choices(ascii_letters + digits + "-_", k=32))
            self.files[id] = DriveFile(id, person.google_id, app, name, type, self.now(), content or Media(b"", type),
                                       dict(properties or {}))
            return self.files[id]

    def grant(self, person: Person, scopes: Iterable[str], *, client_id: str = CLIENT, offline: bool = True) -> Tokens:
        """She allows an app; joins what she allowed it before."""
        with self.lock:
            return self._tokens.grant(person, scopes, client_id, offline)

    def token(self, access: str) -> Tokens | None:
        """What an access token stands for; None when it is over."""
        with self.lock:
            return self._tokens.find(access)

    def refresh(self, token: str, *, client_id: str = CLIENT) -> Tokens | None:
        """A new access token for a refresh token; None when it is over."""
        with self.lock:
            return self._tokens.refresh(token, client_id)

    def granted(self, person: Person, client_id: str = CLIENT) -> frozenset[str]:
        """Everything she allowed an app."""
        with self.lock:
            return self._tokens.granted(person, client_id)

    def revoke_token(self, token: str) -> bool:
        """End the whole grant a token belongs to; False for one that is over already."""
        with self.lock:
            known = self._tokens.any(token)
            if known is not None:
                self._tokens.end(known.person, known.client_id)
            return known is not None

    def revoke(self, person: Person) -> None:
        """She takes back what she allowed every app, in her account's settings."""
        with self.lock:
            self._tokens.end(person)

    def expire(self, person: Person) -> None:
        """Her access tokens run out; the refresh tokens live on."""
        with self.lock:
            self._tokens.expire(person)

    def is_blocked_token(self, token: str) -> bool:
        """Whether a token belongs to somebody whose administrator bars the app."""
        known = self._tokens.any(token)
        return known is not None and known.person.is_blocked

    def later(self, span: timedelta, act: Callable[[], Any]) -> None:
        """Let `act` happen once `span` has passed."""
        with self.lock:
            self._coming.append((self.now() + span, act))

    def settle(self, *, is_all: bool = False) -> None:
        """Do what was put off until now; or all of it, as if it were as late as the present call."""
        with self.lock:
            due = [each for each in self._coming if is_all or each[0] <= self.now()]
            self._coming = [each for each in self._coming if each not in due]
            for _, act in due:
                act()

    @property
    def is_behind(self) -> bool:
        """Whether something was put off and not done yet."""
        return bool(self._coming)

    def _post(self, course: str, id: str) -> Post:
        return self.courses[course].posts[id]

    def _touch(self, course: str, id: str, fields: Mapping[str, Any], *, is_seen: bool = True) -> None:
        with self.lock:
            body = self._post(course, id).body
            body.update(fields, updateTime=stamp(self.now()) if is_seen else body["updateTime"])
