"""Keep the unit's sources: typed field by field, brought as CSL-JSON, or begun from a resource on the shelf."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.citations.sources import read_sources
from integration.curation.models import Resource
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records.base import new_id
from integration.workshops.from_resource import CITABLE, source_of
from integration.workshops.models import Source

LONGEST_TITLE = 300
MOST = 500
"""Sources in one import; a unit has some ten."""


def add_sources(desk: Desk, school_id: str, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keep sources given as CSL-JSON and answer their ids, in order. Raises Invalid, and then keeps none."""
    read = _read(items)
    with desk.transaction() as session:
        return [_add(session, desk, school_id, item) for item in read]


def change_source(desk: Desk, school_id: str, source_id: str, item: Mapping[str, Any]) -> None:
    """Replace what a source says; kits made before keep what they had. Raises Invalid, NotFound."""
    read = _read([item])[0]
    with desk.transaction() as session:
        row = source_row(session, school_id, source_id)
        row.title, row.csl, row.updated_at = read["title"][:LONGEST_TITLE], {**read, "id": row.id}, desk.now()


def remove_source(desk: Desk, school_id: str, source_id: str) -> None:
    """Put a source away; kits made of it keep it. Raises NotFound."""
    with desk.transaction() as session:
        source_row(session, school_id, source_id).removed_at = desk.now()


def source_row(session: Session, school_id: str, source_id: str) -> Source:
    """The row of one of the school's sources. Raises NotFound."""
    row = session.scalar(select(Source).where(Source.school_id == school_id, Source.id == source_id,
                                              Source.removed_at.is_(None)))
    if row is None:
        raise NotFound("There is no such source. It may have been removed.")
    return row


def sources_of(session: Session, desk: Desk, school_id: str, ids: Sequence[str]) -> list[Source]:
    """The sources with these ids, in order; an id may also be a resource's, whose source is then begun. Raises Invalid."""
    found = [_known(session, desk, school_id, id) for id in dict.fromkeys(ids)]
    missing = sum(one is None for one in found)
    if missing:
        raise Invalid(fields={"source_ids": f"{missing} of these sources cannot be found, or are notes and files nobody cites. "
                                            "Nothing was made. Choose anew."})
    return [one for one in found if one is not None]


def begun_from(session: Session, desk: Desk, school_id: str, resource: Resource) -> Source | None:
    """The source of a resource, begun now if there is none; None for what cannot be cited, such as a note."""
    if resource.kind not in CITABLE:
        return None
    known = session.scalar(select(Source).where(Source.school_id == school_id, Source.resource_id == resource.id,
                                                Source.removed_at.is_(None)).limit(1))
    if known is not None:
        return known
    id = _add(session, desk, school_id, source_of(resource), resource_id=resource.id)
    return session.get_one(Source, id)


def _known(session: Session, desk: Desk, school_id: str, id: str) -> Source | None:
    row = session.scalar(select(Source).where(Source.school_id == school_id, Source.id == id, Source.removed_at.is_(None)))
    if row is not None:
        return row
    resource = session.scalar(select(Resource).where(Resource.school_id == school_id, Resource.id == id,
                                                     Resource.removed_at.is_(None)))
    return begun_from(session, desk, school_id, resource) if resource is not None else None


def _read(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(items) > MOST:
        raise Invalid(f"These are {len(items)} sources; at most {MOST} can be brought at once. Nothing was kept. Bring fewer.")
    read = [dict(item) for item in read_sources(json.dumps([dict(item) for item in items]))]
    for number, item in enumerate(read, 1):
        if not str(item.get("title", "")).strip() and not item.get("custom"):
            raise Invalid(f"Source {number} has no title, so nobody could find it. Nothing was kept. Give it one.")
        item["title"] = str(item.get("title", "")) or "Untitled"
    return read


def _add(session: Session, desk: Desk, school_id: str, item: Mapping[str, Any], *, resource_id: str | None = None) -> str:
    id, now = new_id(), desk.now()
    session.add(Source(id=id, school_id=school_id, title=str(item["title"])[:LONGEST_TITLE], csl={**item, "id": id},
                       resource_id=resource_id, created_at=now, updated_at=now))
    session.flush()
    return id
