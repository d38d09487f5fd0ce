"""Her classes: which, which grade and why, what stands in them, and her corrections."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.courses.correct import set_excluded, set_grades
from integration.courses.shelf import CourseCard, Filter, TeacherCard, course, courses
from integration.delivery.ledger import deliveries
from integration.streams.shelf import PostCard, TopicCard, stream, topics
from web.api.room import listed, room
from web.api.shapes import Body, ById, Page, Text, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("classes", "Classes, their grades with the evidence, and what stands in them.")


class ClassQuery(Page):
    """Which classes."""

    grade: Text = ""
    subject: Text = ""
    mode: Literal["", "own", "co-taught"] = ""
    doubtful: bool | None = None


class ClassChange(Body):
    """Her correction; null lets the evidence decide again."""

    grades: list[Text] | None = Field(None, description="Codes PK TK K 1 … 12; null lets the evidence decide again.")
    excluded: bool | None = Field(None, description="Whether plans leave it out; null lets the evidence decide again.")


class TeacherShape(ById):
    """A teacher; without the roster permission her name and address are empty."""

    google_id: str
    name: str
    email: str
    is_owner: bool


class ClassShape(ById):
    """A class."""

    google_id: str
    name: str
    section: str
    heading: str
    grades: list[str]
    grade_confidence: str
    grade_evidence: list[str]
    subject: str
    mode: str
    teachers: list[TeacherShape]
    students: int | None
    state: str
    school_year: str
    excluded: bool
    doubts: list[str]
    link: str


class StreamItem(ById):
    """What stands in a class's stream: `kind` is announcement, material or topic. A topic has no state."""

    google_id: str
    kind: str
    title: str
    text: str
    state: str | None
    updated_at: datetime | None
    link: str
    delivery_id: str | None


class StreamShape(BaseModel):
    """A page of a stream, posts last changed first; the last page ends with the topics."""

    items: list[StreamItem]
    next: str | None


@blueprint.get("/classes", responses={200: listed(ClassShape)})
@open_to(Who.LIBRARIAN)
def index(query: ClassQuery) -> Response:
    """List the classes by name."""
    chosen = Filter(grade=query.grade, subject=query.subject, mode=query.mode, doubtful=query.doubtful)
    school_id = visitor().school_id
    return page(query, lambda after, most: courses(desk(), school_id, chosen, after=after, at_most=most), _shape)


@blueprint.get("/classes/<id>", responses={200: ClassShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one class."""
    return one(_shape(course(desk(), visitor().school_id, path.id)))


@blueprint.patch("/classes/<id>", responses={200: ClassShape})
@open_to(Who.LIBRARIAN)
def correct(path: ById, body: ClassChange) -> Response:
    """Correct its grades, or whether plans leave it out; later syncs keep to it."""
    school_id = visitor().school_id
    if "grades" in body.model_fields_set:
        set_grades(desk(), school_id, path.id, body.grades)
    if "excluded" in body.model_fields_set:
        set_excluded(desk(), school_id, path.id, body.excluded)
    return one(_shape(course(desk(), school_id, path.id)))


@blueprint.get("/classes/<id>/stream", responses={200: StreamShape})
@open_to(Who.LIBRARIAN)
def show_stream(path: ById, query: Page) -> Response:
    """List what stands in a class: its posts, then its topics."""
    card = course(desk(), visitor().school_id, path.id)
    ours = {(each.kind, each.google_id): each.id for each in deliveries(desk(), visitor().school_id, course_id=card.id)
            if each.google_id}

    last = topics(desk(), visitor().school_id, card.id)

    def read(after: str | None, most: int) -> list[PostCard | TopicCard]:
        ids = [topic.id for topic in last]
        if after in ids:
            return list(last[ids.index(after) + 1:])
        posts = stream(desk(), visitor().school_id, card.id, after=after, at_most=most)
        return [*posts, *last] if len(posts) < most else list(posts)

    return page(query, read, lambda item: _item(item, ours))


def _shape(card: CourseCard) -> ClassShape:
    return ClassShape(
        id=card.id, google_id=card.google_id, name=card.name, section=card.section, heading=card.heading,
        grades=list(card.grades), grade_confidence=card.confidence, grade_evidence=list(card.evidence),
        subject=card.subject, mode=card.mode, teachers=[_teacher(each) for each in card.teachers], students=card.students,
        state=card.state, school_year=card.school_year, excluded=card.excluded, doubts=list(card.doubts), link=card.link)


def _teacher(card: TeacherCard) -> TeacherShape:
    return TeacherShape(id=card.id, google_id=card.google_id, name=card.name, email=card.email, is_owner=card.is_owner)


def _item(card: PostCard | TopicCard, ours: Mapping[tuple[str, str], str]) -> StreamItem:
    if isinstance(card, TopicCard):
        return StreamItem(id=card.id, google_id=card.google_id, kind="topic", title=card.name, text="", state=None,
                          updated_at=card.updated_at, link="", delivery_id=None)
    return StreamItem(id=card.id, google_id=card.google_id, kind=card.kind, title=card.title, text=card.text,
                      state=card.state, updated_at=card.updated_at, link=card.link,
                      delivery_id=ours.get((card.kind, card.google_id)))
