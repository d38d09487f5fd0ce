"""Answer an offer: let a plan go into one more class, or leave that class out.

The answer is kept as what the plan does in that class, so nothing is offered twice and of two answers the first counts.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration import later
from integration.accounts.schools import school
from integration.courses.models import Course
from integration.courses.shelf import courses
from integration.delivery.accept import behind, new_row
from integration.delivery.ask import ask_teachers
from integration.delivery.lease import add_step
from integration.delivery.models import Action, Delivery, Plan, PlanItem, PlanState
from integration.delivery.offers import Offer, offers
from integration.delivery.permission import permissions
from integration.delivery.pilot import is_behind_pilot, locked
from integration.delivery.plans import PlanCard, plan_card
from integration.delivery.present import present
from integration.desk import Desk
from integration.errors import NotFound
from integration.records import audit
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import insert_missing

NOT_OFFERED = "This plan is not offered to that class any more, so nothing was changed. Look at the plan again."
LEFT_OUT = "You left it out when it was offered, on {}."


def take_offer(desk: Desk, school_id: str, plan_id: str, course_id: str, account_id: str) -> PlanCard:
    """Let the plan go into this class too, in the collection's present words and as its teachers allow; the plan as it is then.

    A second time changes nothing. Raises NotFound when it is not offered.
    """
    offer = _offered(desk, school_id, plan_id, course_id)
    if offer is None:
        return plan_card(desk, school_id, plan_id)
    new, place = present(desk, school_id, plan_id), school(desk, school_id)
    cards = {card.id: card for card in courses(desk, school_id)}
    with desk.transaction() as session:
        plan, now = locked(session, school_id, plan_id), database_now(session)
        item = _answered(session, plan, offer, Action(offer.action), offer.reason)
        if item is not None:
            allowed = permissions(session, place, max(now, plan.publish_at or now)).may(cards[course_id], plan.kind, plan.topic)
            row = new_row(plan, item, session.get_one(Course, course_id), now, allowed, new.materials(course_id), new.what.title)
            if is_behind_pilot(session, plan.id):
                row = behind(row, plan.pilot_id or "", cards[plan.pilot_id or ""].name)
            insert_missing(session, Delivery, [row], key=["plan_id", "occurrence", "course_id"])
            add_step(session, school_id, row["id"], row["state"], row["reason"], now)
            ask_teachers(session, desk.settings, place, cards, [session.get_one(Delivery, row["id"])], now)
            plan.state = PlanState.RUNNING
            audit.note(session, school_id=school_id, at=now, actor=f"account:{account_id}", verb="accept",
                       object=f"plan:{plan_id}", result=f"class:{course_id}")
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return plan_card(desk, school_id, plan_id)


def decline_offer(desk: Desk, school_id: str, plan_id: str, course_id: str, account_id: str) -> PlanCard:
    """Leave the class out for good; the plan as it is then. A second time changes nothing.

    Raises NotFound when it is not offered.
    """
    offer, on = _offered(desk, school_id, plan_id, course_id), school(desk, school_id).today(desk.now())
    if offer is not None:
        with desk.transaction() as session:
            plan = locked(session, school_id, plan_id)
            if _answered(session, plan, offer, Action.SKIP, LEFT_OUT.format(f"{on:%B} {on.day}")) is not None:
                audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="decline",
                           object=f"plan:{plan_id}", result=f"class:{course_id}")
    return plan_card(desk, school_id, plan_id)


def _offered(desk: Desk, school_id: str, plan_id: str, course_id: str) -> Offer | None:
    """The offer; None when it was answered before."""
    found = next((each for each in offers(desk, school_id, plan_id) if each.course_id == course_id), None)
    if found is None:
        with desk.transaction() as session:
            if session.scalar(select(PlanItem.id).where(PlanItem.plan_id == plan_id, PlanItem.course_id == course_id)) is None:
                raise NotFound(NOT_OFFERED)
    return found


def _answered(session: Session, plan: Plan, offer: Offer, action: Action, reason: str) -> PlanItem | None:
    """Her answer written down; None when there was one already."""
    row = {"id": new_id(), "school_id": plan.school_id, "plan_id": plan.id, "course_id": offer.course_id, "action": action,
           "reason": reason[:500], "text": offer.text}
    if not insert_missing(session, PlanItem, [row], key=("plan_id", "course_id")):
        return None
    return session.get_one(PlanItem, row["id"])
