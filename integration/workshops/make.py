"""Make a kit: a grade, the unit's own sources, and when in the unit it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from integration.citations.ladder import rung_data
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.courses.shelf import GRADES
from integration.curation.collect import NewCollection, collect
from integration.curation.models import Collection, CollectionItem, Resource
from integration.curation.resources import NewResource, add_resource
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records import plain
from integration.records.base import new_id
from integration.workshops.ladder import printed
from integration.workshops.ladders import ladder
from integration.workshops.links import handout_address, practice_address
from integration.workshops.models import Dose, Kit, KitDose, Source
from integration.workshops.sources import begun_from, sources_of
from integration.workshops.words import CODES, HEADS, words

MINUTES = (20, 30, 45)
MOST_SOURCES = 12
"""More than a workshop can look at."""
LONGEST_TITLE = 300
HANDOUT_NAME = "Handout: how we cite"


@dataclass(frozen=True)
class NewKit:
    """A kit as she asks for it: sources by their ids, or all of a collection that can be cited."""

    grade: str
    style: str = ""
    source_ids: Sequence[str] = ()
    collection_id: str = ""
    doses: Sequence[str] = (Dose.DURING.value,)
    minutes: int = 30
    title: str = ""


def make_kit(desk: Desk, school_id: str, new: NewKit) -> str:
    """Make a kit and answer its id. Raises Invalid with a sentence for each field that is wrong, NotFound."""
    grade, title = _checked(new)
    sources = _sources(desk, school_id, new)
    steps, id = ladder(desk, school_id), new_id()
    step, style = steps.rung(grade), Style(new.style) if new.style else steps.style_for(grade, _subject(desk, school_id, new))
    model = [text_of(entry) for entry in printed(sources, step, style) if entry]
    parts = {dose: _part(desk, school_id, dose, id, title, grade, words(dose, step, model[:1]))
             for dose in Dose if dose.value in new.doses}
    with desk.transaction() as session:
        session.add(Kit(id=id, school_id=school_id, title=title, grade=grade, style=style.value, minutes=new.minutes,
                        sources=sources, step=rung_data(step) if step else {}, created_at=desk.now()))
        session.flush()
        session.add_all(KitDose(school_id=school_id, kit_id=id, dose=dose, collection_id=part) for dose, part in parts.items())
    return id


def remove_kit(desk: Desk, school_id: str, kit_id: str) -> None:
    """Put a kit away; what stands in classes stays, but its pages open no longer. Raises NotFound."""
    with desk.transaction() as session:
        gone = session.execute(update(Kit).where(Kit.school_id == school_id, Kit.id == kit_id, Kit.removed_at.is_(None))
                               .values(removed_at=desk.now()).returning(Kit.id)).scalar()
    if gone is None:
        raise NotFound("There is no such kit. It may have been removed.")


def _checked(new: NewKit) -> tuple[str, str]:
    """The grade and the title, fit to keep. Raises Invalid."""
    grade, title = new.grade.strip().upper(), plain.line(new.title)
    wrong = {name: sentence for name, sentence in (
        ("grade", "" if grade in GRADES else f"“{new.grade[:20]}” is not a grade. Use PK, TK, K or 1 to 12."),
        ("style", _not_among(new.style, Style) if new.style else ""),
        ("doses", _doses_fault(new.doses)),
        ("minutes", "" if new.minutes in MINUTES else "A workshop lasts 20, 30 or 45 minutes."),
        ("source_ids", _sources_fault(new)),
        ("title", f"This has {plain.fault(title)}. Type it anew." if plain.fault(title) else ""),
    ) if sentence}
    if wrong:
        raise Invalid(fields=wrong)
    return grade, title[:LONGEST_TITLE] or "How we cite our sources"


def _not_among(said: str, words: type[StrEnum]) -> str:
    known = [each.value for each in words]
    return "" if said in known else f"“{said[:20]}” is none of these: {', '.join(known)}."


def _doses_fault(doses: Sequence[str]) -> str:
    if not doses:
        return "Say when in the unit it is for: before, during or after."
    return next(filter(None, (_not_among(each, Dose) for each in doses)), "")


def _sources_fault(new: NewKit) -> str:
    if bool(new.source_ids) == bool(new.collection_id):
        return "Name either sources or a collection."
    if len(new.source_ids) > MOST_SOURCES:
        return f"A kit holds at most {MOST_SOURCES} sources; these are {len(new.source_ids)}. Choose fewer."
    return ""


def _sources(desk: Desk, school_id: str, new: NewKit) -> list[dict[str, Any]]:
    """The kit's own copy of its sources. Raises Invalid when there is none."""
    with desk.transaction() as session:
        rows = (sources_of(session, desk, school_id, new.source_ids) if new.source_ids
                else _collected(session, desk, school_id, new.collection_id))
        found = [dict(row.csl) for row in rows[:MOST_SOURCES]]
    if not found:
        raise Invalid(fields={"source_ids": "A kit is made of the unit’s own sources, and here is none that can be cited. "
                                            "Choose at least one."})
    return found


def _collected(session: Session, desk: Desk, school_id: str, collection_id: str) -> list[Source]:
    rows = session.scalars(select(Resource).join(CollectionItem, CollectionItem.resource_id == Resource.id).where(
        CollectionItem.school_id == school_id, CollectionItem.collection_id == collection_id,
        Resource.removed_at.is_(None)).order_by(CollectionItem.position)).all()
    begun = [begun_from(session, desk, school_id, row) for row in rows]
    return [one for one in begun if one is not None]


def _subject(desk: Desk, school_id: str, new: NewKit) -> str:
    """The subject, where all of the collection is of one."""
    with desk.transaction() as session:
        subjects = session.scalar(select(Collection.subjects).where(Collection.school_id == school_id,
                                                                    Collection.id == new.collection_id)) or []
    return subjects[0] if len(subjects) == 1 else ""


def _part(desk: Desk, school_id: str, dose: Dose, kit_id: str, title: str, grade: str, said: str) -> str:
    """The collection of one part: what the class reads, the handout, and its practice page."""
    links = [(HANDOUT_NAME, handout_address(desk.settings, kit_id)),
             ("Practice: cite and see what is right", practice_address(desk.settings, kit_id))]
    resources = [add_resource(desk, school_id, NewResource("link", name, url=url, grades=[grade])) for name, url in links]
    return collect(desk, school_id, NewCollection(
        title=f"{title}{HEADS[dose]}", description=said, resource_ids=resources, grades=[grade],
        codes=CODES))
