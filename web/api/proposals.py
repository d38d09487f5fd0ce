"""Proposals: something concrete to do together, offered to one teacher by a letter."""

from dataclasses import asdict
from datetime import date, datetime

from flask import Response

from integration.partnerships.proposals import ProposalCard, proposal, proposals
from integration.partnerships.propose import NewProposal, carried_out, propose
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Page, Text, one, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("proposals", "Something concrete to do together, offered to one teacher by a letter.")


class ProposalBody(Body):
    """A proposal; its letter has at most 120 words and waits to be looked at."""

    teacher_id: Text
    on: Day
    minutes: int
    activity: Text
    who: Text
    ready: Text = ""
    course_id: Text = ""


class ProposalShape(ById):
    """A proposal: `state` is open, accepted, adapted, declined or done."""

    teacher_id: str
    teacher: str
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


@blueprint.get("/proposals", responses={200: listed(ProposalShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the proposals, newest first."""
    return page(query, lambda after, at_most: proposals(desk(), visitor().school_id, after=after, at_most=at_most), _shape)


@blueprint.post("/proposals", responses={201: ProposalShape})
@open_to(Who.LIBRARIAN)
def add(body: ProposalBody) -> Response:
    """Propose something; its letter waits to be looked at."""
    known = visitor()
    id = propose(desk(), known.school_id, known.account_id, NewProposal(**body.model_dump()))
    return one(_shape(proposal(desk(), known.school_id, id)), 201)


@blueprint.post("/proposals/<id>/done", responses={200: ProposalShape})
@open_to(Who.LIBRARIAN)
def done(path: ById) -> Response:
    """Write down that they did it; a thank-you waits to be looked at."""
    carried_out(desk(), visitor().school_id, path.id)
    return one(_shape(proposal(desk(), visitor().school_id, path.id)))


def _shape(card: ProposalCard) -> ProposalShape:
    given = asdict(card)
    return ProposalShape(**{name: given[name] for name in ProposalShape.model_fields})
