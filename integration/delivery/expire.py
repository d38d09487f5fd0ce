"""Let go of what came too late: better not at all than Monday's post on Thursday.

Twelve hours after its time a post is not sent by itself any more: after an outage, Google's or our own, she is asked, so that
nothing comes late unasked and a backlog never comes as a burst. After a week it ends. What stands in a class already is not meant.
"""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, or_, select, update
from sqlalchemy.orm import Session

from integration.delivery.generations import is_quiet
from integration.delivery.lease import DELIVERIES, add_step
from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.resume import place, take_back
from integration.desk import Desk
from integration.records.clock import database_now

LATE_AFTER = timedelta(days=7)
"""How late a post may be."""
ASK_AFTER = timedelta(hours=12)
"""How late it may be without asking."""
PATIENCE_WITH_A_TEACHER = timedelta(days=60)
TOO_LATE = "It could not be posted in time, so it was not posted at all. Try again if it still fits."
ASK = ("It could not be sent for more than twelve hours after its time, so it was not posted late without asking you. Try again if "
       "it still fits, or take it back.")
OPEN = (S.WAITING, S.READY, S.DRAFTING, S.DRAFTED, S.PAUSED_AUTH, S.PAUSED_GOOGLE)
NOT_SHOWN = (S.READY, S.DRAFTING, S.DRAFTED, S.PAUSED_GOOGLE)
# Built once: putting a statement together takes longer than carrying it out.
_NOW: BindParameter[datetime] = bindparam("now")
_MEANT = (Delivery.school_id == bindparam("school"), Delivery.published_at.is_(None), Delivery.ends_as.is_(None),
          or_(Delivery.lease_until.is_(None), Delivery.lease_until < _NOW))
"""Nobody holds it, it never stood in the class, and it is not being taken back already."""
_PERHAPS_SHOWN = select(Attempt.id).where(
    Attempt.delivery_id == Delivery.id, Attempt.kind == "publish",
    or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown")).exists()
_TOO_LATE = select(Delivery).where(Delivery.state.in_(OPEN), Delivery.expires_at < _NOW, *_MEANT).with_for_update()
_LATE = update(DELIVERIES).where(
    Delivery.state.in_(NOT_SHOWN), Delivery.next_at <= _NOW, Delivery.expires_at < bindparam("soon"), ~_PERHAPS_SHOWN, *_MEANT,
).values(state=S.NEEDS_HUMAN, reason=ASK).returning(Delivery.id)


def expire(desk: Desk, school_id: str) -> None:
    """End what is late by a week: at once where nothing was begun, else by taking the draft back; ask about what is late at all.

    Nothing while the records may be older than Classroom: what looks late may stand there.
    """
    with desk.transaction() as session:
        if is_quiet(session):
            return
        now = database_now(session)
        for row in session.scalars(_TOO_LATE, {"school": school_id, "now": now}):
            _end(session, row, now)
        _ask(session, school_id, now)


def _end(session: Session, row: Delivery, now: datetime) -> None:
    if row.state is S.WAITING or place(session, row) is S.READY:
        row.state, row.ended_at, row.reason = S.EXPIRED, now, TOO_LATE
    else:
        take_back(row, now, ends_as=S.EXPIRED, because=TOO_LATE)
    row.lease_token = row.lease_until = None
    add_step(session, row.school_id, row.id, row.state, TOO_LATE, now)


def _ask(session: Session, school_id: str, now: datetime) -> None:
    """Its time is a week before it expires. One that may have been shown already is no question any more."""
    asked = session.scalars(_LATE, {"school": school_id, "now": now, "soon": now + LATE_AFTER - ASK_AFTER}).all()
    for id in asked:
        add_step(session, school_id, id, S.NEEDS_HUMAN, ASK, now)
