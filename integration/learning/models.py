"""The tables of this room: series for the staff, and their sessions. Nobody who came is named."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, SchoolRow


class StaffSeries(SchoolRow, Base):
    """Sessions that belong together, such as a year's webinars."""

    __tablename__ = "staff_series"

    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]


class StaffSession(SchoolRow, Base):
    """One session for the staff, planned or held."""

    __tablename__ = "staff_sessions"
    __table_args__ = (Index(None, "school_id", "on"),)

    series_id: Mapped[str] = mapped_column(ForeignKey("staff_series.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(300))
    on: Mapped[date]
    minutes: Mapped[int]
    audience: Mapped[str] = mapped_column(String(200), default="")
    """For whom it is: `all teachers`, `grade 7`."""
    materials: Mapped[str] = mapped_column(String(1000), default="")
    attendance: Mapped[int | None]
    """How many of the staff came, a number and never names; with it the session counts as held."""
    written_at: Mapped[datetime]
