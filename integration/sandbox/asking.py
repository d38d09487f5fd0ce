"""Who asks Classroom, for what; and what that person may see.

https://developers.google.com/workspace/classroom/guides/key-concepts/user-types
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from integration.sandbox.course import Course
from integration.sandbox.files import Media
from integration.sandbox.people import Person, Tokens
from integration.sandbox.refusal import Refusal
from integration.sandbox.world import World


@dataclass(frozen=True)
class Ask:
    """One call, checked against the discovery document and the scopes. `stale` hides what is younger from lists."""

    world: World
    tokens: Tokens
    path: Mapping[str, str]
    query: MultiDict[str, str]
    body: Mapping[str, Any] = field(default_factory=dict)
    stale: datetime | None = None
    media: Media | None = None

    @property
    def person(self) -> Person:
        return self.tokens.person

    @property
    def project(self) -> str:
        """The Cloud project that asks; each OAuth client here is one of its own."""
        return self.tokens.client_id

    def someone(self, name: str) -> Person:
        """A user by `me`, id or address. Raises Refusal (404)."""
        person = self.person if name == "me" else self.world.person(name)
        if person is None:
            raise Refusal("NOT_FOUND")
        return person

    def course(self) -> Course:
        """The class in the path. Raises Refusal: 404 when there is none, 403 when it is not hers to see."""
        course = self.world.courses.get(self.path.get("courseId") or self.path["id"])
        if course is None:
            raise Refusal("NOT_FOUND")
        if not may_see(self.world, self.person, course):
            raise Refusal("PERMISSION_DENIED")
        course.publish_due(self.world.now())
        return course

    def course_to_write(self) -> Course:
        """The same, for her who teaches it, while it may be changed."""
        course = self.course()
        if not teaches(self.person, course):
            raise Refusal("PERMISSION_DENIED")
        if course.state not in {"ACTIVE", "PROVISIONED"} and self.world.manners.refuses_archived_with_403:
            raise Refusal("PERMISSION_DENIED", "The course is in a state that does not allow this.", at="CourseStateDenied")
        if course.state not in {"ACTIVE", "PROVISIONED"}:
            raise Refusal("FAILED_PRECONDITION", "The course is not in a state that lets it be modified.",
                          at="CourseNotModifiable")
        return course


def teaches(person: Person, course: Course) -> bool:
    """Whether somebody is its owner or a co-teacher."""
    return person.google_id in course.teachers


def manages(world: World, person: Person, course: Course) -> bool:
    """Whether somebody reads it as a teacher does: teachers, and the administrators of its owner's domain."""
    owner = world.people[course.owner]
    return teaches(person, course) or (person.kind == "admin" and bool(owner.domain) and person.domain == owner.domain)


def may_see(world: World, person: Person, course: Course) -> bool:
    """Whether a class is there for somebody: nobody but its owner and administrators before it is accepted."""
    if course.state in {"PROVISIONED", "DECLINED", "SUSPENDED"}:
        is_admin = manages(world, person, course) and not teaches(person, course)
        return person.google_id == course.owner or (is_admin and course.state != "SUSPENDED")
    return manages(world, person, course) or person.google_id in course.students
