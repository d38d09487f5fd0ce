"""The tables of this room: the teachers we work with, and what we did together."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Source(StrEnum):
    """Who wrote an entry: the delivery itself, or a hand."""

    SELF = "self"
    HAND = "hand"


class Partnership(SchoolRow, Base):
    """The librarian and one teacher."""

    __tablename__ = "partnerships"
    __table_args__ = (UniqueConstraint("school_id", "teacher_id"),)

    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    began_on: Mapped[date]


class Entry(SchoolRow, Base):
    """One thing done together; one entry for a teacher and a collection, joined across her classes."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("partnership_id", "occasion"), Index(None, "school_id", "on"))

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnerships.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(100))
    """What it was for: `collection:<id>` when it wrote itself, its own id when written by hand."""
    on: Mapped[date]
    activity: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[int | None]
    level: Mapped[str] = mapped_column(String(40), default="")
    scheme: Mapped[str] = mapped_column(String(20), default="")
    codes: Mapped[list[str]]
    evidence: Mapped[list[dict[str, Any]]]
    source: Mapped[Source]
    written_at: Mapped[datetime]


class EntryCourse(SchoolRow, Base):
    """That an entry took place in a class."""

    __tablename__ = "entry_courses"
    __table_args__ = (UniqueConstraint("entry_id", "course_id"), Index(None, "course_id"))

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))


class CoPlan(SchoolRow, Base):
    """A unit the two planned together: what for, who does what, with what, and how they will know."""

    __tablename__ = "co_plans"
    __table_args__ = (Index(None, "school_id", "planned_on"),)

    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnerships.id", ondelete="CASCADE"), index=True)
    planned_on: Mapped[date]
    unit: Mapped[str] = mapped_column(String(200))
    goals: Mapped[str] = mapped_column(String(500), default="")
    roles: Mapped[str] = mapped_column(String(500), default="")
    materials: Mapped[str] = mapped_column(String(500), default="")
    assessment: Mapped[str] = mapped_column(String(500), default="")
    written_at: Mapped[datetime]


class ShoutOutState(StrEnum):
    """Whether a teacher may be thanked by name before her colleagues."""

    OPEN = "open"
    """She was not asked yet, or did not answer; that is no yes."""
    AGREED = "agreed"
    DECLINED = "declined"


class ShoutOut(SchoolRow, Base):
    """The one sentence in which a teacher may be thanked by name, once she says yes to these very words."""

    __tablename__ = "shout_outs"
    __table_args__ = (UniqueConstraint("entry_id", "teacher_id"),)

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(1000))
    state: Mapped[ShoutOutState]
    answered_at: Mapped[datetime | None]


class LogColumns(SchoolRow, Base):
    """Which column of her spreadsheet is what, remembered by its headings."""

    __tablename__ = "log_columns"
    __table_args__ = (UniqueConstraint("school_id", "headings"),)

    headings: Mapped[str] = mapped_column(String(64))
    """Their SHA-256, so that no word of the sheet is kept."""
    columns: Mapped[dict[str, Any]]


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ADAPTED = "adapted"
    """Yes, with her day, her minutes or a word of hers."""
    DECLINED = "declined"
    """Not now."""
    DONE = "done"
    """They did it, and it is in the log."""


class Proposal(SchoolRow, Base):
    """Something concrete to do together, offered to one teacher; planned once she has said yes."""

    __tablename__ = "proposals"
    __table_args__ = (Index(None, "school_id", "state"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[str | None] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    on: Mapped[date]
    minutes: Mapped[int]
    activity: Mapped[str] = mapped_column(String(500))
    who: Mapped[str] = mapped_column(String(500))
    """Who does what."""
    ready: Mapped[str] = mapped_column(String(500), default="")
    """What is ready already."""
    word: Mapped[str] = mapped_column(String(300), default="")
    """What she added in her answer."""
    state: Mapped[ProposalState]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
