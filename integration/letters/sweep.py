"""Find letters that wait too long: ready ones whose bell was lost, and those whose sender died."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from integration import later
from integration.desk import Desk
from integration.letters.models import Letter, LetterState
from integration.records.clock import database_now


def ring_for_letters(desk: Desk, *, patience: float) -> None:
    """Ring for every school with a letter that is due longer than `patience` seconds, or was cut short."""
    with desk.transaction() as session:
        now = database_now(session)
        late = and_(Letter.state == LetterState.READY, Letter.next_at <= now - timedelta(seconds=patience),
                    or_(Letter.lease_until.is_(None), Letter.lease_until < now))
        cut_short = and_(Letter.state == LetterState.SENDING, Letter.lease_until < now)
        for school_id in session.scalars(select(Letter.school_id).where(or_(late, cut_short)).distinct()):
            later.ask(session, later.Job.SEND_LETTERS, school_id=school_id)
