"""The steps of a round: what each does, and what it counts."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from integration import later
from integration.courses.models import Course, CourseChange, SyncState
from integration.courses.sync import request_sync
from integration.courses.syncs import UNDER_WAY, SyncReport, sync_report
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.observe import observe
from integration.desk import Desk
from integration.reach.count import total
from integration.reach.record import record_reach
from integration.week.brief import brief
from integration.week.models import Step, WeekStep
from integration.week.occurrences import plan_due
from integration.week.turn import Outcome, Turn

PATIENCE = timedelta(hours=2)
"""How long a round waits for its sync before it goes on without."""
STILL_READING = "Google was still being read after two hours, so the round went on without. The sync goes on by itself."


def sync_courses(desk: Desk, turn: Turn) -> Outcome:
    """Read which classes there are; wait until they are known."""
    report = _sync(desk, turn)
    is_over = report.state not in UNDER_WAY
    if not is_over and report.classes_seen == 0 and desk.now() - turn.step_began_at < PATIENCE:
        return Outcome(waits=True)
    with desk.transaction() as session:
        new = _count(session, Course, Course.school_id == turn.school_id, Course.first_seen_at > turn.since)
        changed = _count(session, CourseChange, CourseChange.school_id == turn.school_id, CourseChange.at > turn.since)
    has_failed = report.state is SyncState.FAILED
    said = tuple(str(each["sentence"]) for each in report.errors if not each.get("class_id"))
    return Outcome({"classes": report.classes_seen, "new_classes": new, "changed_classes": changed},
                   said or (() if is_over or report.classes_seen else (STILL_READING,)), has_failed=has_failed)


def sync_streams(desk: Desk, turn: Turn) -> Outcome:
    """Wait until each class's stream was read; a class that could not be is named."""
    report = _sync(desk, turn)
    is_over = report.state not in UNDER_WAY
    if not is_over and desk.now() - turn.step_began_at < PATIENCE:
        return Outcome({"posts": report.posts_seen}, calls=report.calls, waits=True)
    said = tuple(str(each["sentence"]) for each in report.errors if each.get("class_id"))
    return Outcome({"posts": report.posts_seen, "unread_classes": len(said)}, said if is_over else (*said, STILL_READING),
                   calls=report.calls, has_failed=report.state is SyncState.FAILED)


def judge(desk: Desk, turn: Turn) -> Outcome:
    """Say of each post whether it stands, was edited, or was removed."""
    observe(desk, turn.school_id)
    with desk.transaction() as session:
        mine = Delivery.account_id == turn.account_id
        return Outcome({"standing": _count(session, Delivery, mine, Delivery.state == S.PUBLISHED),
                        "edited": _count(session, Delivery, mine, Delivery.edited_at > turn.since),
                        "removed": _count(session, Delivery, mine, Delivery.removed_at > turn.since)})


def send(desk: Desk, turn: Turn) -> Outcome:
    """Ring for what may go now; the ledger says how each goes."""
    with desk.transaction() as session:
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=turn.school_id)
        mine = Delivery.account_id == turn.account_id
        return Outcome({"ready": _count(session, Delivery, mine, Delivery.state == S.READY),
                        "waiting": _count(session, Delivery, mine, Delivery.state == S.WAITING),
                        "failed": _count(session, Delivery, mine, Delivery.state.in_((S.FAILED, S.NEEDS_HUMAN)))})


def reach(desk: Desk, turn: Turn) -> Outcome:
    """Write into the log what stands."""
    entries, row = record_reach(desk, turn.school_id), total(desk, turn.school_id)
    return Outcome({"entries": entries, "classes_reached": row.classes, "teachers_reached": row.teachers})


def _sync(desk: Desk, turn: Turn) -> SyncReport:
    """The round's one sync, asked for once; a step cut short finds it again."""
    with desk.transaction() as session:
        known = session.scalar(select(WeekStep.sync_id).where(WeekStep.week_id == turn.week_id, WeekStep.sync_id.is_not(None)))
    sync_id = known or request_sync(desk, turn.school_id, turn.account_id, by_person=turn.is_by_hand)
    if known is None:
        with desk.transaction() as session:
            session.execute(update(WeekStep).where(WeekStep.week_id == turn.week_id, WeekStep.step == turn.step)
                            .values(sync_id=sync_id))
    return sync_report(desk, turn.school_id, sync_id)


def _count(session: Session, table: type[Delivery | Course | CourseChange], *which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*which)) or 0


DOERS: Mapping[Step, Callable[[Desk, Turn], Outcome]] = {
    Step.SYNC_COURSES: sync_courses, Step.SYNC_STREAMS: sync_streams, Step.JUDGE: judge, Step.PLAN: plan_due,
    Step.SEND: send, Step.REACH: reach, Step.BRIEF: brief,
}
