"""A teacher chooses anew: it is written down, and whatever waits or is on its way obeys in the same moment."""

from datetime import datetime, timedelta

from sqlalchemy import select

from integration import later
from integration.accounts.schools import school
from integration.consent.choices import EVERYWHERE, ChoiceCard
from integration.consent.choose import NewChoice, write_choice
from integration.consent.chosen_letter import tell_of_choice
from integration.courses.models import CourseTeacher
from integration.courses.shelf import courses
from integration.delivery.ask import ask_teachers
from integration.delivery.models import Delivery, Plan
from integration.delivery.obey import IN_THEIR_CLASSES, PENDING, apply, on_its_day, unagreed
from integration.delivery.permission import permissions
from integration.desk import Desk


def choose_by_link(desk: Desk, school_id: str, teacher_id: str, new: NewChoice, *, is_told: bool = True) -> None:
    """Write down what somebody with her link chose for all her classes, and a letter that tells her. Raises NotFound, Invalid."""
    chosen = choose(desk, school_id, teacher_id, new, by=f"teacher:{teacher_id}", undo_until=undo_until(desk))
    if is_told:
        with desk.transaction() as session:
            tell_of_choice(session, desk.settings, school_id, chosen, desk.now())


def undo_until(desk: Desk) -> datetime:
    """Until when what is chosen now by a link loosens nothing."""
    return desk.now() + timedelta(seconds=desk.settings.undo_seconds)


def choose(desk: Desk, school_id: str, teacher_id: str, new: NewChoice, *, by: str, place: str = EVERYWHERE,
           undo_until: datetime | None = None) -> ChoiceCard:
    """Write down what a teacher allows from now on, as `by` said it: `teacher:<id>`, or `account:<id>` of a librarian.

    What she said yes to one by one still goes. Raises NotFound, Invalid, NotAllowed; see `consent.choose`.
    """
    cards, where, now = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id), desk.now()
    with desk.transaction() as session:
        chosen = write_choice(session, school_id, teacher_id, new, by=by, now=now, place=place, undo_until=undo_until)
        allowed = permissions(session, where, now)
        hers = select(CourseTeacher.course_id).where(CourseTeacher.teacher_id == teacher_id)
        changed = []
        for row in unagreed(session, school_id, IN_THEIR_CLASSES.where(
                Delivery.state.in_(PENDING), Delivery.published_at.is_(None), Delivery.course_id.in_(hers))):
            topic = session.get_one(Plan, row.plan_id).topic
            verdict = on_its_day(allowed, where, row, now).may(cards[row.course_id], row.kind, topic)
            if apply(session, row, verdict, now):
                changed.append(row)
        ask_teachers(session, desk.settings, where, cards, changed, now)
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
    return chosen
