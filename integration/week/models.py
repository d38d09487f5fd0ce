"""The tables of this room: rounds and their steps, holidays, and series with their queues and occurrences."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class WeekState(StrEnum):
    """Where a round is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    """It went to its end, and something on the way did not work out."""
    SKIPPED = "skipped"
    """A holiday, or she had paused the school."""
    MISSED = "missed"
    """Throughline was not running at its time, and a later round took its place."""


class Step(StrEnum):
    """The steps of a round, in order."""

    SYNC_COURSES = "sync_courses"
    SYNC_STREAMS = "sync_streams"
    JUDGE = "judge"
    PLAN = "plan"
    SEND = "send"
    REACH = "reach"
    BRIEF = "brief"


class StepState(StrEnum):
    """Where a step is."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


class OccurrenceState(StrEnum):
    """What became of a series in one week."""

    PLANNED = "planned"
    ASKS = "asks"
    """Its time had passed when the round came, so she is asked before anything is posted."""
    SKIPPED = "skipped"
    """She let it go; its collection waits for the next week."""


class Week(SchoolRow, Base):
    """One librarian's round of one ISO week. The clock's has the number 0; those she starts herself count from 1."""

    __tablename__ = "weeks"
    __table_args__ = (UniqueConstraint("account_id", "week", "run"), Index(None, "state", "next_at"))

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    week: Mapped[str] = mapped_column(String(8))
    """`2026-W48`."""
    run: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[WeekState]
    is_late: Mapped[bool] = mapped_column(default=False)
    """Whether it began so long after its time that it asks before it posts."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it did not run, or was ended early."""
    waits: Mapped[bool] = mapped_column(default=False)
    """Whether it waits for a sync rather than for a worker."""
    next_at: Mapped[datetime]
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class WeekStep(SchoolRow, Base):
    """One step of a round."""

    __tablename__ = "week_steps"
    __table_args__ = (UniqueConstraint("week_id", "step"),)

    week_id: Mapped[str] = mapped_column(ForeignKey("weeks.id", ondelete="CASCADE"))
    step: Mapped[Step]
    state: Mapped[StepState]
    sync_id: Mapped[str | None] = mapped_column(String(32))
    """The sync it follows."""
    counts: Mapped[dict[str, Any]]
    """Name → number."""
    sentences: Mapped[list[str]]
    """What did not work out."""
    calls: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Holiday(SchoolRow, Base):
    """Days without school, both included."""

    __tablename__ = "holidays"

    name: Mapped[str] = mapped_column(String(100))
    first: Mapped[date]
    last: Mapped[date]


class Series(SchoolRow, Base):
    """A queue of collections, one of which goes out each week: “Subject Spotlight each Monday to grade 7”."""

    __tablename__ = "series"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    rule: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(100), default="")
    weekday: Mapped[int] = mapped_column(default=0)
    """0 is Monday."""
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class SeriesItem(SchoolRow, Base):
    """A collection's place in a series, from 0."""

    __tablename__ = "series_items"
    __table_args__ = (UniqueConstraint("series_id", "position"),)

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class Occurrence(SchoolRow, Base):
    """One week of a series; once, however often a round comes by."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("series_id", "week"),)

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    week: Mapped[str] = mapped_column(String(8))
    item_id: Mapped[str] = mapped_column(ForeignKey("series_items.id", ondelete="CASCADE"), index=True)
    state: Mapped[OccurrenceState]
    due_at: Mapped[datetime]
    plan_id: Mapped[str | None] = mapped_column(String(32))
    made_at: Mapped[datetime]
