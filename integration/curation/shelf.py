"""Read resources and collections: what she gathered, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from integration.curation.models import ResourceKind
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
    raise NotFound


def resource(desk: Desk, school_id: str, resource_id: str) -> ResourceCard:
    """One resource. Raises NotFound when it is another school's or was removed."""
    raise NotFound


def collections(desk: Desk, school_id: str, *, after: str | None = None, at_most: int = PAGE) -> list[CollectionCard]:
    """A page of the school's collections, newest first; `after` is the id of the last one of the page before."""
    raise NotFound


def collection(desk: Desk, school_id: str, collection_id: str) -> CollectionCard:
    """One collection. Raises NotFound when it is another school's or was removed."""
    raise NotFound
