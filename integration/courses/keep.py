"""Write down what a look at the classes found: nothing is deleted, what she corrected stays, and what changed is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.accounts.schools import SchoolCard
from integration.courses.changes import changes_of
from integration.courses.grades import Words
from integration.courses.models import Course, CourseChange, CourseState, CourseTeacher, Mode, Sync, SyncClass, Teacher
from integration.courses.progress import Task
from integration.courses.verdict import Correction, verdict
from integration.desk import Desk
from integration.google.seen import CourseSeen, TeacherSeen
from integration.records.base import new_id
from integration.records.upsert import insert_missing, upsert

HERS = ("id", "first_seen_at", "set_grades", "set_excluded")
WITH_STREAM = frozenset({CourseState.ACTIVE, CourseState.ARCHIVED})


@dataclass(frozen=True)
class Found:
    """A class as Google shows it. `teachers` and `students` are None where they were not asked for."""

    course: CourseSeen
    teachers: tuple[TeacherSeen, ...] | None = None
    students: int | None = None
    trouble: str = ""
    """Why its roster could not be read."""


@dataclass(frozen=True)
class Looked:
    """All that one look found. `gone` maps Google's id of a class no longer shown to the reason in words."""

    school: SchoolCard
    me: str
    found: tuple[Found, ...]
    gone: Mapping[str, str]
    calls: int
    has_emails: bool


def keep(desk: Desk, task: Task, looked: Looked) -> None:
    """Write it all in one transaction: classes, teachers, changes, and which streams are to be read."""
    with desk.transaction() as session:
        before = _before(session, task.school_id)
        librarians = librarians_of(session, task.school_id)
        rows = [row_of(desk, task.account_id, looked, found, before.get(found.course.google_id), librarians)
                for found in looked.found]
        _note_changes(desk, session, before, rows, looked.gone)
        upsert(session, Course, rows, key=("school_id", "google_id"), keep=HERS)
        _mark_gone(session, task.school_id, looked.gone)
        ids = _ids(session, task.school_id)
        _keep_teachers(session, task.school_id, looked)
        _keep_rosters(session, task.school_id, looked, ids)
        _queue_streams(desk, session, task, looked, ids)


def _before(session: Session, school_id: str) -> dict[str, Course]:
    rows = session.scalars(select(Course).where(Course.school_id == school_id).with_for_update())
    return {row.google_id: row for row in rows}


def librarians_of(session: Session, school_id: str) -> dict[str, str]:
    """Account id → Google's id of each librarian of the school."""
    return {row.id: row.google_id for row in session.execute(
        select(Account.id, Account.google_id).where(Account.school_id == school_id))}


def row_of(desk: Desk, looking: str, looked: Looked, found: Found, before: Course | None, librarians: Mapping[str, str]
           ) -> dict[str, Any]:
    """A class's columns, as the account `looking` sees it.

    Two librarians may see the same class: it stays with the first as long as she sees it.
    """
    seen, now = found.course, desk.now()
    is_kept = before is not None and before.state is not CourseState.GONE
    account_id = before.account_id if before is not None and is_kept else looking
    students = found.students if found.students is not None or before is None else before.students
    return {
        "id": new_id(), "school_id": looked.school.id, "account_id": account_id, "google_id": seen.google_id,
        "name": _kept(seen.name, 750), "section": _kept(seen.section, 2800), "heading": _kept(seen.heading, 3600),
        "levels": _kept(seen.levels, 1000), "google_subject": _kept(seen.subject, 1000), "state": _state(seen.state),
        "owner_google_id": seen.owner_google_id, "link": seen.link[:2048], "students": students,
        "mode": Mode.OWN if seen.owner_google_id == librarians.get(account_id, looked.me) else Mode.CO_TAUGHT,
        "google_updated_at": seen.updated_at, "first_seen_at": now, "seen_at": now,
        **_verdict(desk, looked.school, seen, before),
    }


def _verdict(desk: Desk, school: SchoolCard, seen: CourseSeen, before: Course | None) -> dict[str, Any]:
    zone = ZoneInfo(school.timezone)
    created_on = seen.created_at.astimezone(zone).date() if seen.created_at else None
    words = Words(_kept(seen.name, 750), _kept(seen.section, 2800), _kept(seen.heading, 3600), _kept(seen.levels, 1000),
                  created_on)
    hers = Correction(before.set_grades, before.set_excluded) if before is not None else Correction()
    return verdict(words, seen.subject, hers, today=school.today(desk.now()), year_starts_month=school.year_starts_month)


def _kept(text: str, at_most: int) -> str:
    """A NUL is seen in the wild and Postgres refuses it."""
    return text.replace("\x00", "")[:at_most]


def _state(word: str) -> CourseState:
    """Google's word; one it may add later is taken for a class that is not in use."""
    return CourseState(word) if word in CourseState.__members__ else CourseState.SUSPENDED


def _note_changes(desk: Desk, session: Session, before: Mapping[str, Course], rows: list[dict[str, Any]],
                  gone: Mapping[str, str]) -> None:
    now = desk.now()
    for row in rows:
        if (old := before.get(row["google_id"])) is not None:
            session.add_all(_change(old, kind, sentence, now) for kind, sentence in changes_of(old, row))
    session.add_all(_change(before[google_id], "gone", sentence, now) for google_id, sentence in gone.items())


def _change(course: Course, kind: str, sentence: str, now: datetime) -> CourseChange:
    return CourseChange(school_id=course.school_id, course_id=course.id, kind=kind, sentence=sentence[:1000], at=now)


def _mark_gone(session: Session, school_id: str, gone: Mapping[str, str]) -> None:
    for google_id in gone:
        session.execute(update(Course).where(Course.school_id == school_id, Course.google_id == google_id).values(
            state=CourseState.GONE).execution_options(synchronize_session=False))


def _ids(session: Session, school_id: str) -> dict[str, str]:
    rows = session.execute(select(Course.google_id, Course.id).where(Course.school_id == school_id))
    return {row.google_id: row.id for row in rows}


def _keep_teachers(session: Session, school_id: str, looked: Looked) -> None:
    """Names come with the roster; an owner known only by id is added and never wipes out a name."""
    named = {teacher.google_id: teacher for found in looked.found for teacher in found.teachers or ()}
    rows = [{"id": new_id(), "school_id": school_id, "google_id": each.google_id, "name": _kept(each.name, 300),
             "email": each.email[:320]} for each in named.values()]
    upsert(session, Teacher, rows, key=("school_id", "google_id"), keep=("id",) if looked.has_emails else ("id", "email"))
    owners = {found.course.owner_google_id for found in looked.found} - named.keys() - {""}
    insert_missing(session, Teacher, [{"id": new_id(), "school_id": school_id, "google_id": owner, "name": "", "email": ""}
                                      for owner in owners], key=("school_id", "google_id"))


def _keep_rosters(session: Session, school_id: str, looked: Looked, ids: Mapping[str, str]) -> None:
    """Who teaches which class; where the roster was read, those who left it are taken out."""
    teacher_ids = {row.google_id: row.id for row in session.execute(
        select(Teacher.google_id, Teacher.id).where(Teacher.school_id == school_id))}
    rows: list[dict[str, Any]] = []
    for found in looked.found:
        course_id, owner = ids[found.course.google_id], found.course.owner_google_id
        present = {teacher.google_id for teacher in found.teachers or ()} | ({owner} if owner else set())
        rows += [{"id": new_id(), "school_id": school_id, "course_id": course_id, "teacher_id": teacher_ids[each],
                  "is_owner": each == owner} for each in sorted(present)]
    stale = _stale(session, school_id, looked, ids, {(row["course_id"], row["teacher_id"]) for row in rows})
    for link_id, is_left in stale.items():
        session.execute(delete(CourseTeacher).where(CourseTeacher.id == link_id) if is_left else
                        update(CourseTeacher).where(CourseTeacher.id == link_id).values(is_owner=False))
    upsert(session, CourseTeacher, rows, key=("course_id", "teacher_id"), keep=("id",))


def _stale(session: Session, school_id: str, looked: Looked, ids: Mapping[str, str], present: set[tuple[str, str]]
           ) -> dict[str, bool]:
    """Links that no longer hold: True where the roster says she left, False where only the owner is known to be another."""
    was_read = {ids[found.course.google_id]: found.teachers is not None for found in looked.found}
    links = session.execute(select(CourseTeacher.id, CourseTeacher.course_id, CourseTeacher.teacher_id, CourseTeacher.is_owner)
                            .where(CourseTeacher.school_id == school_id))
    return {link.id: was_read[link.course_id] for link in links
            if link.course_id in was_read and (link.course_id, link.teacher_id) not in present
            and (was_read[link.course_id] or link.is_owner)}


def _queue_streams(desk: Desk, session: Session, task: Task, looked: Looked, ids: Mapping[str, str]) -> None:
    rows = [{"id": new_id(), "school_id": task.school_id, "sync_id": task.id, "course_id": ids[found.course.google_id]}
            for found in looked.found if _state(found.course.state) in WITH_STREAM]
    insert_missing(session, SyncClass, rows, key=("sync_id", "course_id"))
    left = session.scalar(select(func.count()).where(SyncClass.sync_id == task.id, SyncClass.done_at.is_(None)))
    errors = [{"class_id": ids[found.course.google_id], "sentence": found.trouble} for found in looked.found if found.trouble]
    session.execute(update(Sync).where(Sync.id == task.id).values(
        classes_seen=len(looked.found), classes_left=left, calls=Sync.calls + looked.calls, errors=errors,
        touched_at=desk.now()))
