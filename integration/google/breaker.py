"""The breaker: when Google stumbles at every other call, stop calling for a while, then ask carefully whether it is well again."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base


class GoogleWeather(Base):
    """How Google's last calls went, for everybody together."""

    __tablename__ = "google_weather"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    calls: Mapped[int]
    stumbles: Mapped[int]
    since: Mapped[datetime]
    """Since when they are counted."""
    open_until: Mapped[datetime | None]
    """Until then nobody calls; None while all is well."""
    opened_at: Mapped[datetime | None]
    """When it opened; None while all is well."""
