"""Signs of life of the workers: that each is there, and when it last had a job in hand.

Redis may lie about a worker, which can be connected and never take a message again; its own row in the database cannot.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration.records.base import Base
from integration.records.upsert import upsert

FORGOTTEN_AFTER = timedelta(days=1)


class Heartbeat(Base):
    """One worker process, by its machine and number; of nobody who went away more than a day ago is there a row."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen_at: Mapped[datetime]
    worked_at: Mapped[datetime | None]
    """When it was last seen with a job in hand, or with one just done."""


@dataclass(frozen=True)
class Pulse:
    """How the workers are: how many were seen of late, and when one of them last had a job in hand."""

    workers: int
    worked_at: datetime | None


def beat(session: Session, name: str, now: datetime, *, has_worked: bool) -> None:
    """Write down that a worker lives, and whether it had a job since it last said so."""
    signs = {"name": name, "seen_at": now, "worked_at": now if has_worked else None}
    upsert(session, Heartbeat, [signs], key=["name"], keep=[] if has_worked else ["worked_at"])
    session.execute(delete(Heartbeat).where(Heartbeat.seen_at < now - FORGOTTEN_AFTER))


def pulse(session: Session, now: datetime, *, within: timedelta) -> Pulse:
    """How the workers are that were seen within such a span."""
    number, worked_at = session.execute(select(func.count(), func.max(Heartbeat.worked_at)).where(
        Heartbeat.seen_at >= now - within)).one()
    return Pulse(number, worked_at)
