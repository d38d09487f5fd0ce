"""One pretend class: who is in it and what stands in its stream, in the words of Google's own JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

FIRST_ITEM = 800_000_000_000
KINDS = ("announcement", "material")


@dataclass
class Post:
    """An announcement or a material. `project` is the app that made it, empty when a person did."""

    kind: str
    body: dict[str, Any]
    project: str
    number: int
    made_at: datetime

    def shown(self) -> dict[str, Any]:
        """As Google answers it: the link only while it stands, nothing empty."""
        body = dict(self.body)
        if body["state"] != "PUBLISHED":
            body.pop("alternateLink", None)
        return {name: value for name, value in body.items() if value not in ("", [], None)}


@dataclass
class Topic:
    """A topic of a class."""

    body: dict[str, Any]
    project: str


@dataclass
class Course:
    """A class. Ids of posts and topics repeat from class to class, as Google only promises they are unique in one."""

    body: dict[str, Any]
    number: int
    teachers: list[str] = field(default_factory=list)
    students: list[str] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    _count: int = 0

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def owner(self) -> str:
        return str(self.body["ownerId"])

    @property
    def state(self) -> str:
        return str(self.body["courseState"])

    def next_number(self) -> int:
        self._count += 1
        return self._count

    def shown(self) -> dict[str, Any]:
        return {name: value for name, value in self.body.items() if value != ""}

    def add_topic(self, name: str, at: datetime, project: str) -> str:
        id = str(FIRST_ITEM + 17 * self.next_number())
        self.topics[id] = Topic({"courseId": self.id, "topicId": id, "name": name, "updateTime": stamp(at)}, project)
        return id

    def remove_topic(self, id: str) -> None:
        """Forget a topic; what stood under it stays without one."""
        del self.topics[id]
        for post in self.posts.values():
            if post.body.get("topicId") == id:
                post.body["topicId"] = ""

    def add_post(self, kind: str, values: Mapping[str, Any], creator: str, at: datetime, project: str) -> Post:
        number = self.next_number()
        id = str(FIRST_ITEM + 17 * number)
        sort = {"announcement": "p", "material": "m"}[kind]
        body = {"courseId": self.id, "id": id, "state": "DRAFT", "assigneeMode": "ALL_STUDENTS", **values,
                "creatorUserId": creator, "creationTime": stamp(at), "updateTime": stamp(at),
                "alternateLink": f"https://classroom.google.com/c/{self.id}/{sort}/{id}/details"}
        self.posts[id] = Post(kind, body, project, number, at)
        return self.posts[id]

    def publish_due(self, now: datetime) -> None:
        """Publish what was scheduled for a time that has passed."""
        for post in self.posts.values():
            planned = post.body.get("scheduledTime")
            if planned and post.body["state"] == "DRAFT" and datetime.fromisoformat(planned) <= now:
                post.body.update(state="PUBLISHED", updateTime=stamp(datetime.fromisoformat(planned)))
                del post.body["scheduledTime"]


def stamp(at: datetime) -> str:
    """Google's way to write a time."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
