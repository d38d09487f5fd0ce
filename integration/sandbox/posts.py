"""Announcements and materials, as Classroom keeps them.

https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements
https://developers.google.com/workspace/classroom/reference/rest/v1/courses.courseWorkMaterials
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integration.sandbox import materials
from integration.sandbox.asking import Ask, manages, teaches
from integration.sandbox.course import Course, Post, stamp
from integration.sandbox.discovery import snake
from integration.sandbox.drive import readers
from integration.sandbox.paging import page
from integration.sandbox.refusal import Refusal

LONGEST = {"text": 30_000, "description": 30_000, "title": 3_000}
STATES = ("PUBLISHED", "DRAFT", "DELETED")


@dataclass(frozen=True)
class Sort:
    """What sets announcements and materials apart; Google's names are irregular."""

    kind: str
    states: str
    items: str
    patchable: frozenset[str]
    needed: str


ANNOUNCEMENT = Sort("announcement", "announcementStates", "announcements",
                    frozenset({"text", "state", "scheduledTime"}), "text")
MATERIAL = Sort("material", "courseWorkMaterialStates", "courseWorkMaterial",
                frozenset({"title", "description", "state", "scheduledTime", "topicId"}), "title")


class Posts:
    """The five methods for one sort of post."""

    def __init__(self, sort: Sort) -> None:
        self.sort = sort

    def create(self, ask: Ask) -> dict[str, Any]:
        course = ask.course_to_write()
        body = {_camel(name): value for name, value in ask.body.items() if value is not None}
        values = {name: body[name] for name in (*self.sort.patchable, "assigneeMode", "individualStudentsOptions")
                  if name in body}
        values["materials"] = materials.taken(body.get("materials", ()), _unseen(ask), ask.world.files)
        values["state"] = _new_state(values.get("state", ""))
        if not values.get(self.sort.needed):
            raise Refusal("INVALID_ARGUMENT")
        self._check(ask, course, values)
        _normalise(values)
        return course.add_post(self.sort.kind, values, ask.person.google_id, ask.world.now(), ask.project).shown()

    def get(self, ask: Ask) -> dict[str, Any]:
        course = ask.course()
        post = self._post(ask, course)
        if not _is_shown(ask, course, post):
            raise Refusal("PERMISSION_DENIED")
        return post.shown()

    def list(self, ask: Ask) -> dict[str, Any]:
        course = ask.course()
        states = {state for state in ask.query.getlist(self.sort.states) if state in STATES} or {"PUBLISHED"}
        found = [post for post in course.posts.values() if post.kind == self.sort.kind and post.body["state"] in states
                 and _is_shown(ask, course, post) and (ask.stale is None or post.made_at <= ask.stale)
                 and _has(post, ask.query.get("materialLink", ""), ask.query.get("materialDriveId", ""))]
        found.sort(key=lambda post: (post.body["updateTime"], post.number), reverse=_newest_first(ask))
        return page(self.sort.items, [post.shown() for post in found], ask.query)

    def patch(self, ask: Ask) -> dict[str, Any]:
        course, mask = ask.course_to_write(), self._mask(ask)
        post = self._post_to_write(ask, course)
        body = {_camel(name): value for name, value in ask.body.items()}
        values = {name: body.get(name) or "" for name in mask}
        if "state" in values:
            _check_step(post.body["state"], values["state"])
        if not values.get(self.sort.needed, "kept"):
            raise Refusal("INVALID_ARGUMENT")
        self._check(ask, course, {"state": post.body["state"], **values})
        _normalise(values)
        if any(post.body.get(name, "") != value for name, value in values.items()):
            post.body.update(values, updateTime=stamp(ask.world.now()))
        if post.body["state"] == "PUBLISHED":
            post.body.pop("scheduledTime", None)
        return post.shown()

    def delete(self, ask: Ask) -> dict[str, Any]:
        course = ask.course_to_write()
        post = self._post_to_write(ask, course)
        if ask.world.manners.forgets_deleted_drafts and post.body["state"] == "DRAFT":
            del course.posts[ask.path["id"]]
        post.body.update(state="DELETED", updateTime=stamp(ask.world.now()))
        return {}

    def _mask(self, ask: Ask) -> set[str]:
        """Required, and only fields that may be changed, in either spelling."""
        spelled = {spelling: name for name in self.sort.patchable for spelling in (name, snake(name))}
        names = [name.strip() for name in ask.query.get("updateMask", "").split(",") if name.strip()]
        if not names or not set(names) <= set(spelled):
            raise Refusal("INVALID_ARGUMENT")
        return {spelled[name] for name in names}

    def _post(self, ask: Ask, course: Course) -> Post:
        post = course.posts.get(ask.path["id"])
        if post is None or post.kind != self.sort.kind:
            raise Refusal("NOT_FOUND")
        return post

    def _post_to_write(self, ask: Ask, course: Course) -> Post:
        """Only the project that made a post may change it, and nobody one that is deleted."""
        post = self._post(ask, course)
        if post.project != ask.project:
            raise Refusal("PERMISSION_DENIED", "The project did not create this item.", at="ProjectPermissionDenied")
        if post.body["state"] == "DELETED":
            raise Refusal("FAILED_PRECONDITION")
        return post

    def _check(self, ask: Ask, course: Course, values: Mapping[str, Any]) -> None:
        if any(len(values.get(name, "")) > most for name, most in LONGEST.items()):
            raise Refusal("INVALID_ARGUMENT")
        if values.get("topicId") and values["topicId"] not in course.topics:
            raise Refusal("INVALID_ARGUMENT")
        _check_time(ask, values)
        _check_assignees(course, values)


def _check_time(ask: Ask, values: Mapping[str, Any]) -> None:
    planned = values.get("scheduledTime")
    if planned and (values["state"] != "DRAFT" or datetime.fromisoformat(planned) <= ask.world.now()):
        raise Refusal("INVALID_ARGUMENT")


def _normalise(values: dict[str, Any]) -> None:
    """Times are kept as Google writes them, whatever offset they came with."""
    if values.get("scheduledTime"):
        values["scheduledTime"] = stamp(datetime.fromisoformat(values["scheduledTime"]))


def _check_assignees(course: Course, values: Mapping[str, Any]) -> None:
    chosen = (values.get("individualStudentsOptions") or {}).get("studentIds", [])
    is_some = values.get("assigneeMode") == "INDIVIDUAL_STUDENTS"
    if is_some != bool(chosen) or not set(chosen) <= set(course.students):
        raise Refusal("INVALID_ARGUMENT")


def _new_state(state: str) -> str:
    if state not in {"", "DRAFT", "PUBLISHED"}:
        raise Refusal("INVALID_ARGUMENT")
    return state or "DRAFT"


def _check_step(old: str, new: str) -> None:
    if new not in {"DRAFT", "PUBLISHED"} or (old, new) == ("PUBLISHED", "DRAFT"):
        raise Refusal("INVALID_ARGUMENT")


def _is_shown(ask: Ask, course: Course, post: Post) -> bool:
    """Teachers and administrators see everything; students what is published for them."""
    if manages(ask.world, ask.person, course) or teaches(ask.person, course):
        return True
    chosen = (post.body.get("individualStudentsOptions") or {}).get("studentIds", [])
    return bool(post.body["state"] == "PUBLISHED" and (not chosen or ask.person.google_id in chosen))


def _unseen(ask: Ask) -> set[str]:
    """The files whoever posts may not see: those said to be unseen, those of others, and those put into the bin."""
    world = ask.world
    return {*world.unseen_files, *(id for id, file in world.files.items()
                                   if file.is_trashed or ask.person.google_id not in readers(world, id))}


def _has(post: Post, link: str, file: str) -> bool:
    """The two filters a list of materials takes: part of an address, and a Drive file."""
    held = post.body.get("materials", ())
    has_link = any(link in each.get("link", {}).get("url", "") for each in held if "link" in each)
    has_file = any(each["driveFile"]["driveFile"]["id"] == file for each in held if "driveFile" in each)
    return (not link or has_link) and (not file or has_file)


def _newest_first(ask: Ask) -> bool:
    order = ask.query.get("orderBy", "").split() or ["updateTime", "desc"]
    if order[0] not in {"updateTime", "update_time"} or order[1:] not in ([], ["asc"], ["desc"]):
        raise Refusal("INVALID_ARGUMENT")
    return order[1:] == ["desc"]


def _camel(name: str) -> str:
    """A field in JSON's spelling; the proto spelling is accepted as well."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
