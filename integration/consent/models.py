"""The tables of this room: what a teacher allows, what she was asked, and what she answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Choice(StrEnum):
    """What a teacher allows, from the most to the least."""

    ALWAYS = "always"
    ASK = "ask"
    DRAFT = "draft"
    NEVER = "never"


class Said(StrEnum):
    """What a teacher said to one post she was asked about."""

    PUBLISH = "publish"
    CHANGED = "changed"
    DRAFT = "draft"
    NO = "no"


class Agreement(SchoolRow, Base):
    """That a teacher agreed in person to one thing in one class, as the librarian wrote it down. Kept for good."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("course_id", "occasion"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    occasion: Mapped[str] = mapped_column(String(100))
    """What was agreed to: `delivery:<id>`."""
    by: Mapped[str] = mapped_column(String(200))
    """The teacher's name as the librarian wrote it."""
    on: Mapped[date]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    """Who wrote it down."""
    written_at: Mapped[datetime]


class StandingChoice(SchoolRow, Base):
    """What a teacher allows until she says otherwise: in all her classes, or in one of them."""

    __tablename__ = "standing_choices"
    __table_args__ = (UniqueConstraint("teacher_id", "place"),)

    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(32), default="")
    """One class by its id; empty for all her classes. What she said of one class goes before what she said of all."""
    choice: Mapped[Choice]
    topics: Mapped[list[str]]
    """The topics `always` and `draft` are meant for; none of them means every topic."""
    max_per_week: Mapped[int | None]
    """How many posts a week in one class."""
    blackout: Mapped[list[str]]
    """Weeks in which nothing may come: `2026-W50`, or a day within."""
    by: Mapped[str] = mapped_column(String(60))
    """Who said it: `teacher:<id>` herself, or `account:<id>` of the librarian who wrote it down."""
    changed_at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None]
    """What counted before she chose by a link, nothing when she had said nothing; None when it cannot be taken back by one."""
    undo_until: Mapped[datetime | None]
    """Until then the stricter of both counts, because mail programs press buttons too."""


class Question(SchoolRow, Base):
    """What a teacher is asked in one week: one letter and one page for all its posts. Her answer closes it."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("teacher_id", "week", "number"), Index(None, "school_id", "asked_at"))

    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    """The librarian who asks."""
    week: Mapped[str] = mapped_column(String(8))
    """The week it was first asked in, at the school: `2026-W48`."""
    number: Mapped[int] = mapped_column(default=1)
    """Counts on when something is asked after she answered in the same week."""
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    """When nothing of it was open any more: answered, agreed to in person, or given up. None again after an undo."""
    odd: Mapped[str] = mapped_column(String(300), default="")
    """What was unusual about how its link was used, in a sentence; empty when nothing was."""


class QuestionPost(SchoolRow, Base):
    """One post a question is about, as students would see it."""

    __tablename__ = "question_posts"
    __table_args__ = (UniqueConstraint("question_id", "occasion"), Index(None, "occasion"))

    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(100))
    """`delivery:<id>`."""
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(3000))
    text: Mapped[str]
    links: Mapped[list[dict[str, Any]]]
    """`{"title", "url"}` each."""
    due_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500))
    """Why she is asked, in a sentence."""


class Answer(SchoolRow, Base):
    """What she said to one post, by its link. At most one of a post's answers is not withdrawn."""

    __tablename__ = "answers"
    __table_args__ = (Index(None, "question_id"), Index(None, "occasion"))

    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(100))
    said: Mapped[Said]
    title: Mapped[str] = mapped_column(String(3000), default="")
    text: Mapped[str] = mapped_column(default="")
    """Her words, where she changed them."""
    on: Mapped[date | None]
    """Her day, where she chose one."""
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class HelpRequest(SchoolRow, Base):
    """A line in which a teacher asks the library for something."""

    __tablename__ = "help_requests"
    __table_args__ = (Index(None, "school_id", "at"),)

    teacher_id: Mapped[str] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When the librarian said she has seen it."""
