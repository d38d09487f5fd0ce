"""Read resources and collections: what she gathered, newest first, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.curation.models import Collection, CollectionItem, Resource, ResourceKind
from integration.desk import Desk
from integration.errors import NotFound

PAGE = 100
"""How many a page holds when nobody says."""


@dataclass(frozen=True)
class ResourceCard:
    """A resource as shown. Only the fields its kind needs are filled."""

    id: str
    kind: ResourceKind
    title: str
    url: str
    drive_id: str
    isbn: str
    text: str
    description: str
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    codes: tuple[str, ...]
    updated_at: datetime

    @property
    def address(self) -> str:
        """Where a click on it leads; empty for a book and a note."""
        return f"https://drive.google.com/open?id={self.drive_id}" if self.drive_id else self.url


@dataclass(frozen=True)
class CollectionCard:
    """A collection as shown, with its resources in her order; removed resources are left out."""

    id: str
    title: str
    description: str
    template: str
    resources: tuple[ResourceCard, ...]
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    codes: tuple[str, ...]
    updated_at: datetime


def resources(desk: Desk, school_id: str, *, after: str | None = None, at_most: int = PAGE) -> list[ResourceCard]:
    """A page of the school's resources, newest first; `after` is the id of the last one of the page before."""
    query = select(Resource).where(Resource.school_id == school_id, Resource.removed_at.is_(None))
    if after is not None:
        query = query.where(Resource.id < after)
    with desk.transaction() as session:
        return [_resource(row) for row in session.scalars(query.order_by(Resource.id.desc()).limit(at_most))]


def resource(desk: Desk, school_id: str, resource_id: str) -> ResourceCard:
    """One resource. Raises NotFound when it is another school's or was removed."""
    with desk.transaction() as session:
        row = session.scalar(select(Resource).where(
            Resource.school_id == school_id, Resource.id == resource_id, Resource.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such resource. It may have been removed.")
        return _resource(row)


def collections(desk: Desk, school_id: str, *, after: str | None = None, at_most: int = PAGE) -> list[CollectionCard]:
    """A page of the school's collections, newest first; `after` is the id of the last one of the page before."""
    query = select(Collection).where(Collection.school_id == school_id, Collection.removed_at.is_(None))
    if after is not None:
        query = query.where(Collection.id < after)
    with desk.transaction() as session:
        return _collections(session, session.scalars(query.order_by(Collection.id.desc()).limit(at_most)).all())


def collection(desk: Desk, school_id: str, collection_id: str) -> CollectionCard:
    """One collection. Raises NotFound when it is another school's or was removed."""
    with desk.transaction() as session:
        row = session.scalar(select(Collection).where(
            Collection.school_id == school_id, Collection.id == collection_id, Collection.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such collection. It may have been removed.")
        return _collections(session, [row])[0]


def _collections(session: Session, rows: Sequence[Collection]) -> list[CollectionCard]:
    """Cards for `rows`, with all their resources fetched in one query."""
    held: dict[str, list[ResourceCard]] = defaultdict(list)
    query = (select(CollectionItem.collection_id, Resource).join(Resource, Resource.id == CollectionItem.resource_id)
             .where(CollectionItem.collection_id.in_([row.id for row in rows]), Resource.removed_at.is_(None))
             .order_by(CollectionItem.collection_id, CollectionItem.position))
    for collection_id, row in session.execute(query):
        held[collection_id].append(_resource(row))
    return [CollectionCard(row.id, row.title, row.description, row.template, tuple(held[row.id]), tuple(row.grades),
                           tuple(row.subjects), tuple(row.codes), row.updated_at) for row in rows]


def _resource(row: Resource) -> ResourceCard:
    return ResourceCard(row.id, row.kind, row.title, row.url, row.drive_id, row.isbn, row.text, row.description,
                        tuple(row.grades), tuple(row.subjects), tuple(row.codes), row.updated_at)
