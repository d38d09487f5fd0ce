"""The tables of this room: letters, the links in them, and which kinds go out unseen."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Kind(StrEnum):
    """What a letter is for."""

    QUESTION = "question"
    REMINDER = "reminder"
    BRIEF = "brief"
    PROPOSAL = "proposal"
    THANKS = "thanks"
    AUGUST = "august"
    JANUARY = "january"
    NEWSLETTER = "newsletter"
    CONNECTION = "connection"
    CHOSEN = "chosen"


class LetterState(StrEnum):
    """Where a letter is."""

    DRAFT = "draft"
    """The librarian has not looked yet."""
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    """It was cut short; only a person may say that it shall go again."""
    FAILED = "failed"
    ASIDE = "aside"
    """She does not want to send it."""


class Letter(SchoolRow, Base):
    """One letter: a row before anything is sent, and one for each kind, person and occasion."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("kind", "person", "occasion"), Index(None, "state", "next_at"),
                      Index(None, "school_id", "state"))

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """The librarian in whose name it goes."""
    kind: Mapped[Kind]
    person: Mapped[str] = mapped_column(String(60))
    """Whom it is for: `teacher:<id>`, `account:<id>`, or `school:<id>` for everybody there."""
    occasion: Mapped[str] = mapped_column(String(100))
    to_name: Mapped[str] = mapped_column(String(300))
    to_address: Mapped[str] = mapped_column(String(320))
    """Empty until somebody knows it; nothing is sent without one."""
    subject: Mapped[str] = mapped_column(String(300))
    words: Mapped[list[dict[str, Any]]]
    """Its parts in order, see `letters.words`; links of ours by their row, never by their address."""
    state: Mapped[LetterState]
    reason: Mapped[str] = mapped_column(String(500), default="")
    way: Mapped[str] = mapped_column(String(10), default="")
    """How it went: `gmail`, `smtp` or `hand`."""
    message_id: Mapped[str] = mapped_column(String(200))
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    next_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class LetterLink(SchoolRow, Base):
    """A link in a letter that opens one thing without an account. Its secret is derived from a key of ours, and kept as a hash."""

    __tablename__ = "letter_links"
    __table_args__ = (Index(None, "opens"),)

    opens: Mapped[str] = mapped_column(String(100))
    """The one thing it opens: `question:<id>`, `teacher:<id>`, …"""
    salt: Mapped[str] = mapped_column(String(32))
    key_id: Mapped[str] = mapped_column(String(16))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class LetterHabit(SchoolRow, Base):
    """Whether a kind of letter goes out without a librarian's look; without a row only the brief does, which is to herself."""

    __tablename__ = "letter_habits"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[Kind]
    goes: Mapped[bool]
    since: Mapped[datetime]
