"""What is left of a sync: which classes' streams, who is reading them, and how it ends.

A class is leased for a while; a worker that is killed simply lets its leases run out. The rows, not the worker, know what is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.courses.models import Course, CourseTeacher, Sync, SyncClass, SyncState, Teacher
from integration.courses.syncs import UNDER_WAY
from integration.desk import Desk
from integration.errors import NotFound
from integration.google.quota import Share
from integration.later import Job, ask

LEASE = timedelta(minutes=3)
"""Longer than the slowest stream takes, shorter than she would wait for a killed worker's classes."""


@dataclass(frozen=True)
class Task:
    """A sync to do."""

    id: str
    school_id: str
    account_id: str
    is_full: bool
    share: Share
    """As what its calls go before those of others."""
    state: SyncState
    asked_at: datetime
    has_classes: bool
    """Whether its classes were read already and only streams are left."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state not in UNDER_WAY


@dataclass(frozen=True)
class Leased:
    """A class whose stream is ours to read for a while."""

    course_id: str
    google_id: str
    teachers: frozenset[str]
    """Google's ids of those who teach it; whatever another person wrote is not kept."""


def task(desk: Desk, sync_id: str) -> Task:
    """The sync to do. Raises NotFound."""
    with desk.transaction() as session:
        row = session.get(Sync, sync_id)
        if row is None:
            raise NotFound("There is no such sync any more. Nothing was read.")
        has_classes = session.scalar(select(SyncClass.id).where(SyncClass.sync_id == sync_id).limit(1)) is not None
        share = Share.INTERACTIVE if row.by_person else Share.BATCH
        return Task(row.id, row.school_id, row.account_id, row.full, share, row.state, row.asked_at, has_classes)


def begin(desk: Desk, sync_id: str) -> None:
    """Mark it as running."""
    with desk.transaction() as session:
        session.execute(update(Sync).where(Sync.id == sync_id, Sync.state.in_(UNDER_WAY)).values(
            state=SyncState.RUNNING, touched_at=desk.now(), began_at=func.coalesce(Sync.began_at, desk.now())))


def beat(desk: Desk, sync_id: str, *, calls: int = 0) -> None:
    """Give a sign of life, and count `calls` to Google."""
    with desk.transaction() as session:
        session.execute(update(Sync).where(Sync.id == sync_id).values(touched_at=desk.now(), calls=Sync.calls + calls))


def lease(desk: Desk, sync_id: str, at_most: int) -> list[Leased]:
    """Take up to `at_most` classes nobody is reading now."""
    now = desk.now()
    with desk.transaction() as session:
        rows = session.scalars(select(SyncClass).where(
            SyncClass.sync_id == sync_id, SyncClass.done_at.is_(None),
            or_(SyncClass.lease_until.is_(None), SyncClass.lease_until <= now),
        ).order_by(SyncClass.id).limit(at_most).with_for_update(skip_locked=True)).all()
        for row in rows:
            row.lease_until = now + LEASE
        return [_leased(session, row) for row in rows]


def give_back(desk: Desk, sync_id: str, course_ids: Iterable[str]) -> None:
    """Let others read these classes at once."""
    with desk.transaction() as session:
        session.execute(update(SyncClass).where(
            SyncClass.sync_id == sync_id, SyncClass.course_id.in_(list(course_ids)), SyncClass.done_at.is_(None),
        ).values(lease_until=None))


def class_done(desk: Desk, sync_id: str, course_id: str, *, posts: int = 0, sentence: str = "") -> None:
    """Count a class as read, or with a `sentence` as one that could not be. A second time changes nothing."""
    with desk.transaction() as session:
        sync = session.scalars(select(Sync).where(Sync.id == sync_id).with_for_update()).one()
        row = session.scalars(select(SyncClass).where(SyncClass.sync_id == sync_id, SyncClass.course_id == course_id)).one()
        if row.done_at is not None:
            return
        row.done_at = sync.touched_at = desk.now()
        sync.classes_left, sync.posts_seen = max(sync.classes_left - 1, 0), sync.posts_seen + posts
        if sentence:
            sync.errors = [*sync.errors, {"class_id": course_id, "sentence": sentence}]


def finish(desk: Desk, sync_id: str) -> bool:
    """End the sync when nothing is left and ask for the reach to be recorded; answer whether it is over.

    It is partial when something could not be read: the classes themselves were, so it has not failed.
    """
    with desk.transaction() as session:
        left = session.scalar(select(func.count()).where(SyncClass.sync_id == sync_id, SyncClass.done_at.is_(None)))
        sync = session.scalars(select(Sync).where(Sync.id == sync_id).with_for_update()).one()
        if left or sync.state not in UNDER_WAY:
            return not left
        _end(sync, desk, SyncState.PARTIAL if sync.errors else SyncState.DONE)
        ask(session, Job.RECORD_REACH, school_id=sync.school_id)
        return True


def stop(desk: Desk, sync_id: str, sentence: str) -> None:
    """End the sync as failed, for a reason that is no single class's. What was read before stays."""
    with desk.transaction() as session:
        sync = session.scalars(select(Sync).where(Sync.id == sync_id).with_for_update()).one()
        sync.errors = [*sync.errors, {"class_id": "", "sentence": sentence}]
        _end(sync, desk, SyncState.FAILED)


def _end(sync: Sync, desk: Desk, state: SyncState) -> None:
    sync.state, sync.ended_at, sync.touched_at = state, desk.now(), desk.now()


def _leased(session: Session, row: SyncClass) -> Leased:
    course = session.scalars(select(Course).where(Course.id == row.course_id)).one()
    teachers = session.scalars(select(Teacher.google_id).join(CourseTeacher, CourseTeacher.teacher_id == Teacher.id).where(
        CourseTeacher.course_id == course.id))
    librarians = session.scalars(select(Account.google_id).where(Account.school_id == row.school_id))
    return Leased(course.id, course.google_id, frozenset({course.owner_google_id, *teachers, *librarians} - {""}))
