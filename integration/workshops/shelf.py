"""Read sources and kits, newest first, a page at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.citations.ladder import Rung, read_rung
from integration.citations.styles import Style
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.workshops.models import Dose, Kit, KitDose, Source

PAGE = 100
"""How many a page holds when nobody says."""


@dataclass(frozen=True)
class SourceCard:
    """A source as shown; `csl` is CSL-JSON."""

    id: str
    title: str
    csl: Mapping[str, Any]
    resource_id: str | None
    updated_at: datetime


@dataclass(frozen=True)
class KitCard:
    """A kit as shown, with its own copy of the sources as CSL-JSON."""

    id: str
    school_id: str
    title: str
    grade: str
    style: Style
    minutes: int
    doses: Mapping[Dose, str]
    """The collection of each part, in the order of a unit."""
    sources: tuple[Mapping[str, Any], ...]
    created_at: datetime
    step: Rung | None = None
    """The grade's own form, kept with the kit; None where it cites in a whole style."""


def sources(desk: Desk, school_id: str, *, after: str | None = None, at_most: int = PAGE) -> list[SourceCard]:
    """A page of the school's sources; `after` is the id of the last one of the page before."""
    query = select(Source).where(Source.school_id == school_id, Source.removed_at.is_(None))
    if after is not None:
        query = query.where(Source.id < after)
    with desk.transaction() as session:
        return [_source(row) for row in session.scalars(query.order_by(Source.id.desc()).limit(at_most))]


def source(desk: Desk, school_id: str, source_id: str) -> SourceCard:
    """One source. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Source).where(Source.school_id == school_id, Source.id == source_id,
                                                  Source.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such source. It may have been removed.")
        return _source(row)


def kits(desk: Desk, school_id: str, *, after: str | None = None, at_most: int = PAGE) -> list[KitCard]:
    """A page of the school's kits; `after` is the id of the last one of the page before."""
    query = select(Kit).where(Kit.school_id == school_id, Kit.removed_at.is_(None))
    if after is not None:
        query = query.where(Kit.id < after)
    with desk.transaction() as session:
        return _kits(session, session.scalars(query.order_by(Kit.id.desc()).limit(at_most)).all())


def kit(desk: Desk, school_id: str, kit_id: str) -> KitCard:
    """One kit. Raises NotFound when it is another school's or was removed."""
    with desk.transaction() as session:
        found = kit_by_link(session, kit_id)
    if found is None or found.school_id != school_id:
        raise NotFound("There is no such kit. It may have been removed.")
    return found


def collection_of(desk: Desk, school_id: str, kit_id: str, dose: str = "") -> str:
    """The collection that one part of a kit is planned as; the first part when none is named. Raises Invalid, NotFound."""
    doses = {one.value: collection_id for one, collection_id in kit(desk, school_id, kit_id).doses.items()}
    if dose and dose not in doses:
        raise Invalid(fields={"dose": f"This kit has no part “{dose[:20]}”. It has: {', '.join(doses)}."})
    return doses[dose] if dose else next(iter(doses.values()))


def kits_ending_in(desk: Desk, school_id: str, collection_ids: Collection[str]) -> dict[str, KitCard]:
    """The kits of which one of these collections is the last part, by collection; those put away too."""
    with desk.transaction() as session:
        parts = session.execute(select(KitDose.kit_id, KitDose.collection_id).where(KitDose.school_id == school_id)).all()
        ids = {kit_id for kit_id, collection_id in parts if collection_id in collection_ids}
        cards = _kits(session, session.scalars(select(Kit).where(Kit.id.in_(ids))).all()) if ids else []
    ends = {list(card.doses.values())[-1]: card for card in cards}
    return {collection_id: card for collection_id, card in ends.items() if collection_id in collection_ids}


def kits_by_part(desk: Desk, school_id: str) -> dict[str, tuple[str, str]]:
    """By the collection of a part: its kit's id and grade; those put away too."""
    query = (select(KitDose.collection_id, Kit.id, Kit.grade).join(Kit, Kit.id == KitDose.kit_id)
             .where(KitDose.school_id == school_id))
    with desk.transaction() as session:
        return {collection_id: (kit_id, grade) for collection_id, kit_id, grade in session.execute(query)}


def kit_by_link(session: Session, kit_id: str) -> KitCard | None:
    """The kit a signed link names, whosesoever; None when it was removed."""
    return next(iter(_kits(session, session.scalars(select(Kit).where(Kit.id == kit_id, Kit.removed_at.is_(None))).all())), None)


def _kits(session: Session, rows: Sequence[Kit]) -> list[KitCard]:
    """Cards for `rows`, with all their doses fetched in one query."""
    held: dict[str, dict[Dose, str]] = {row.id: {} for row in rows}
    for one in session.scalars(select(KitDose).where(KitDose.kit_id.in_(held))):
        held[one.kit_id][one.dose] = one.collection_id
    return [_kit(row, {dose: held[row.id][dose] for dose in Dose if dose in held[row.id]}) for row in rows]


def _source(row: Source) -> SourceCard:
    return SourceCard(row.id, row.title, row.csl, row.resource_id, row.updated_at)


def _kit(row: Kit, doses: Mapping[Dose, str]) -> KitCard:
    return KitCard(row.id, row.school_id, row.title, row.grade, Style(row.style), row.minutes, doses, tuple(row.sources),
                   row.created_at, read_rung(row.step) if row.step else None)
