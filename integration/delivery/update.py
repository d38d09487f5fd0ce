"""Update a plan: bring the collection as it is now into every class where its post still stands.

What a teacher changed is kept, see `change`; what she removed stays removed; what has not gone out simply takes the new words. The
same again changes nothing, and is how an update that was cut short is tried once more.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration import later
from integration.delivery.generations import is_quiet
from integration.delivery.lease import add_step
from integration.delivery.materials import content_hash
from integration.delivery.merge import words_sent
from integration.delivery.models import Delivery, Plan, PlanItem, PlanState
from integration.delivery.models import DeliveryState as S
from integration.delivery.order import as_wanted, is_under_way
from integration.delivery.plans import PlanCard, plan_card, plan_row
from integration.delivery.present import Present, check, is_up_to_date, present
from integration.delivery.resume import LATER, LEFT, place
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records import audit
from integration.records.clock import database_now

STANDS = frozenset({S.PUBLISHED, S.UPDATING, S.REPLACING})
UNSENT = frozenset({S.WAITING, S.AWAITS_PILOT, S.READY, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED, S.NEEDS_HUMAN, S.FAILED,
                    S.SKIPPED, S.EXPIRED})
ON_ITS_WAY = frozenset({S.DRAFTING, S.DRAFTED, S.PUBLISHING})
UNDER_WAY = "The collection was changed; the update is on its way."


def update(desk: Desk, school_id: str, plan_id: str, account_id: str) -> PlanCard:
    """Order the update of every class that needs it; the plan as it is then.

    Raises NotFound, Invalid when Classroom would not take the new words, AlreadyDone for a plan that was never accepted.
    """
    new = present(desk, school_id, plan_id)
    with desk.transaction() as session:
        plan = plan_row(session, school_id, plan_id)
        rows = session.scalars(select(Delivery).where(Delivery.plan_id == plan_id).order_by(Delivery.id).with_for_update()).all()
        if not rows:
            raise AlreadyDone("Nothing of this plan has gone out, so there is nothing to update. Plan the collection anew.")
        check(new, [row.course_id for row in rows])
        _keep(session, plan, new)
        is_in_doubt, now = is_quiet(session), database_now(session)
        changing = sum(_order(session, row, new, now, is_in_doubt=is_in_doubt) for row in rows)
        if changing:
            audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="update",
                       object=f"plan:{plan_id}", result=f"{changing} deliveries")
            plan.state = PlanState.RUNNING if plan.state is not PlanState.PLANNED else plan.state
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return plan_card(desk, school_id, plan_id)


def _keep(session: Session, plan: Plan, new: Present) -> None:
    """The plan itself says the new words from now on, also for the classes that are still to come."""
    plan.title, plan.materials = new.what.title, [dict(each) for each in new.what.materials]
    for item in session.scalars(select(PlanItem).where(PlanItem.plan_id == plan.id)):
        item.text = new.texts.get(item.course_id, item.text)


def _order(session: Session, row: Delivery, new: Present, now: datetime, *, is_in_doubt: bool) -> bool:
    """Order the update of one class; False when there is nothing to do there.

    While it is in doubt what the records have forgotten, what seems unsent keeps the words by which its post would be known.
    """
    if row.ends_as is not None or LEFT in (row.wanted or {}):
        return False
    is_left_over = row.wanted is not None or row.next_post_id is not None or row.old_post_id is not None
    if not is_left_over and is_up_to_date(row, new.words(row.course_id)):
        return False
    is_free = row.lease_until is None or row.lease_until < now
    wanted = as_wanted(new.what.title, new.texts[row.course_id], new.materials(row.course_id))
    if row.state in STANDS or (row.state is S.DRAFTED and is_free):
        _begin(session, row, wanted, now)
    elif is_under_way(row):
        row.wanted = wanted
    elif not is_in_doubt and row.state in UNSENT and is_free and row.post_id is None and place(session, row) is S.READY:
        _reword(session, row, new, now)
    elif row.state in UNSENT | ON_ITS_WAY:
        row.wanted = {**wanted, LATER: True}
    else:
        return False
    return True


def _begin(session: Session, row: Delivery, wanted: dict[str, Any], now: datetime) -> None:
    """A row in a worker's hands keeps its state; when the worker is done it finds that something newer is wanted."""
    links = {words_sent("", "", materials).links for materials in (row.materials, wanted["materials"])}
    is_relinked = len(links) > 1 or row.next_post_id is not None or row.old_post_id is not None
    if row.state not in {S.UPDATING, S.REPLACING}:
        row.state = S.REPLACING if is_relinked else S.UPDATING
        add_step(session, row.school_id, row.id, row.state, UNDER_WAY, now)
    row.wanted, row.reason, row.next_at, row.tries, row.ended_at = wanted, "", now, 0, None


def _reword(session: Session, row: Delivery, new: Present, now: datetime) -> None:
    """Nothing was begun, so it simply goes out with the new words."""
    row.title, row.text, row.materials = new.what.title, new.texts[row.course_id], new.materials(row.course_id)
    row.content_hash, row.wanted = content_hash(row.kind, row.title, row.text, row.materials), None
    add_step(session, row.school_id, row.id, row.state, "It will go out with the collection’s new words.", now)
