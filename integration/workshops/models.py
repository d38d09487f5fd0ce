"""The tables of this room: sources, kits, and counts of what a class tried."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Dose(StrEnum):
    """When in a unit a part of the kit is for."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Source(SchoolRow, Base):
    """A source of a unit, as CSL-JSON says it (https://docs.citationstyles.org/en/stable/specification.html)."""

    __tablename__ = "sources"
    __table_args__ = (Index(None, "school_id", "resource_id"),)

    title: Mapped[str] = mapped_column(String(300))
    csl: Mapped[dict[str, Any]]
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resources.id", ondelete="SET NULL"))
    """The resource on the shelf it was read from, if it was."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class LadderRow(SchoolRow, Base):
    """A school's own citation ladder; a school without one climbs the standard ladder."""

    __tablename__ = "citation_ladders"
    __table_args__ = (UniqueConstraint("school_id"),)

    data: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class Kit(SchoolRow, Base):
    """A workshop ready to be taught. It keeps its own copy of the sources, so that what is printed never changes afterwards."""

    __tablename__ = "kits"

    title: Mapped[str] = mapped_column(String(300))
    grade: Mapped[str] = mapped_column(String(2))
    style: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    sources: Mapped[list[dict[str, Any]]]
    step: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The grade's own form when the kit was made; empty where it cites in a whole style."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class KitDose(SchoolRow, Base):
    """One part of a kit: a collection like any other, so that it is planned, asked about, delivered and counted like any other."""

    __tablename__ = "kit_doses"
    __table_args__ = (UniqueConstraint("kit_id", "dose"), Index(None, "collection_id"))

    kit_id: Mapped[str] = mapped_column(ForeignKey("kits.id", ondelete="CASCADE"))
    dose: Mapped[Dose]
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))


class KitDocument(SchoolRow, Base):
    """One sheet of a kit as a file in a librarian's Drive: wanted, perhaps tried, made."""

    __tablename__ = "kit_documents"
    __table_args__ = (UniqueConstraint("kit_id", "sheet"), Index(None, "next_at"))

    kit_id: Mapped[str] = mapped_column(ForeignKey("kits.id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """In whose Drive."""
    sheet: Mapped[str] = mapped_column(String(40))
    file_id: Mapped[str] = mapped_column(String(100), default="")
    """Google's id; empty until it is made."""
    asked_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    """Written before Google is asked to make it, and taken back when it surely did not."""
    next_at: Mapped[datetime | None]
    """When to go on; none when it is made, or waits for her to press again."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]


class PracticeCount(SchoolRow, Base):
    """How often something happened with one question in one class. Only counts: no student, no moment, no address."""

    __tablename__ = "practice_counts"
    __table_args__ = (UniqueConstraint("kit_id", "course_id", "question", "what"),)

    kit_id: Mapped[str] = mapped_column(ForeignKey("kits.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(40))
    """A question's key; `before` and `after` for the two tickets."""
    what: Mapped[str] = mapped_column(String(40))
    """`tries`, `right`, a fault's code; for a ticket `done` and `points`."""
    count: Mapped[int]


class ProjectWindow(SchoolRow, Base):
    """When a unit of the school's curriculum map is taught, to which grades and in which subject."""

    __tablename__ = "project_windows"
    __table_args__ = (UniqueConstraint("school_id", "mark", "starts_on"), Index(None, "school_id", "ends_on"))

    mark: Mapped[str] = mapped_column(String(40))
    """What tells the unit from every other of a school year, however often its map is brought."""
    unit: Mapped[str] = mapped_column(String(200))
    grades: Mapped[list[str]]
    subject: Mapped[str] = mapped_column(String(20))
    """Empty when it is of no one subject."""
    topics: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    brought_at: Mapped[datetime]
