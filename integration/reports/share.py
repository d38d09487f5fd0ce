"""Share the page: a link for somebody who does not sign in, which ends by itself and can be ended."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.letters.links import Followed, follow, link_address, link_to
from integration.letters.models import LetterLink
from integration.reports.period import period

DAYS = (7, 30, 120)
"""For how long a link may open a report."""
SORT = "report"


def share(desk: Desk, school_id: str, said: str, days: int) -> str:
    """The address of a link that opens this report for so many days. Raises Invalid, NotFound."""
    period(said, school(desk, school_id).year_starts_month)
    if days not in DAYS:
        raise Invalid(fields={"days": f"A link lasts {', '.join(map(str, DAYS))} days."})
    with desk.transaction() as session:
        id = link_to(session, desk.settings, school_id, f"{SORT}:{said}", desk.now())
        session.get_one(LetterLink, id).expires_at = desk.now() + timedelta(days=days)
        return link_address(session, desk.settings, id)


def shared(desk: Desk, school_id: str, said: str) -> tuple[str, datetime] | None:
    """The address of the link that opens this report now, and when it ends; None when there is none."""
    with desk.transaction() as session:
        row = session.scalar(select(LetterLink).where(
            LetterLink.school_id == school_id, LetterLink.opens == f"{SORT}:{said}", LetterLink.expires_at > desk.now())
            .order_by(LetterLink.id.desc()).limit(1))
        return None if row is None else (link_address(session, desk.settings, row.id), row.expires_at)


def stop_sharing(desk: Desk, school_id: str, said: str) -> None:
    """End every link to this report, now."""
    with desk.transaction() as session:
        session.execute(delete(LetterLink).where(LetterLink.school_id == school_id, LetterLink.opens == f"{SORT}:{said}"))


def opened(desk: Desk, secret: str) -> Followed:
    """The school and the period a link opens. Raises NotFound."""
    with desk.transaction() as session:
        return follow(session, secret, desk.now(), opens=SORT)
