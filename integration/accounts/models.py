"""The tables of this room: districts, schools, accounts, sign-ins under way, sessions, personal tokens."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, Row, SchoolRow


class Health(StrEnum):
    """How a connection to Google stands."""

    VALID = "valid"
    EXPIRING = "expiring"
    REVOKED = "revoked"
    BLOCKED = "blocked"
    CLASSROOM_OFF = "classroom_off"
    WRONG_ACCOUNT = "wrong_account"
    DISCONNECTED = "disconnected"

    @property
    def is_usable(self) -> bool:
        """Whether calls to Google may be tried with it."""
        return self in {Health.VALID, Health.EXPIRING}


class District(Row, Base):
    """Schools that share a Google Workspace domain. A personal account is a district of its own."""

    __tablename__ = "districts"

    name: Mapped[str] = mapped_column(String(200))
    domain: Mapped[str] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime]


class School(Row, Base):
    """A school. Everything else belongs to one."""

    __tablename__ = "schools"

    district_id: Mapped[str] = mapped_column(ForeignKey("districts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    year_starts_month: Mapped[int] = mapped_column(default=7)
    """The school year begins on the first day of this month, 1 to 12."""
    created_at: Mapped[datetime]


class Account(SchoolRow, Base):
    """A librarian's Google account and what she allowed. Identity is issuer and subject, never the e-mail address."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "google_id"),)

    issuer: Mapped[str] = mapped_column(String(255))
    google_id: Mapped[str] = mapped_column(String(255))
    """Google's `sub`; the same number Classroom uses as user id."""
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    domain: Mapped[str] = mapped_column(String(255), default="")
    scopes: Mapped[list[str]]
    """The scopes really granted, in Google's long spelling."""
    sealed_refresh_token: Mapped[str | None]
    key_id: Mapped[str | None] = mapped_column(String(16))
    health: Mapped[Health]
    health_reason: Mapped[str] = mapped_column(String(300), default="")
    checked_at: Mapped[datetime | None]
    connected_at: Mapped[datetime]
    disconnected_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignIn(Row, Base):
    """A sign-in under way: one use, ten minutes, bound to the browser that began it."""

    __tablename__ = "sign_ins"

    state_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(100))
    sealed_verifier: Mapped[str]
    return_to: Mapped[str] = mapped_column(String(500), default="/")
    expected_google_id: Mapped[str | None] = mapped_column(String(255))
    """When she reconnects, the account it must be; another one is a wrong account."""
    began_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Session(SchoolRow, Base):
    """A signed-in browser. The cookie holds the secret; we keep only its hash."""

    __tablename__ = "sessions"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PersonalToken(SchoolRow, Base):
    """A personal access token for the JSON API; shown once, kept as a hash."""

    __tablename__ = "personal_tokens"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Revocation(Row, Base):
    """A grant still to be revoked at Google after a disconnect; retried for a day, then said."""

    __tablename__ = "revocations"
    __table_args__ = (Index(None, "done_at", "next_at"),)

    sealed_token: Mapped[str]
    key_id: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(String(200), default="")
