"""Answers already given, so that the same request with the same Idempotency-Key gets the same answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class Reply(SchoolRow, Base):
    """One answer kept under the key its request came with; status and body are empty while the work is under way."""

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    body: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
