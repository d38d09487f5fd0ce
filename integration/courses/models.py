"""The tables of this room: classes, the teachers in them, what changed, and the syncs that looked."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class CourseState(StrEnum):
    """Google's states of a course, and `gone` for one Google no longer shows us.

    https://developers.google.com/workspace/classroom/reference/rest/v1/courses#CourseState
    """

    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"
    PROVISIONED = "PROVISIONED"
    DECLINED = "DECLINED"
    SUSPENDED = "SUSPENDED"
    GONE = "GONE"


class Mode(StrEnum):
    """Whose class it is: the librarian's own, or a teacher's in which she co-teaches."""

    OWN = "own"
    CO_TAUGHT = "co-taught"


class Confidence(StrEnum):
    """How sure the grades are."""

    SET = "set"
    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


class Course(SchoolRow, Base):
    """A class as Classroom has it, and what we make of it. Never deleted; Classroom's `levels` is `levels`."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("school_id", "google_id"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    google_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(750))
    section: Mapped[str] = mapped_column(String(2800), default="")
    heading: Mapped[str] = mapped_column(String(3600), default="")
    levels: Mapped[str] = mapped_column(String(1000), default="")
    google_subject: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[CourseState]
    owner_google_id: Mapped[str] = mapped_column(String(64), default="")
    mode: Mapped[Mode]
    link: Mapped[str] = mapped_column(String(2048), default="")
    students: Mapped[int | None]
    """How many students; None when she did not allow the count."""
    google_updated_at: Mapped[datetime | None]

    grades: Mapped[list[str]]
    """The grades in force: codes PK TK K 1 … 12; hers where she set them, else detected."""
    confidence: Mapped[Confidence]
    evidence: Mapped[list[str]]
    """The reasons in words, strongest first."""
    subject: Mapped[str] = mapped_column(String(60), default="")
    school_year: Mapped[str] = mapped_column(String(7), default="")
    """`2026-27`, or empty when nothing tells."""
    doubts: Mapped[list[str]]
    """Sentences: probably not real, stale year, club."""
    excluded: Mapped[bool] = mapped_column(default=False)
    """Whether plans leave it out: hers where she said, else probably not real or last year's."""
    set_grades: Mapped[list[str] | None]
    """Her correction; survives every sync."""
    set_excluded: Mapped[bool | None]
    first_seen_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Teacher(SchoolRow, Base):
    """A teacher of a class we see. Without the roster scope there is a Google id and no name."""

    __tablename__ = "teachers"
    __table_args__ = (UniqueConstraint("school_id", "google_id"),)

    google_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(320), default="")


class CourseTeacher(SchoolRow, Base):
    """That a teacher teaches a class."""

    __tablename__ = "course_teachers"
    __table_args__ = (UniqueConstraint("course_id", "teacher_id"), Index(None, "teacher_id"))

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    is_owner: Mapped[bool] = mapped_column(default=False)


class CourseChange(SchoolRow, Base):
    """Something that changed about a class, in a sentence: renamed, archived, removed, owner changed, back."""

    __tablename__ = "course_changes"

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime]


class SyncState(StrEnum):
    """Where a sync is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


class Sync(SchoolRow, Base):
    """One look at Google: first the classes, then each class's stream."""

    __tablename__ = "syncs"
    __table_args__ = (Index(None, "school_id", "state"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    state: Mapped[SyncState]
    full: Mapped[bool] = mapped_column(default=False)
    """Whether streams are read to their end rather than to the last mark."""
    by_person: Mapped[bool] = mapped_column(default=False)
    """Whether somebody asked for it and may be waiting, rather than the timetable."""
    classes_seen: Mapped[int] = mapped_column(default=0)
    classes_left: Mapped[int] = mapped_column(default=0)
    """Streams still to be read in this sync."""
    posts_seen: Mapped[int] = mapped_column(default=0)
    calls: Mapped[int] = mapped_column(default=0)
    errors: Mapped[list[dict[str, Any]]]
    """`{"class_id", "sentence"}` each."""
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]
    """Last sign of life; the sweep picks up a sync that has gone quiet."""


class SyncClass(SchoolRow, Base):
    """One class's stream still to be read, or read, in one sync; what makes a killed sync resume where it stopped."""

    __tablename__ = "sync_classes"
    __table_args__ = (UniqueConstraint("sync_id", "course_id"), Index(None, "sync_id", "done_at"))

    sync_id: Mapped[str] = mapped_column(ForeignKey("syncs.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    done_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
