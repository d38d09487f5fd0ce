"""Bring deliveries in line with what their teachers allow: before anything is sent, and when a teacher chooses anew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard, school
from integration.consent.allowed import Allowed, Verdict, agreed_among, refused
from integration.courses.models import Course, Mode
from integration.courses.shelf import course, courses
from integration.delivery.ask import ask_teachers
from integration.delivery.expire import PATIENCE_WITH_A_TEACHER
from integration.delivery.generations import is_in_doubt
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery, Plan
from integration.delivery.models import DeliveryState as S
from integration.delivery.permission import Permissions, permissions
from integration.delivery.resume import place, take_back
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.records.clock import database_now

PENDING = (S.WAITING, S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED,
           S.NEEDS_HUMAN)
ASK_FIRST = "Its draft was taken back, because the teacher is to be asked first. Try again to ask her."
# Built once: putting a statement together takes longer than carrying it out.
IN_THEIR_CLASSES = select(Delivery).join(Course, Course.id == Delivery.course_id).where(
    Delivery.school_id == bindparam("school_id"), Course.mode != Mode.OWN).order_by(Delivery.id).with_for_update(of=Delivery)
"""Deliveries into teachers' classes, in the order they were made."""
_DUE = IN_THEIR_CLASSES.where(Delivery.state == S.READY, Delivery.next_at <= bindparam("soon"))
LOOKS_AHEAD = timedelta(minutes=1)
"""Longer than a round of sending, in which more falls due."""


def obey(desk: Desk, school_id: str) -> int:
    """Hold back what is due and neither agreed to nor covered by a teacher's choice; answer how many changed."""
    with desk.transaction() as session:
        soon = database_now(session) + LOOKS_AHEAD
        if not unagreed(session, school_id, _DUE, soon=soon):
            return 0
    cards, where = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id)
    with desk.transaction() as session:
        allowed, changed = permissions(session, where, desk.now(), is_ready_counted=False), []
        for row in unagreed(session, school_id, _DUE, soon=soon):
            topic = session.get_one(Plan, row.plan_id).topic
            if apply(session, row, allowed.may(cards[row.course_id], row.kind, topic), desk.now()):
                changed.append(row)
            allowed.counts[row.course_id] += 1
        ask_teachers(session, desk.settings, where, cards, changed, desk.now())
    return len(changed)


def lacks_consent(desk: Desk, row: Delivery) -> bool:
    """Whether a teacher must be asked before a delivery goes. Raises AlreadyDone when she has said no."""
    card, where = course(desk, row.school_id, row.course_id), school(desk, row.school_id)
    with desk.transaction() as session:
        if refused(session, row.school_id, f"delivery:{row.id}"):
            raise AlreadyDone("The teacher said no to this one, so nothing was sent. Talk with her before you plan it anew.")
        if agreed_among(session, row.school_id, [f"delivery:{row.id}"]):
            return False
        topic = session.get_one(Plan, row.plan_id).topic
        allowed = on_its_day(permissions(session, where, desk.now()), where, row, desk.now()).may(card, row.kind, topic)
    if allowed.verdict is Verdict.NO:
        raise AlreadyDone(f"Nothing was sent. {allowed.reason}")
    return allowed.verdict is Verdict.ASK


def ask_about(desk: Desk, school_id: str, delivery_id: str) -> None:
    """Ask the teacher of a delivery that waits anew."""
    cards, where = {card.id: card for card in courses(desk, school_id)}, school(desk, school_id)
    with desk.transaction() as session:
        row = session.get_one(Delivery, delivery_id)
        ask_teachers(session, desk.settings, where, cards, [row], desk.now())


def unagreed(session: Session, school_id: str, among: Select[Delivery], **given: Any) -> Sequence[Delivery]:
    """Those of a school `among` its deliveries to which nobody said yes one by one; `among` is made from IN_THEIR_CLASSES."""
    found = session.scalars(among, {"school_id": school_id, **given}).all()
    agreed = agreed_among(session, school_id, [f"delivery:{row.id}" for row in found])
    return [row for row in found if f"delivery:{row.id}" not in agreed]


def apply(session: Session, row: Delivery, allowed: Allowed, now: datetime) -> bool:
    """Let a delivery that has not come to its end obey; True when something changed.

    One in a worker's hands is only told: the worker sees it at its next step and stops.
    """
    if row.ends_as is not None:
        return False
    if allowed.verdict is Verdict.DRAFT:
        return _stay_a_draft(session, row, allowed.reason, now)
    if allowed.verdict is Verdict.ASK:
        return row.state is not S.WAITING and not row.draft_only and hold(session, row, S.WAITING, allowed.reason, now)
    return allowed.verdict is Verdict.NO and hold(session, row, S.SKIPPED, allowed.reason, now)


def on_its_day(allowed: Permissions, where: SchoolCard, row: Delivery, now: datetime) -> Permissions:
    """What is allowed on the day a delivery is due, however full that week is: that is for the day itself to judge."""
    return replace(allowed, on=where.today(max(row.next_at, now)), counts=Counter())


def _stay_a_draft(session: Session, row: Delivery, sentence: str, now: datetime) -> bool:
    if row.draft_only or row.state in {S.WAITING, S.PUBLISHING}:
        return False
    row.draft_only = True
    add_step(session, row.school_id, row.id, row.state, sentence, now)
    return True


def hold(session: Session, row: Delivery, to: S, sentence: str, now: datetime) -> bool:
    """Hold back what has not begun; take back what has, which can be tried again afterwards. False when that is under way."""
    if row.ends_as is not None:
        return False
    is_free = row.lease_until is None or row.lease_until < now
    is_untouched = row.state is S.WAITING or (is_free and place(session, row) is S.READY)
    if not is_untouched or is_in_doubt(session, row):
        take_back(row, now, ends_as=S.SKIPPED, because=sentence if to is S.SKIPPED else ASK_FIRST)
    elif to is S.WAITING:
        row.state, row.reason, row.expires_at = to, sentence[:500], now + PATIENCE_WITH_A_TEACHER
    else:
        row.state, row.reason, row.ended_at = to, sentence[:500], now
    add_step(session, row.school_id, row.id, row.state, row.reason, now)
    return True
