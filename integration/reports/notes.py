"""What she says on the page of one period: the one ask."""

from sqlalchemy import select

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.records import plain
from integration.records.base import new_id
from integration.records.upsert import upsert
from integration.reports.models import ReportNote
from integration.reports.period import period

LONGEST_ASK = 300


def ask(desk: Desk, school_id: str, said: str) -> str:
    """The ask on this report; empty until she says one."""
    with desk.transaction() as session:
        return session.scalar(select(ReportNote.ask).where(ReportNote.school_id == school_id, ReportNote.period == said)) or ""


def set_ask(desk: Desk, school_id: str, said: str, words: str) -> None:
    """Say the one ask of a report; nothing takes it away. Raises Invalid, NotFound."""
    period(said, school(desk, school_id).year_starts_month)
    kept = plain.line(words)
    if len(kept) > LONGEST_ASK:
        raise Invalid(fields={"ask": f"An ask is short: at most {LONGEST_ASK} characters. This has {len(kept):,}."})
    if fault := plain.fault(kept):
        raise Invalid(fields={"ask": f"This has {fault}. Type it anew."})
    with desk.transaction() as session:
        upsert(session, ReportNote, [{"id": new_id(), "school_id": school_id, "period": said, "ask": kept}],
               key=("school_id", "period"), keep=("id",))
