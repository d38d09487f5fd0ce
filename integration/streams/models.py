"""The tables of this room: what stands in each class's stream, as Google last showed it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class PostKind(StrEnum):
    """What a post is: something said in the stream, or a material under Classwork."""

    ANNOUNCEMENT = "announcement"
    MATERIAL = "material"


class PostState(StrEnum):
    """Google's states of a stream item, and GONE for one Google no longer lists."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    DELETED = "DELETED"
    GONE = "GONE"


class Post(SchoolRow, Base):
    """A teacher's announcement or material. Never anything a student wrote."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("course_id", "kind", "google_id"), Index(None, "school_id", "google_updated_at"))

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    google_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[PostKind]
    state: Mapped[PostState]
    title: Mapped[str] = mapped_column(String(3000), default="")
    text: Mapped[str]
    links: Mapped[list[str]]
    """Its materials: an address each, or `drive:<id>`, `youtube:<id>`."""
    topic_google_id: Mapped[str] = mapped_column(String(64), default="")
    creator_google_id: Mapped[str] = mapped_column(String(64), default="")
    link: Mapped[str] = mapped_column(String(2048), default="")
    google_updated_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Topic(SchoolRow, Base):
    """A topic of a class's Classwork page."""

    __tablename__ = "topics"
    __table_args__ = (UniqueConstraint("course_id", "google_id"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    google_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(100))
    google_updated_at: Mapped[datetime | None]


class Mark(SchoolRow, Base):
    """How far a class's stream was read: the newest `updateTime` seen of each kind."""

    __tablename__ = "stream_marks"
    __table_args__ = (UniqueConstraint("course_id", "kind"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    kind: Mapped[PostKind]
    updated_to: Mapped[datetime]
    full_at: Mapped[datetime]
    """When the stream was last read to its end."""
