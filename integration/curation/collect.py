"""Gather resources into a collection, in an order; change and remove one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from integration.curation.models import Collection, CollectionItem, Resource
from integration.curation.templates import template
from integration.curation.typed import Typed
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records.base import new_id

MOST_RESOURCES = 200
"""More than a class can take anyway; keeps a pasted list from filling the shelf."""


@dataclass(frozen=True)
class NewCollection:
    """A collection as she makes it; `resource_ids` in the order in which a class shall see them."""

    title: str
    description: str = ""
    template: str = ""
    resource_ids: Sequence[str] = ()
    grades: Sequence[str] = ()
    subjects: Sequence[str] = ()
    codes: Sequence[str] = ()


def collect(desk: Desk, school_id: str, new: NewCollection) -> str:
    """Make a collection and answer its id. Raises Invalid with a sentence for each field that is wrong."""
    values, id, now = _values(new), new_id(), desk.now()
    with desk.transaction() as session:
        session.add(Collection(id=id, school_id=school_id, created_at=now, updated_at=now, **values))
        session.flush()
        _fill(session, school_id, id, new.resource_ids)
    return id


def change_collection(desk: Desk, school_id: str, collection_id: str, new: NewCollection) -> None:
    """Replace a collection's words, resources and order. Raises Invalid, NotFound."""
    values = _values(new)
    with desk.transaction() as session:
        row = _row(session, school_id, collection_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = desk.now()
        session.execute(delete(CollectionItem).where(CollectionItem.collection_id == row.id))
        _fill(session, school_id, row.id, new.resource_ids)


def remove_collection(desk: Desk, school_id: str, collection_id: str) -> None:
    """Put a collection away; its plans and what stands in classes stay as they are. Raises NotFound."""
    with desk.transaction() as session:
        _row(session, school_id, collection_id).removed_at = desk.now()


def _row(session: Session, school_id: str, collection_id: str) -> Collection:
    row = session.scalar(select(Collection).where(
        Collection.school_id == school_id, Collection.id == collection_id, Collection.removed_at.is_(None)).with_for_update())
    if row is None:
        raise NotFound("There is no such collection. It may have been removed.")
    return row


def _values(new: NewCollection) -> dict[str, Any]:
    """The columns of what she typed. Raises Invalid."""
    typed = Typed()
    values = {"title": typed.title(new.title), "description": typed.text("description", new.description),
              "template": new.template, "grades": typed.grades(new.grades), "subjects": typed.subjects(new.subjects),
              "codes": typed.codes(new.codes)}
    if found := _template_fault(new.template):
        typed.wrong("template", found)
    if len(new.resource_ids) > MOST_RESOURCES:
        typed.wrong("resource_ids", f"A collection holds at most {MOST_RESOURCES} resources. Make two of it.")
    typed.check()
    return values


def _template_fault(key: str) -> str:
    chosen = template(key)
    if chosen is None:
        return "There is no such template. Choose one from the list, or none." if key else ""
    return chosen.notice


def _fill(session: Session, school_id: str, collection_id: str, resource_ids: Sequence[str]) -> None:
    """Give a collection its resources in order; one named twice keeps its first place."""
    wanted = list(dict.fromkeys(resource_ids))
    known = set(session.scalars(select(Resource.id).where(
        Resource.school_id == school_id, Resource.id.in_(wanted), Resource.removed_at.is_(None))))
    missing = sum(each not in known for each in wanted)
    if missing:
        raise Invalid(fields={"resource_ids": f"{missing} of these resources are not on the shelf any more. Choose anew."
                              if missing > 1 else "One of these resources is not on the shelf any more. Choose anew."})
    session.add_all(CollectionItem(school_id=school_id, collection_id=collection_id, resource_id=each, position=at)
                    for at, each in enumerate(wanted))
