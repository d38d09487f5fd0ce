"""Sync the classes: read every page from Google first, then write what changed in one short transaction."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select

from integration import nature
from integration.accounts.connection import note_trouble, open_classroom
from integration.accounts.schools import account, school
from integration.courses import progress
from integration.courses.keep import Found, Looked, keep
from integration.courses.models import Sync, SyncState
from integration.courses.progress import Task
from integration.courses.syncs import UNDER_WAY
from integration.courses.vanished import vanished
from integration.desk import Desk
from integration.errors import Busy, Refused, SignInNeeded
from integration.google.call import CUT_SHORT
from integration.google.classroom import Classroom
from integration.google.scopes import EMAILS, ROSTERS
from integration.google.seen import CourseSeen
from integration.later import Job, ask

AT_ONCE = 8
"""Rosters read at the same time; Google answers in about a tenth of a second and allows twenty calls a second."""
A_BATCH = 40
"""Rosters between two signs of life."""
PATIENCE = timedelta(hours=1)
"""How long the first list of classes is tried for before the sync says it failed."""
WITH_ROSTER = frozenset({"ACTIVE", "PROVISIONED"})


def request_sync(desk: Desk, school_id: str, account_id: str, *, full: bool = False, by_person: bool = False) -> str:
    """Ask for a sync and answer its id; one of this account that is under way is answered instead of a second.

    One that a person asked for goes before others at Google.
    """
    with desk.transaction() as session:
        row = session.scalar(select(Sync).where(
            Sync.school_id == school_id, Sync.account_id == account_id, Sync.state.in_(UNDER_WAY)).limit(1))
        if row is None:
            now = desk.now()
            row = Sync(school_id=school_id, account_id=account_id, state=SyncState.QUEUED, full=full, by_person=by_person,
                       errors=[], asked_at=now, touched_at=now)
            session.add(row)
            session.flush()
        row.full, row.by_person = row.full or full, row.by_person or by_person
        ask(session, Job.SYNC_COURSES, sync_id=row.id)
        return row.id


def sync_courses(desk: Desk, sync_id: str) -> None:
    """Read the classes of a sync, then ring for their streams; again after that only rings.

    Raises Busy, with nothing written, when Google must be waited for; the sweep tries again. What needs the librarian ends
    the sync as failed, with the reason in its errors.
    """
    task = progress.task(desk, sync_id)
    if task.is_over:
        return
    if not task.has_classes:
        progress.begin(desk, sync_id)
        looked = _look_or_stop(desk, task)
        if looked is None:
            return
        keep(desk, task, looked)
    _go_on(desk, task)


def _go_on(desk: Desk, task: Task) -> None:
    if progress.finish(desk, task.id):
        return
    with desk.transaction() as session:
        ask(session, Job.SYNC_STREAMS, sync_id=task.id)


def _look_or_stop(desk: Desk, task: Task) -> Looked | None:
    try:
        return _look(desk, task, open_classroom(desk, task.account_id, share=task.share))
    except (SignInNeeded, Refused) as error:
        note_trouble(desk, task.account_id, error)
        progress.stop(desk, task.id, str(error))
        return None
    except Busy:
        if desk.now() - task.asked_at < PATIENCE:
            raise
        progress.stop(desk, task.id, "Google could not be reached for an hour, so no class was read. Sync again later.")
        return None


def _look(desk: Desk, task: Task, classroom: Classroom) -> Looked:
    """Everything Google shows of her classes, with no transaction open."""
    seen = [course for page in classroom.list_courses() for course in page]
    progress.beat(desk, task.id)
    found = list(_with_rosters(desk, task, classroom, seen))
    me = account(desk, task.account_id)
    gone = vanished(desk, classroom, task.school_id, task.account_id, seen)
    return Looked(school=school(desk, task.school_id), me=me.google_id, found=tuple(found), gone=gone, calls=classroom.calls,
                  has_emails=EMAILS in classroom.grant.scopes)


def _with_rosters(desk: Desk, task: Task, classroom: Classroom, seen: Sequence[CourseSeen]) -> Iterator[Found]:
    """Each class with its teachers and how many students, where she allowed that; else with its owner's id alone."""
    if ROSTERS not in classroom.grant.scopes:
        yield from (Found(course) for course in seen)
        return
    with nature.Threads(AT_ONCE) as pool:
        for start in range(0, len(seen), A_BATCH):
            yield from pool.map(lambda course: _roster(classroom, course), seen[start:start + A_BATCH])
            progress.beat(desk, task.id)


def _roster(classroom: Classroom, course: CourseSeen) -> Found:
    if course.state not in WITH_ROSTER:
        return Found(course)
    try:
        teachers = classroom.list_teachers(course.google_id)
        return Found(course, teachers, classroom.count_students(course.google_id))
    except Refused as error:
        return Found(course, trouble=str(error))
    except Busy as error:
        if error.status not in CUT_SHORT:
            raise
        return Found(course, trouble="Google did not answer properly when asked who is in this class. The next sync asks again.")
