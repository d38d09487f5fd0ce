"""Citation workshop kits: a grade, the unit's own sources, ready to be planned like a collection."""

from datetime import date, datetime
from typing import Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.citations.spans import html_of, text_of
from integration.reach.skills import skill_grid
from integration.week.dose_days import fits
from integration.workshops.documents import documents
from integration.workshops.give import give, given, make_as_documents
from integration.workshops.links import handout_address, practice_address
from integration.workshops.make import NewKit, make_kit, remove_kit
from integration.workshops.practice import paper_of
from integration.workshops.questions import Paper
from integration.workshops.results import ClassResult, results
from integration.workshops.shelf import KitCard, kit, kits
from web.api.room import listed, room
from web.api.shapes import Body, ById, Page, Query, Text, Under, one, page, under_way, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("kits", "Citation workshops ready to be taught.")


class KitBody(Body):
    """A kit as asked for: of sources, which may be resources of the shelf too, or of a collection."""

    grade: Text
    style: Text = Field("", description="mla9, apa7, chicago18-bib or chicago18-note; left out, what the grade usually uses.")
    source_ids: list[Text] = Field(default_factory=list)
    collection_id: Text = ""
    doses: list[Text] = Field(default_factory=lambda: ["during"], description="before, during, after")
    minutes: int = Field(30, description="20, 30 or 45")
    title: Text = ""


class Printed(BaseModel):
    """A source as this grade cites it."""

    id: str
    html: str
    text: str
    in_text: str = Field(description="How the text itself names it; empty on the ladder’s lower rungs.")
    in_sentence: str = Field(description="What stands in brackets when the sentence names it already.")


class Part(BaseModel):
    """One part of a kit: the collection it is planned as."""

    dose: str
    collection_id: str


class KitSummary(ById):
    """A kit."""

    title: str
    grade: str
    style: str
    minutes: int
    doses: list[Part]
    handout_url: str
    practice_url: str = Field(description="For a look of your own; each class gets a link of its own.")
    created_at: datetime


class ClassShape(BaseModel):
    """What a class could do. Averages and counts are null, and the text says why, where fewer than ten took part."""

    class_id: str
    class_name: str
    before: float | None
    before_n: str
    after: float | None
    after_n: str
    out_of: int
    faults: dict[str, int]
    sentence: str


class CoverageQuery(Query):
    """Of which school year."""

    year: int | None = Field(None, ge=2000, le=2199, description="The calendar year it begins in; left out, this school year.")


class SkillShape(BaseModel):
    """One skill in one class: `later` than its grade, a `gap`, or `given`. Per cent right is null below ten tries."""

    skill: str
    state: Literal["later", "gap", "given"]
    tries: str
    percent_right: int | None


class ClassSkillsShape(BaseModel):
    """What one class was taught of citing, and what would come next."""

    class_id: str
    class_name: str
    grade: str
    skills: list[SkillShape]
    next: str
    next_grade: str


class DoseDayShape(BaseModel):
    """A part of a kit: when it is proposed to go out, null for as soon as it is accepted, and why."""

    dose: str
    at: datetime | None
    reason: str


class WindowShape(BaseModel):
    """A unit on the curriculum map that the kit's grade is taught, and a day for each part."""

    unit: str
    subject: str
    starts_on: date
    ends_on: date
    days: list[DoseDayShape]


class WindowsShape(BaseModel):
    """The units of a kit's grade that have not ended, the next one first."""

    items: list[WindowShape]


class FileShape(BaseModel):
    """One sheet as a file in her Drive; the address is empty until it is made."""

    sheet: str
    title: str
    for_class: bool = Field(description="Whether a class may be given it; the answer key, the plan and the slides never are.")
    url: str


class DocumentsShape(BaseModel):
    """A kit as Google Docs: how far they are, why they stand still, and what its classes are given."""

    state: Literal["not granted", "not made", "making", "stopped", "made", "gone"]
    reason: str
    given: Literal["page", "documents", "both"]
    files: list[FileShape]


class GivenBody(Body):
    """What a class gets beside its practice."""

    given: Text = Field(description="page, documents or both; it holds for what is planned from now on.")


class KitShape(KitSummary):
    """A kit with its citations and what each class could do."""

    citations: list[Printed]
    results: list[ClassShape]


@blueprint.post("/kits", responses={201: KitShape})
@open_to(Who.LIBRARIAN)
def add(body: KitBody) -> Response:
    """Make a kit. Plan it with its id; nothing is written to Google before."""
    id = make_kit(desk(), visitor().school_id, NewKit(**body.model_dump()))
    return one(_shape(id), 201, path=f"/kits/{id}")


@blueprint.get("/kits", responses={200: listed(KitSummary)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the kits, newest first."""
    school_id = visitor().school_id
    return page(query, lambda after, most: kits(desk(), school_id, after=after, at_most=most),
                lambda card: KitSummary(**_summary(card)))


@blueprint.get("/kits/coverage", responses={200: listed(ClassSkillsShape)})
@open_to(Who.LIBRARIAN)
def coverage(query: CoverageQuery) -> Response:
    """Show what each class was taught of citing in a school year, and its gaps."""
    return whole([ClassSkillsShape(
        class_id=each.course.id, class_name=each.course.name, grade=each.grade, next=each.next, next_grade=each.next_grade,
        skills=[SkillShape(skill=one.skill, state="later" if one.is_later else "gap" if one.is_gap else "given",
                           tries=one.tried.shown_n, percent_right=one.percent) for one in each.squares])
        for each in skill_grid(desk(), visitor().school_id, query.year).classes])


@blueprint.get("/kits/<id>", responses={200: KitShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one kit, its citations, and what each class could do."""
    return one(_shape(path.id))


@blueprint.delete("/kits/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Put a kit away: its pages open no longer; what stands in classes stays."""
    remove_kit(desk(), visitor().school_id, path.id)
    return Response(status=204)


@blueprint.get("/kits/<id>/windows", responses={200: WindowsShape})
@open_to(Who.LIBRARIAN)
def in_windows(path: ById) -> Response:
    """Propose a day for each part from the curriculum map; plan it with POST /plans and `publish_at`."""
    found = fits(desk(), kit(desk(), visitor().school_id, path.id))
    return one(WindowsShape(items=[
        WindowShape(unit=fit.window.unit, subject=fit.window.subject, starts_on=fit.window.starts_on, ends_on=fit.window.ends_on,
                    days=[DoseDayShape(dose=day.dose, at=day.at, reason=day.reason) for day in fit.days.values()])
        for fit in found]))


@blueprint.post("/kits/<id>/documents", responses={202: Under})
@open_to(Who.LIBRARIAN)
def file_away(path: ById) -> Response:
    """Make every sheet a file in her own Drive, each once. 403 until she allowed it at Google."""
    make_as_documents(desk(), visitor().school_id, visitor().account_id, path.id)
    return under_way(f"/kits/{path.id}/documents", path.id, _documents(path.id).state)


@blueprint.get("/kits/<id>/documents", responses={200: DocumentsShape})
@open_to(Who.LIBRARIAN)
def files(path: ById) -> Response:
    """Show how far a kit's files in Drive are."""
    return one(_documents(path.id))


@blueprint.patch("/kits/<id>/documents", responses={200: DocumentsShape})
@open_to(Who.LIBRARIAN)
def choose(path: ById, body: GivenBody) -> Response:
    """Give its classes the handout page, the files, or both."""
    give(desk(), visitor().school_id, visitor().account_id, path.id, body.given)
    return one(_documents(path.id))


def _documents(id: str) -> DocumentsShape:
    who = visitor()
    docs = documents(desk(), who.school_id, who.account_id, id)
    return DocumentsShape(state=docs.stage.value, reason=docs.reason,
                          given=given(desk(), kit(desk(), who.school_id, id), docs.files).value,
                          files=[FileShape(sheet=each.sheet, title=each.title, for_class=each.is_for_class, url=each.link)
                                 for each in docs.files])


def _shape(id: str) -> KitShape:
    card = kit(desk(), visitor().school_id, id)
    paper = paper_of(card)
    return KitShape(**_summary(card), results=[_result(each) for each in results(desk(), card.school_id, id)],
                    citations=_citations(paper))


def _citations(paper: Paper) -> list[Printed]:
    named = [(one.text, one.in_sentence) for one in paper.in_text] or [("", "")] * len(paper.items)
    return [Printed(id=str(item.get("id", "")), html=html_of(entry), text=text_of(entry), in_text=in_text, in_sentence=in_sentence)
            for item, entry, (in_text, in_sentence) in zip(paper.items, paper.entries, named, strict=True)]


def _summary(card: KitCard) -> dict[str, Any]:
    return {"id": card.id, "title": card.title, "grade": card.grade, "style": card.style.value, "minutes": card.minutes,
            "doses": [Part(dose=dose.value, collection_id=part) for dose, part in card.doses.items()],
            "handout_url": handout_address(desk().settings, card.id), "practice_url": practice_address(desk().settings, card.id),
            "created_at": card.created_at}


def _result(each: ClassResult) -> ClassShape:
    return ClassShape(class_id=each.course_id, class_name=each.class_name, before=each.before.average, before_n=each.before.shown_n,
                      after=each.after.average, after_n=each.after.shown_n, out_of=each.out_of, faults=dict(each.faults),
                      sentence=each.sentence)
