"""Pause a school, a class or a teacher for some days: nothing new is posted there meanwhile, and resuming is no burst."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard
from integration.delivery.models import Pause, Scope


def pauses_on(session: Session, place: SchoolCard, at: datetime) -> list[Pause]:
    """The pauses in force in a school at a moment, by its own calendar."""
    on = place.today(at)
    rows = session.scalars(select(Pause).where(
        Pause.school_id == place.id, Pause.ended_at.is_(None), Pause.first <= on).order_by(Pause.id))
    return [row for row in rows if row.last is None or on <= row.last]


def why_school_is_paused(session: Session, place: SchoolCard, at: datetime) -> str:
    """A sentence when the whole school is paused at a moment, else nothing."""
    whole = next((row for row in pauses_on(session, place, at) if row.scope is Scope.SCHOOL), None)
    if whole is None:
        return ""
    return f"You had paused the school{f': {whole.reason}' if whole.reason else ''}."
