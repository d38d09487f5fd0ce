"""Find rounds that nobody is at: whose bell was lost, whose worker died, or whose sync may be over by now."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from integration import later
from integration.desk import Desk
from integration.records.clock import database_now
from integration.week.models import Week
from integration.week.strike import UNDER_WAY


def ring_for_weeks(desk: Desk, *, patience: float) -> None:
    """Ring for each round that waited longer than `patience` seconds, or that it is time to look at again."""
    with desk.transaction() as session:
        now = database_now(session)
        for week_id in session.scalars(select(Week.id).where(
                Week.state.in_(UNDER_WAY), or_(Week.lease_until.is_(None), Week.lease_until < now),
                or_(Week.next_at <= now - timedelta(seconds=patience), and_(Week.waits.is_(True), Week.next_at <= now)))):
            later.ask(session, later.Job.RUN_WEEK, week_id=week_id)
