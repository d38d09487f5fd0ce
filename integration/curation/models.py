"""The tables of this room: resources, and collections of them in order."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class ResourceKind(StrEnum):
    """What a resource is."""

    LINK = "link"
    DRIVE = "drive"
    YOUTUBE = "youtube"
    BOOK = "book"
    NOTE = "note"


class Resource(SchoolRow, Base):
    """Something worth putting in front of a class."""

    __tablename__ = "resources"

    kind: Mapped[ResourceKind]
    title: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(2024), default="")
    """For a link, and for a YouTube video its watch page."""
    drive_id: Mapped[str] = mapped_column(String(100), default="")
    isbn: Mapped[str] = mapped_column(String(13), default="")
    """Thirteen digits."""
    text: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    grades: Mapped[list[str]]
    subjects: Mapped[list[str]]
    codes: Mapped[list[str]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Collection(SchoolRow, Base):
    """Resources in an order, for some grades and subjects."""

    __tablename__ = "collections"

    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(default="")
    template: Mapped[str] = mapped_column(String(40), default="")
    grades: Mapped[list[str]]
    subjects: Mapped[list[str]]
    codes: Mapped[list[str]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class CollectionItem(SchoolRow, Base):
    """A resource's place in a collection, from 0."""

    __tablename__ = "collection_items"
    __table_args__ = (UniqueConstraint("collection_id", "position"), Index(None, "resource_id"))

    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id", ondelete="CASCADE"))
    position: Mapped[int]
