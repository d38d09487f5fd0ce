"""How a partnership goes, in four short ratings for the librarian alone: Skills, Planning, Alliance, Cooperation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.models import Proposal, ProposalState
from integration.partnerships.private import PartnershipHealth
from integration.partnerships.shelf import partnership
from integration.records.base import new_id
from integration.records.upsert import upsert

PARTS = {
    "skills": ("Skills", "What each of us brings is known, and used."),
    "planning": ("Planning", "We have a time to plan, and keep it."),
    "alliance": ("Alliance", "We trust each other, and want the same for students."),
    "cooperation": ("Cooperation", "The work is shared, and each does her part."),
}
"""A part → its name, and what it is when it goes well."""
RATINGS = {1: "Not yet", 2: "Beginning", 3: "Steady", 4: "Strong"}
NO_TIME = "no time set"


@dataclass(frozen=True)
class HealthCard:
    """How one partnership goes; a part without a rating is None."""

    partnership_id: str
    ratings: Mapping[str, int | None]
    plan_on: date | None
    """The next day they plan or do something together; None when no time is set."""

    def said(self, part: str) -> str:
        """A part in words: `Steady`; for planning also whether there is a time."""
        words = RATINGS.get(self.ratings[part] or 0, "not said")
        if part != "planning":
            return words
        when = f"{self.plan_on:%B} {self.plan_on.day}, {self.plan_on.year}" if self.plan_on else NO_TIME
        return f"{words}, {when}" if self.ratings[part] else when


def health(desk: Desk, school_id: str, account_id: str, partnership_id: str) -> HealthCard:
    """How a partnership goes as this librarian sees it. Raises NotFound."""
    card, today = partnership(desk, school_id, partnership_id), school(desk, school_id).today(desk.now())
    with desk.transaction() as session:
        row = session.scalar(select(PartnershipHealth).where(
            PartnershipHealth.account_id == account_id, PartnershipHealth.partnership_id == partnership_id))
        agreed = session.scalar(select(func.min(Proposal.on)).where(
            Proposal.school_id == school_id, Proposal.teacher_id == card.teacher_id, Proposal.on >= today,
            Proposal.state.in_((ProposalState.ACCEPTED, ProposalState.ADAPTED))))
        hers = row.plan_on if row is not None and row.plan_on is not None and row.plan_on >= today else None
        return HealthCard(partnership_id, {part: getattr(row, part, None) for part in PARTS},
                          min((day for day in (hers, agreed) if day is not None), default=None))


def rate(desk: Desk, school_id: str, account_id: str, partnership_id: str, ratings: Mapping[str, int | None],
         plan_on: date | None = None) -> None:
    """Say how a partnership goes; a part left out is not said. Raises Invalid, NotFound."""
    partnership(desk, school_id, partnership_id)
    today = school(desk, school_id).today(desk.now())
    faults = {part: f"A rating is one of {', '.join(RATINGS.values())}." for part in PARTS
              if (said := ratings.get(part)) is not None and said not in RATINGS}
    if plan_on is not None and plan_on < today:
        faults["plan_on"] = "This day is over. Choose one to come."
    if faults:
        raise Invalid(fields=faults)
    with desk.transaction() as session:
        upsert(session, PartnershipHealth, [{
            "id": new_id(), "school_id": school_id, "account_id": account_id, "partnership_id": partnership_id,
            **{part: ratings.get(part) for part in PARTS}, "plan_on": plan_on, "rated_at": desk.now()}],
            key=("account_id", "partnership_id"), keep=("id",))
