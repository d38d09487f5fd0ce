"""Try a delivery again that failed, was skipped, came too late or needs a person: from where it stood, never twice.

Of a whole plan only those are tried that Google refused. What a person stopped, or is asked about, is for a person to judge.
"""

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from integration import later
from integration.delivery.expire import LATE_AFTER, PATIENCE_WITH_A_TEACHER
from integration.delivery.lease import add_step
from integration.delivery.ledger import DeliveryCard, delivery, delivery_row
from integration.delivery.models import Attempt, Delivery, Plan, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.obey import ask_about, lacks_consent
from integration.delivery.order import stands_behind
from integration.delivery.plans import plan_row
from integration.delivery.resume import place
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit
from integration.records.clock import database_now

CAN = frozenset({S.FAILED, S.SKIPPED, S.EXPIRED, S.NEEDS_HUMAN})
UNDER_WAY = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.CANCELLING})
CANNOT = {
    S.PUBLISHED: "It stands in the class already, so nothing was sent again.",
    S.REMOVED: "The teacher removed it, and it stays removed. Talk with her before you plan it anew.",
    S.WAITING: "It waits for the teacher. Write down that she agreed, and it goes.",
    S.AWAITS_PILOT: "It waits for the pilot. Go on to the rest on its plan’s page, and it goes.",
    S.PAUSED_AUTH: "It waits for your connection to Google. Connect again, and it goes on by itself.",
    S.PAUSED_GOOGLE: "It waits for Google. It goes on by itself.",
    S.PAUSED: "It waits because you paused it. Resume, and it goes on.",
    S.CANCELLED: "It was taken back. Make a new plan to send it again.",
    S.RETRACTED: "It was taken back. Make a new plan to send it again.",
}


def retry(desk: Desk, school_id: str, delivery_id: str) -> DeliveryCard:
    """Try it again; one that is under way just goes on now. Raises NotFound, AlreadyDone with the reason."""
    try_again(desk, school_id, delivery_id)
    _ring(desk, school_id)
    return delivery(desk, school_id, delivery_id)


def retry_failed(desk: Desk, school_id: str, plan_id: str) -> int:
    """Try every delivery of a plan again that Google refused, and no other; answer how many. Raises NotFound."""
    tried = 0
    for delivery_id in failed(desk, school_id, plan_id):
        try:
            try_again(desk, school_id, delivery_id)
        except AlreadyDone:
            # Its teacher said no meanwhile, or somebody else has just tried it: it stays as it is, and its page says why.
            continue
        tried += 1
    if tried:
        _ring(desk, school_id)
    return tried


def failed(desk: Desk, school_id: str, plan_id: str) -> list[str]:
    """The deliveries of a plan that Google refused: those that failed, and those skipped for a class that is closed to us.

    Raises NotFound.
    """
    is_refused = select(Attempt.id).where(Attempt.delivery_id == Delivery.id, Attempt.outcome == "definite_error").exists()
    with desk.transaction() as session:
        return list(session.scalars(select(Delivery.id).where(
            Delivery.plan_id == plan_row(session, school_id, plan_id).id, Delivery.ends_as.is_(None),
            or_(Delivery.state == S.FAILED, and_(Delivery.state == S.SKIPPED, is_refused))).order_by(Delivery.id)))


def try_again(desk: Desk, school_id: str, delivery_id: str, *, at: datetime | None = None) -> S:
    """The same without ringing, at a moment to come when one is said; where it is then. Raises NotFound, AlreadyDone."""
    with desk.transaction() as session:
        row = delivery_row(session, school_id, delivery_id)
    waits = row.state in CAN and row.ends_as is None and lacks_consent(desk, row)
    with desk.transaction() as session:
        row = session.scalars(select(Delivery).where(Delivery.id == delivery_id).with_for_update()).one()
        is_behind = stands_behind(row)
        if row.state in CANNOT and not is_behind:
            raise AlreadyDone(CANNOT[row.state])
        if row.state in CAN or is_behind:
            _again(session, desk, row, at or database_now(session), waits=waits)
        state = row.state
    if waits:
        ask_about(desk, school_id, delivery_id)
    return state


def _ring(desk: Desk, school_id: str) -> None:
    with desk.transaction() as session:
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)


def _again(session: Session, desk: Desk, row: Delivery, at: datetime, *, waits: bool) -> None:
    now = desk.now()
    row.state = S.WAITING if waits else place(session, row)
    row.reason, row.tries, row.ended_at, row.next_at = "", 0, None, at
    row.expires_at = at + (PATIENCE_WITH_A_TEACHER if waits else LATE_AFTER)
    session.get_one(Plan, row.plan_id).state = PlanState.RUNNING
    add_step(session, row.school_id, row.id, row.state, "Tried again.", now)
    audit.note(session, school_id=row.school_id, at=now, actor="librarian", verb="retry", object=f"delivery:{row.id}")
