"""Classroom, Drive and outgoing mail: every call is checked against Google's own description, counted, answered, written down.

https://developers.google.com/workspace/classroom/reference/rest
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from werkzeug import Response
from werkzeug.datastructures import MultiDict

from integration.sandbox import discovery, drive, mail, masks, rosters, sheets, topics, trouble, uploads
from integration.sandbox.asking import Ask
from integration.sandbox.discovery import Method
from integration.sandbox.files import Media
from integration.sandbox.journal import Journal
from integration.sandbox.people import Tokens
from integration.sandbox.posts import ANNOUNCEMENT, MATERIAL, Posts
from integration.sandbox.quota import Window
from integration.sandbox.refusal import Refusal, not_in_the_document, scope_missing
from integration.sandbox.trouble import Kind, Order, Trouble
from integration.sandbox.world import World

Handler = Callable[[Ask], dict[str, Any] | Media]
announcements, course_materials = Posts(ANNOUNCEMENT), Posts(MATERIAL)
HANDLERS: Mapping[str, Handler] = {
    "courses.list": rosters.list_courses, "courses.get": rosters.get_course,
    "courses.teachers.list": rosters.list_teachers, "courses.students.list": rosters.list_students,
    "courses.topics.create": topics.create_topic, "courses.topics.list": topics.list_topics,
    "courses.topics.get": topics.get_topic, "courses.topics.patch": topics.patch_topic,
    "courses.topics.delete": topics.delete_topic, "gmail.users.messages.send": mail.send,
    "drive.files.create": drive.create, "drive.files.get": drive.get, "drive.files.list": drive.list_files,
    "drive.files.export": drive.export, "drive.files.delete": drive.delete,
    "sheets.spreadsheets.get": sheets.get, "sheets.spreadsheets.batchUpdate": sheets.batch_update,
    **{f"courses.announcements.{verb}": getattr(announcements, verb) for verb in ("create", "get", "list", "patch", "delete")},
    **{f"courses.courseWorkMaterials.{verb}": getattr(course_materials, verb)
       for verb in ("create", "get", "list", "patch", "delete")},
}


@dataclass(frozen=True)
class Sent:
    """What came in, by itself or as a part of a batch."""

    verb: str
    path: str
    query: MultiDict[str, str]
    authorization: str
    data: bytes = b""
    content_type: str = ""


@dataclass
class Note:
    """What the journal will say of a call."""

    name: str = ""
    verdict: str = "ok"
    account: str = ""
    trouble: str = ""
    status: int = 0
    body: Any = None
    media: Media | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Classroom:
    """Answers the calls of the API."""

    def __init__(self, world: World, journal: Journal, weather: Trouble, window: Window) -> None:
        self.world = world
        self.journal = journal
        self.trouble = weather
        self.quota = window

    def answer(self, sent: Sent) -> Response:
        """Answer one call; raises ConnectionError when a break was ordered."""
        note = Note()
        try:
            body = self._done(sent, note)
            note.status = 200
        except Refusal as refusal:
            body, note.status = refusal.body, refusal.status
        finally:
            self._write_down(sent, note)
        if isinstance(body, Media):
            return Response(body.data, note.status, headers=note.headers, content_type=body.type)
        return Response(json.dumps(body, ensure_ascii=False), note.status, headers=note.headers,
                        content_type="application/json; charset=UTF-8")

    def _done(self, sent: Sent, note: Note) -> dict[str, Any] | Media:
        method, path = _known(sent, note)
        fault = _fault(method, sent, note)
        tokens = self._tokens(sent, note)
        order = self.trouble.pick(method.name, sent.verb, tokens.person, path.get("courseId") or path.get("id", ""))
        note.trouble = order.kind.value if order else ""
        self._turn(order, tokens, path, note)
        trouble.before(order)
        self._admit(method, tokens)
        if fault is not None:
            raise fault
        ask = Ask(self.world, tokens, path, sent.query, note.body or {}, self._stale(order), note.media)
        if method.name not in HANDLERS:
            raise Refusal("UNIMPLEMENTED")
        answer = self._act(HANDLERS[method.name], ask, order)
        trouble.after(order)
        mask = sent.query.get("fields", "")
        return masks.cut(answer, mask, method.gives) if mask and not isinstance(answer, Media) else answer

    def _tokens(self, sent: Sent, note: Note) -> Tokens:
        scheme, _, access = sent.authorization.partition(" ")
        tokens = self.world.token(access) if scheme.lower() == "bearer" else None
        if tokens is None:
            raise Refusal("UNAUTHENTICATED")
        note.account = tokens.person.email
        return tokens

    def _admit(self, method: Method, tokens: Tokens) -> None:
        if self.world.token(tokens.access_token) is None:
            raise Refusal("UNAUTHENTICATED")
        self.quota.spend(tokens.client_id, tokens.person.google_id)
        if not method.scopes & tokens.scopes:
            raise scope_missing()
        if not tokens.person.is_classroom_on and method.name.startswith("courses."):
            raise Refusal("PERMISSION_DENIED", "The user does not have access to Classroom.", at="ClassroomDisabled")

    def _turn(self, order: Order | None, tokens: Tokens, path: Mapping[str, str], note: Note) -> None:
        """What people do just before the call arrives."""
        if order is None:
            return
        course = path.get("courseId") or path.get("id", "")
        if order.kind is Kind.REVOKED:
            self.world.revoke(tokens.person)
        if order.kind is Kind.ARCHIVED and course in self.world.courses:
            self.world.archive(course)
        if order.kind is Kind.BUSY and order.seconds:
            note.headers["Retry-After"] = str(round(order.seconds))

    def _act(self, handler: Handler, ask: Ask, order: Order | None) -> dict[str, Any] | Media:
        if order is not None and order.kind is Kind.LATE:
            self.world.later(timedelta(seconds=order.seconds), lambda: _unheard(handler, ask))
            return {}
        with self.world.lock:
            self.world.settle()
            return handler(ask)

    def _stale(self, order: Order | None) -> datetime | None:
        if order is None or order.kind is not Kind.STALE:
            return None
        return self.world.now() - timedelta(seconds=order.seconds)

    def _write_down(self, sent: Sent, note: Note) -> None:
        self.journal.write(at=self.world.now().isoformat(), method=sent.verb, path=sent.path, name=note.name,
                           query=tuple(sent.query.items(multi=True)), status=note.status, account=note.account,
                           verdict=note.verdict, trouble=note.trouble, body=note.body)


def _known(sent: Sent, note: Note) -> tuple[Method, dict[str, str]]:
    try:
        method, path = discovery.find(sent.verb, sent.path)
    except Refusal as refusal:
        note.verdict = f"{sent.verb} {sent.path}: {refusal.message}"
        raise
    note.name = method.name
    return method, path


def _fault(method: Method, sent: Sent, note: Note) -> Refusal | None:
    """What the discovery document has against a call; it is told only to those who are signed in."""
    try:
        note.body, note.media = _read(sent)
        discovery.check(method, sent.query, note.body)
        if mask := sent.query.get("fields", ""):
            masks.cut({}, mask, method.gives)
    except Refusal as refusal:
        note.verdict = refusal.message
        return refusal
    return None


def _read(sent: Sent) -> tuple[Any, Media | None]:
    """The body, and the file that came with it."""
    is_upload = sent.query.get("uploadType") == "multipart" and sent.path.startswith("/upload/")
    return uploads.parts(sent.content_type, sent.data) if is_upload else (_json(sent.data), None)


def _json(data: bytes) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError as error:
        raise not_in_the_document(f"Parsing error: {error}") from error


def _unheard(handler: Handler, ask: Ask) -> None:
    """A write that happens when nobody listens any more, so neither does anybody hear that it was refused."""
    with suppress(Refusal):
        handler(ask)
