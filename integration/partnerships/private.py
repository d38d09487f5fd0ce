"""The tables of what a librarian writes for herself alone: how a partnership goes, and her journal.

Their rows hang on her account, not only on her school, and nothing but her own pages reads them: no report, no letter, no link,
no archive of the school's. They are deleted with her account.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class PartnershipHealth(SchoolRow, Base):
    """How one partnership goes, as she sees it: four short ratings from 1 to 4, or none."""

    __tablename__ = "partnership_health"
    __table_args__ = (UniqueConstraint("account_id", "partnership_id"), Index(None, "partnership_id"))

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    partnership_id: Mapped[str] = mapped_column(ForeignKey("partnerships.id", ondelete="CASCADE"))
    skills: Mapped[int | None]
    planning: Mapped[int | None]
    alliance: Mapped[int | None]
    cooperation: Mapped[int | None]
    plan_on: Mapped[date | None]
    """When they sit down to plan next."""
    rated_at: Mapped[datetime]


class Reflection(SchoolRow, Base):
    """What she answered to one question of her journal on one day."""

    __tablename__ = "reflections"
    __table_args__ = (UniqueConstraint("account_id", "question", "on"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    words: Mapped[str] = mapped_column(String(4000))
    written_at: Mapped[datetime]


PRIVATE_TABLES = frozenset({PartnershipHealth.__tablename__, Reflection.__tablename__})
"""What leaves with no archive of the school's."""
