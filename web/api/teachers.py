"""The teachers of her classes, and what each allows until she says otherwise."""

from datetime import datetime
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.consent.choices import ChoiceCard, choice_of
from integration.consent.choose import NewChoice
from integration.courses.shelf import TeacherCard, teacher, teachers
from integration.delivery.choose import choose
from web.api.classes import TeacherShape
from web.api.room import listed, room
from web.api.shapes import Body, ById, Query, Text, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("teachers", "Teachers, and what each allows: always, ask, draft or never.")


class PlaceQuery(Query):
    """Of which class."""

    class_id: Text = Field("", alias="class", description="One class by its id; left out, all her classes.")


class ChoiceBody(Body):
    """What the teacher allows, as she told you. What she chose herself can only be made stricter."""

    choice: Literal["always", "ask", "draft", "never"]
    topics: list[Text] = Field(default_factory=list, description="`always` and `draft` only for these; none means every topic.")
    max_per_week: int | None = Field(None, description="How many posts a week in one class; null for no limit.")
    blackout: list[Text] = Field(default_factory=list, description="Weeks with nothing new: 2026-W50, or a day within.")


class ChoiceShape(BaseModel):
    """What a teacher allows; who said nothing is asked."""

    teacher_id: str
    class_id: str | None = Field(description="One class, or null for all her classes.")
    choice: str
    topics: list[str]
    max_per_week: int | None
    blackout: list[str]
    chosen_by: str = Field(description="teacher:<id> herself, account:<id> of a librarian, or empty when nobody said anything.")
    changed_at: datetime | None


@blueprint.get("/teachers", responses={200: listed(TeacherShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the teachers of her classes, by name."""
    return whole([_teacher(each) for each in teachers(desk(), visitor().school_id)])


@blueprint.get("/teachers/<id>/choice", responses={200: ChoiceShape})
@open_to(Who.LIBRARIAN)
def show(path: ById, query: PlaceQuery) -> Response:
    """Show what a teacher allows in all her classes, or in one."""
    school_id = visitor().school_id
    known = teacher(desk(), school_id, path.id)
    return one(_shape(choice_of(desk(), school_id, known.id, query.class_id)))


@blueprint.put("/teachers/<id>/choice", responses={200: ChoiceShape})
@open_to(Who.LIBRARIAN)
def put(path: ById, query: PlaceQuery, body: ChoiceBody) -> Response:
    """Write down what the teacher told you. It counts at once, also for what is on its way."""
    known = visitor()
    new = NewChoice(body.choice, body.topics, body.max_per_week, body.blackout)
    return one(_shape(choose(desk(), known.school_id, path.id, new, by=f"account:{known.account_id}", place=query.class_id)))


def _shape(card: ChoiceCard) -> ChoiceShape:
    return ChoiceShape(teacher_id=card.teacher_id, class_id=card.place or None, choice=card.choice.value, topics=list(card.topics),
                       max_per_week=card.max_per_week, blackout=list(card.blackout), chosen_by=card.by,
                       changed_at=card.changed_at)


def _teacher(card: TeacherCard) -> TeacherShape:
    return TeacherShape(id=card.id, google_id=card.google_id, name=card.name, email=card.email, is_owner=card.is_owner)
