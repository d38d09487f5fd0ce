"""Read the classes: as cards, with the teachers in them and what changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account
from integration.courses.models import Confidence, Course, CourseChange, CourseState, CourseTeacher, Mode, Teacher
from integration.desk import Desk
from integration.errors import NotFound

GRADES = ("PK", "TK", "K", *(str(number) for number in range(1, 13)))
"""Every grade code, youngest first."""
NAMES = {"PK": "Pre-K", "TK": "Transitional kindergarten", "K": "Kindergarten"}
COLLEAGUE = "colleague:"
"""How the id of somebody Google does not know begins; Google's own are digits."""
# Built once: putting a statement together takes longer than carrying it out.
_LIBRARIANS = select(Account.google_id).where(Account.school_id == bindparam("school_id"))
_EVERY_TEACHER = select(CourseTeacher.course_id, CourseTeacher.is_owner, Teacher).join(
    Teacher, Teacher.id == CourseTeacher.teacher_id).where(CourseTeacher.school_id == bindparam("school_id"))
_SOME_TEACHERS = _EVERY_TEACHER.where(CourseTeacher.course_id.in_(bindparam("ids", expanding=True)))
TO_CHECK = (Confidence.DOUBTFUL, Confidence.UNKNOWN)


def grade_name(code: str) -> str:
    """A grade in words: `Grade 6`, `Kindergarten`."""
    return NAMES.get(code) or f"Grade {code}"


@dataclass(frozen=True)
class Filter:
    """Which classes are asked for; an empty field asks for all."""

    grade: str = ""
    subject: str = ""
    mode: str = ""
    text: str = ""
    """A part of the name, in any case."""
    doubtful: bool | None = None
    """True: only those in use whose grade she should look at; False: only the others."""
    confidence: str = ""


@dataclass(frozen=True)
class TeacherCard:
    """A teacher; without the roster permission only the id is known."""

    id: str
    google_id: str
    name: str
    email: str
    is_owner: bool
    is_librarian: bool = False
    """Whether she is a librarian of this school who connected her account."""

    @property
    def called(self) -> str:
        """What to call her on a page."""
        return self.name or self.email or "a teacher whose name is not known"


@dataclass(frozen=True)
class CourseCard:
    """A class as shown."""

    id: str
    account_id: str
    google_id: str
    name: str
    section: str
    heading: str
    grades: tuple[str, ...]
    confidence: Confidence
    evidence: tuple[str, ...]
    subject: str
    mode: Mode
    teachers: tuple[TeacherCard, ...]
    """The owner first, librarians last."""
    students: int | None
    state: CourseState
    school_year: str
    excluded: bool
    doubts: tuple[str, ...]
    link: str
    seen_at: datetime
    is_corrected: bool
    """Whether the grades are hers rather than detected."""

    @property
    def is_doubtful(self) -> bool:
        """Whether she should look at the grade: it is unsure, or none was found where one is likely."""
        return self.confidence in TO_CHECK


@dataclass(frozen=True)
class ChangeCard:
    """Something that changed about a class."""

    kind: str
    sentence: str
    at: datetime


def course(desk: Desk, school_id: str, course_id: str) -> CourseCard:
    """One class. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Course).where(Course.school_id == school_id, Course.id == course_id))
        if row is None:
            raise NotFound("There is no such class. It may belong to another school.")
        return _cards(session, school_id, [row])[0]


def courses(desk: Desk, school_id: str, chosen: Filter | None = None, *, after: str | None = None,
            at_most: int | None = None) -> list[CourseCard]:
    """The classes that fit, by name; `after` is the id of the last class of the page before."""
    with desk.transaction() as session:
        query = _narrow(select(Course).where(Course.school_id == school_id), chosen or Filter())
        if after is not None:
            query = _beyond(session, query, school_id, after)
        rows = session.scalars(query.order_by(Course.name, Course.id).limit(at_most)).all()
        return _cards(session, school_id, rows)


def changes(desk: Desk, school_id: str, course_id: str) -> list[ChangeCard]:
    """What changed about a class, newest first."""
    with desk.transaction() as session:
        rows = session.scalars(select(CourseChange).where(
            CourseChange.school_id == school_id, CourseChange.course_id == course_id).order_by(CourseChange.id.desc()))
        return [ChangeCard(row.kind, row.sentence, row.at) for row in rows]


def teachers(desk: Desk, school_id: str) -> list[TeacherCard]:
    """Every teacher of the school's classes, by name; colleagues without a class in Classroom are not among them."""
    with desk.transaction() as session:
        ours = _librarians(session, school_id)
        rows = session.scalars(select(Teacher).where(
            Teacher.school_id == school_id, Teacher.google_id.not_like(f"{COLLEAGUE}%")).order_by(Teacher.name, Teacher.id))
        return [_teacher(row, False, ours) for row in rows]


def teacher(desk: Desk, school_id: str, teacher_id: str) -> TeacherCard:
    """One teacher. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Teacher).where(Teacher.school_id == school_id, Teacher.id == teacher_id))
        if row is None:
            raise NotFound("There is no such teacher. She may belong to another school.")
        return _teacher(row, False, _librarians(session, school_id))


def _narrow(query: Select[Any], chosen: Filter) -> Select[Any]:
    wanted = {Course.subject: chosen.subject, Course.mode: chosen.mode, Course.confidence: chosen.confidence}
    for column, value in wanted.items():
        if value:
            query = query.where(cast(column, Text) == value)
    if chosen.grade:
        query = query.where(cast(Course.grades, Text).contains(f'"{chosen.grade}"', autoescape=True))
    if chosen.text:
        query = query.where(func.lower(Course.name).contains(chosen.text.lower(), autoescape=True))
    return query if chosen.doubtful is None else query.where(_doubt(chosen.doubtful))


def _doubt(is_wanted: bool) -> Any:
    doubt = and_(Course.confidence.in_(TO_CHECK), Course.excluded.is_(False),
                 Course.state.in_((CourseState.ACTIVE, CourseState.PROVISIONED)))
    return doubt if is_wanted else ~doubt


def _beyond(session: Session, query: Select[Any], school_id: str, after: str) -> Select[Any]:
    name = session.scalar(select(Course.name).where(Course.school_id == school_id, Course.id == after))
    if name is None:
        raise NotFound("The page before ended with a class that is not there any more. Begin with the first page.")
    return query.where(or_(Course.name > name, and_(Course.name == name, Course.id > after)))


def _cards(session: Session, school_id: str, rows: Iterable[Course]) -> list[CourseCard]:
    found = list(rows)
    by_course = _teachers_of(session, school_id, [row.id for row in found])
    return [_card(row, by_course[row.id]) for row in found]


def _teachers_of(session: Session, school_id: str, course_ids: list[str]) -> dict[str, list[TeacherCard]]:
    """The teachers of each class. One class is asked for by id; several by school, to stay below the limit of values."""
    query, few = (_SOME_TEACHERS, {"ids": course_ids}) if len(course_ids) < 400 else (_EVERY_TEACHER, dict[str, list[str]]())
    ours, by_course = _librarians(session, school_id), defaultdict[str, list[TeacherCard]](list)
    for course_id, is_owner, row in session.execute(query, {"school_id": school_id, **few}):
        by_course[course_id].append(_teacher(row, is_owner, ours))
    return by_course


def _librarians(session: Session, school_id: str) -> frozenset[str]:
    return frozenset(session.scalars(_LIBRARIANS, {"school_id": school_id}))


def _teacher(row: Teacher, is_owner: bool, ours: frozenset[str]) -> TeacherCard:
    return TeacherCard(row.id, row.google_id, row.name, row.email, is_owner, row.google_id in ours)


def _card(row: Course, found: list[TeacherCard]) -> CourseCard:
    ordered = sorted(found, key=lambda each: (each.is_librarian and not each.is_owner, not each.is_owner, each.name))
    return CourseCard(
        id=row.id, account_id=row.account_id, google_id=row.google_id, name=row.name, section=row.section,
        heading=row.heading, grades=tuple(row.grades), confidence=row.confidence, evidence=tuple(row.evidence),
        subject=row.subject, mode=row.mode, teachers=tuple(ordered), students=row.students, state=row.state,
        school_year=row.school_year, excluded=row.excluded, doubts=tuple(row.doubts), link=row.link, seen_at=row.seen_at,
        is_corrected=row.set_grades is not None)
