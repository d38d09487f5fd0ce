"""The audit log: every write to Classroom and every consent, append-only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration.records.base import Base, SchoolRow, new_id


class AuditEvent(SchoolRow, Base):
    """One line of the audit log. Never updated, never deleted while the school stays."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "school_id", "at"),)

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    """Who did it: `account:<id>`, `teacher:<id>` or `worker`."""
    verb: Mapped[str] = mapped_column(String(60))
    """`create`, `publish`, `delete`, `agree`, `connect`, …"""
    object: Mapped[str] = mapped_column(String(200))
    """What it was done to: `delivery:<id>`, `account:<id>`, …"""
    result: Mapped[str] = mapped_column(String(500))
    """`ok`, or the reason it was not."""


@dataclass(frozen=True)
class AuditLine:
    """One line as shown."""

    id: str
    at: datetime
    actor: str
    verb: str
    object: str
    result: str


def note(session: Session, *, school_id: str, at: datetime, actor: str, verb: str, object: str, result: str = "ok") -> None:
    """Add one line, in the transaction that did the thing."""
    session.add(AuditEvent(id=new_id(), school_id=school_id, at=at, actor=actor, verb=verb, object=object,
                           result=result[:500]))


def lines(session: Session, school_id: str, *, before: str | None = None, at_most: int = 100) -> list[AuditLine]:
    """The school's lines, newest first; `before` is the id of the last line of the page before."""
    query = select(AuditEvent).where(AuditEvent.school_id == school_id).order_by(AuditEvent.id.desc()).limit(at_most)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    return [AuditLine(row.id, row.at, row.actor, row.verb, row.object, row.result) for row in session.scalars(query)]
