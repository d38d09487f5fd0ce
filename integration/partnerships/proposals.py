"""Read the proposals: what was offered to whom, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account, School
from integration.courses.models import Course, Teacher
from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.models import Proposal

Rows = Select[Proposal, str, str, Account, str]


@dataclass(frozen=True)
class ProposalCard:
    """A proposal as shown, to the librarian and to its teacher alike."""

    id: str
    teacher_id: str
    teacher: str
    librarian: str
    school: str
    course_id: str
    class_name: str
    on: date
    minutes: int
    activity: str
    who: str
    ready: str
    word: str
    state: str
    made_at: datetime
    answered_at: datetime | None


def proposals(desk: Desk, school_id: str, *, after: str | None = None, at_most: int | None = None) -> list[ProposalCard]:
    """The school's proposals, newest first; `after` is the id of the last one of the page before."""
    query = query_of(school_id).order_by(Proposal.id.desc()).limit(at_most)
    if after is not None:
        query = query.where(Proposal.id < after)
    with desk.transaction() as session:
        return cards(session, query)


def proposal(desk: Desk, school_id: str, proposal_id: str) -> ProposalCard:
    """One proposal. Raises NotFound."""
    with desk.transaction() as session:
        found = cards(session, query_of(school_id).where(Proposal.id == proposal_id))
    if not found:
        raise NotFound("There is no such proposal. It may belong to another school.")
    return found[0]


def query_of(school_id: str) -> Rows:
    """The proposals of a school with the names behind them."""
    return (
        select(Proposal, Teacher.name, Course.name, Account, School.name)
        .join(Teacher, Teacher.id == Proposal.teacher_id).join(Account, Account.id == Proposal.account_id)
        .join(School, School.id == Proposal.school_id).outerjoin(Course, Course.id == Proposal.course_id)
        .where(Proposal.school_id == school_id))


def cards(session: Session, query: Rows) -> list[ProposalCard]:
    """The cards of a query made by `query_of`."""
    found = session.execute(query).all()
    return [ProposalCard(row.id, row.teacher_id, teacher or "the teacher", account.name or account.email, school,
                         row.course_id or "", course or "", row.on, row.minutes, row.activity, row.who, row.ready, row.word,
                         row.state.value, row.made_at, row.answered_at) for row, teacher, course, account, school in found]
