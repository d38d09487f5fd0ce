"""What teachers ask the library for, in one line each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from integration.consent.models import HelpRequest
from integration.courses.models import Teacher
from integration.desk import Desk
from integration.errors import Invalid
from integration.letters.links import follow
from integration.records import plain
from integration.records.base import new_id

LONGEST = 300
MOST_OPEN = 20


@dataclass(frozen=True)
class RequestCard:
    """A teacher's line to the library."""

    id: str
    teacher_id: str
    teacher: str
    text: str
    at: datetime
    seen_at: datetime | None


def ask_for_help(desk: Desk, secret: str, text: str) -> None:
    """Write down what the teacher with this link asks for. Raises NotFound, Invalid. The same line again is one request."""
    line = plain.line(text)
    if not line or len(line) > LONGEST or plain.fault(line):
        raise Invalid(fields={"help": f"Write one line of at most {LONGEST} characters, in plain text."})
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
        open_ones = session.scalars(select(HelpRequest.text).where(
            HelpRequest.teacher_id == link.id, HelpRequest.seen_at.is_(None))).all()
        if len(open_ones) >= MOST_OPEN:
            raise Invalid(fields={"help": "Your librarian has not read your last lines yet. Talk with her in person."})
        if line not in open_ones:
            session.add(HelpRequest(id=new_id(), school_id=link.school_id, teacher_id=link.id, text=line, at=desk.now()))


def requests(desk: Desk, school_id: str) -> list[RequestCard]:
    """The lines of a school's teachers, newest first."""
    with desk.transaction() as session:
        found = session.execute(select(HelpRequest, Teacher.name).join(Teacher, Teacher.id == HelpRequest.teacher_id).where(
            HelpRequest.school_id == school_id).order_by(HelpRequest.id.desc()).limit(100))
        return [RequestCard(row.id, row.teacher_id, name, row.text, row.at, row.seen_at) for row, name in found]


def seen(desk: Desk, school_id: str, request_id: str) -> None:
    """Write down that the librarian has read a line; again changes nothing."""
    with desk.transaction() as session:
        session.execute(update(HelpRequest).where(
            HelpRequest.school_id == school_id, HelpRequest.id == request_id, HelpRequest.seen_at.is_(None))
            .values(seen_at=desk.now()))
