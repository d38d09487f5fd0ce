"""The table of this room: what a teacher agreed to."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


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
