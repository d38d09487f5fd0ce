"""The tables of this room: the school's goals, what came of the work, and what she says on a report and beside it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Goal(SchoolRow, Base):
    """A goal of the school's improvement plan, in its own words."""

    __tablename__ = "goals"

    title: Mapped[str] = mapped_column(String(300))
    measure: Mapped[str] = mapped_column(String(500), default="")
    """How the school will know."""
    codes: Mapped[list[str]]
    """Standards it rests on: an entry that carries one of them serves the goal."""
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class GoalEntry(SchoolRow, Base):
    """That she says an entry serves a goal."""

    __tablename__ = "goal_entries"
    __table_args__ = (UniqueConstraint("goal_id", "entry_id"), Index(None, "entry_id"))

    goal_id: Mapped[str] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))


class OutcomeKind(StrEnum):
    """What an outcome is."""

    AVERAGE = "average"
    CIRCULATION = "circulation"
    QUOTE = "quote"
    WORK = "work"


class Outcome(SchoolRow, Base):
    """What came of something in the log: an average before and after, loans, a teacher's words, a link to work."""

    __tablename__ = "outcomes"
    __table_args__ = (Index(None, "entry_id"),)

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    kind: Mapped[OutcomeKind]
    before: Mapped[float | None]
    after: Mapped[float | None]
    before_n: Mapped[int | None]
    after_n: Mapped[int | None]
    """Of how many students an average is."""
    unit: Mapped[str] = mapped_column(String(60), default="")
    """What the numbers are: `of 10 points`."""
    words: Mapped[str] = mapped_column(String(1000), default="")
    """A teacher's words, or what the link leads to."""
    url: Mapped[str] = mapped_column(String(2024), default="")
    helps: Mapped[str] = mapped_column(String(500), default="")
    """How this helps students."""
    benefit: Mapped[str] = mapped_column(String(20), default="")
    """Which of the nine benefits it shows, if she says."""
    agreed_on: Mapped[date | None]
    """When the teacher said yes to being quoted; without it her words stay here."""
    is_chosen: Mapped[bool] = mapped_column(default=False)
    """Whether she chose it for the page."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class ReportSheet(SchoolRow, Base):
    """The spreadsheet in a librarian's Drive that her reports are written into: wanted, perhaps tried, made."""

    __tablename__ = "report_sheets"
    __table_args__ = (UniqueConstraint("account_id"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    """In whose Drive."""
    file_id: Mapped[str] = mapped_column(String(100), default="")
    """Google's id; empty until it is made."""
    tried_at: Mapped[datetime | None]
    """Written before Google is asked to make it, and taken back when it surely did not."""
    said: Mapped[str] = mapped_column(String(7), default="")
    """The period that was written last."""
    written_at: Mapped[datetime | None]


class ReportNote(SchoolRow, Base):
    """What she says on the report of one period: the one ask."""

    __tablename__ = "report_notes"
    __table_args__ = (UniqueConstraint("school_id", "period"),)

    period: Mapped[str] = mapped_column(String(7))
    ask: Mapped[str] = mapped_column(String(300), default="")


class TalkingPoint(SchoolRow, Base):
    """What she asks for under one guideline of the talking points, or that she leaves it out."""

    __tablename__ = "talking_points"
    __table_args__ = (UniqueConstraint("school_id", "guideline"),)

    guideline: Mapped[str] = mapped_column(String(40))
    ask: Mapped[str] = mapped_column(String(300))
    is_left_out: Mapped[bool]
