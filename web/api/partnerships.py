"""The log: the teachers we work with, and what we did together."""

import datetime as dt
from typing import Any, Literal

from flask import Response
from pydantic import Field

from integration.courses.colleagues import add_colleague
from integration.errors import Invalid, NotFound
from integration.partnerships.log import HandEntry, begin, write
from integration.partnerships.log import change as change_entry
from integration.partnerships.shelf import EntryCard, PartnershipCard, entries, entry, partnership, partnerships
from integration.partnerships.typed import piece
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Page, Text, ThatDay, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("partnerships", "The teachers we work with, and what we did together.")

Texts = list[Text]


class PartnershipBody(Body):
    """Whom to work with: a teacher, or by name a colleague without a class in Classroom."""

    teacher_id: Text = ""
    name: Text = ""


class PartnershipShape(ById):
    """The librarian and one teacher, with what there is behind it."""

    teacher_id: str
    teacher: str
    began_on: dt.date
    entries: int
    classes: int
    minutes: int
    last_on: dt.date | None


class EntryChange(Body):
    """An entry, or the part of it that changes."""

    date: Day = ThatDay
    activity: Text = ""
    minutes: int | None = None
    classes: Texts = Field(default_factory=list, description="The ids of the classes it took place in.")
    level: Text = ""
    scheme: Text = ""
    codes: Texts = Field(default_factory=list)
    evidence: list[dict[Text, Text] | Text] = Field(
        default_factory=list, description="Links `{\"url\"}` and quotes `{\"text\"}`, both, or one line of text with either.")
    teachers: Texts = Field(default_factory=list, description="The partnership’s teacher, if anybody; she is known already.")
    source: Literal["self", "hand"] | None = Field(None, description="Ignored: what is sent here is written by hand.")


class EntryBody(EntryChange):
    """A new entry."""

    date: Day
    activity: Text


class InEntry(ById):
    """One entry of one partnership."""

    entry_id: Text


class EntryShape(ById):
    """One thing done together; `source` is self when a delivery wrote it, hand when the librarian did."""

    partnership_id: str
    date: dt.date
    teachers: list[str]
    classes: list[str]
    minutes: int | None
    activity: str
    level: str
    scheme: str
    codes: list[str]
    evidence: list[dict[str, str]]
    source: str


@blueprint.post("/partnerships", responses={201: PartnershipShape})
@open_to(Who.LIBRARIAN)
def add(body: PartnershipBody) -> Response:
    """Begin a partnership with a teacher; there is one with each."""
    school_id = visitor().school_id
    id = begin(desk(), school_id, add_colleague(desk(), school_id, body.name) if body.name else body.teacher_id)
    return one(_shape(partnership(desk(), visitor().school_id, id)), 201, path=f"/partnerships/{id}")


@blueprint.get("/partnerships", responses={200: listed(PartnershipShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the partnerships in the order they began."""
    school_id = visitor().school_id
    return page(query, lambda after, most: partnerships(desk(), school_id, after=after, at_most=most), _shape)


@blueprint.get("/partnerships/<id>", responses={200: PartnershipShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one partnership."""
    return one(_shape(partnership(desk(), visitor().school_id, path.id)))


@blueprint.post("/partnerships/<id>/entries", responses={201: EntryShape})
@open_to(Who.LIBRARIAN)
def add_entry(path: ById, body: EntryBody) -> Response:
    """Write an entry by hand."""
    school_id = visitor().school_id
    card = partnership(desk(), school_id, path.id)
    id = write(desk(), school_id, _hand(card.teacher_id, body.model_dump()))
    return one(_entry(entry(desk(), school_id, id)), 201, path=f"/partnerships/{card.id}/entries/{id}")


@blueprint.get("/partnerships/<id>/entries", responses={200: listed(EntryShape)})
@open_to(Who.LIBRARIAN)
def index_entries(path: ById, query: Page) -> Response:
    """List a partnership's entries, newest first."""
    school_id = visitor().school_id
    card = partnership(desk(), school_id, path.id)
    return page(query, lambda after, most: entries(desk(), school_id, card.id, after=after, at_most=most), _entry)


@blueprint.get("/partnerships/<id>/entries/<entry_id>", responses={200: EntryShape})
@open_to(Who.LIBRARIAN)
def show_entry(path: InEntry) -> Response:
    """Show one entry."""
    return one(_entry(_found(path)))


@blueprint.patch("/partnerships/<id>/entries/<entry_id>", responses={200: EntryShape})
@open_to(Who.LIBRARIAN)
def correct_entry(path: InEntry, body: EntryChange) -> Response:
    """Correct what was sent, also of an entry that wrote itself; the rest stays."""
    card = _found(path)
    now = _entry(card).model_dump(include=set(EntryChange.model_fields))
    change_entry(desk(), visitor().school_id, card.id, _hand(card.teacher_id, now | body.model_dump(exclude_unset=True)))
    return one(_entry(entry(desk(), visitor().school_id, card.id)))


def _found(path: InEntry) -> EntryCard:
    card = entry(desk(), visitor().school_id, path.entry_id)
    if card.partnership_id != path.id:
        raise NotFound("There is no such entry in this partnership.")
    return card


def _hand(teacher_id: str, said: dict[str, Any]) -> HandEntry:
    if set(said.pop("teachers")) - {teacher_id}:
        raise Invalid(fields={"teachers": "An entry belongs to its partnership’s teacher. Write one for each you worked with."})
    said.pop("source")
    evidence = [piece(each.strip()) if isinstance(each, str) else each for each in said.pop("evidence")]
    return HandEntry(teacher_id=teacher_id, on=said.pop("date"), class_ids=said.pop("classes"), evidence=evidence, **said)


def _shape(card: PartnershipCard) -> PartnershipShape:
    return PartnershipShape(id=card.id, teacher_id=card.teacher_id, teacher=card.teacher, began_on=card.began_on,
                            entries=card.entries, classes=card.classes, minutes=card.minutes, last_on=card.last_on)


def _entry(card: EntryCard) -> EntryShape:
    return EntryShape(
        id=card.id, partnership_id=card.partnership_id, date=card.on, teachers=[card.teacher_id],
        classes=[each.id for each in card.classes], minutes=card.minutes, activity=card.activity, level=card.level,
        scheme=card.scheme, codes=list(card.codes), evidence=[dict(each) for each in card.evidence], source=card.source)
