"""Let a teacher answer a proposal by the link in her letter: yes, yes with changes, or not now.

She may change her mind until it is done.
"""

from datetime import date

from sqlalchemy import select

from integration.accounts.models import School
from integration.accounts.schools import school_card
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid
from integration.letters.links import follow
from integration.partnerships import log
from integration.partnerships.models import Proposal, ProposalState
from integration.partnerships.proposals import ProposalCard, proposal
from integration.partnerships.propose import LONGEST_MINUTES, YES
from integration.records import audit, plain

LONGEST_WORD = 300
ANSWERS = ("accepted", "declined")


def proposed(desk: Desk, secret: str) -> ProposalCard:
    """What the link's page shows; nothing is written. Raises NotFound."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="proposal")
    return proposal(desk, link.school_id, link.id)


def respond(desk: Desk, secret: str, said: str, *, on: date | None = None, minutes: int | None = None, word: str = "") -> None:
    """Keep her answer; a yes begins the partnership. The same again changes nothing. Raises NotFound, Invalid, AlreadyDone."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="proposal")
        today = school_card(session.get_one(School, link.school_id)).today(desk.now())
        row = session.scalars(select(Proposal).where(Proposal.id == link.id).with_for_update()).one()
        if row.state is ProposalState.DONE:
            raise AlreadyDone("You have done this together already. Nothing was changed.")
        _check(said, on, minutes, word, today)
        is_changed = (on or row.on, minutes or row.minutes, plain.line(word)) != (row.on, row.minutes, row.word)
        row.on, row.minutes, row.word = on or row.on, minutes or row.minutes, plain.line(word)
        is_yes = said == ProposalState.ACCEPTED
        if (is_yes and row.state.value not in YES) or (is_yes and is_changed) or not is_yes:
            row.state = ProposalState.DECLINED if not is_yes else ProposalState.ADAPTED if is_changed else ProposalState.ACCEPTED
        row.answered_at, teacher_id = desk.now(), row.teacher_id
        audit.note(session, school_id=link.school_id, at=desk.now(), actor=f"teacher:{teacher_id}", verb=f"answer {row.state}",
                   object=f"proposal:{row.id}")
    if is_yes:
        log.begin(desk, link.school_id, teacher_id)


def _check(said: str, on: date | None, minutes: int | None, word: str, today: date) -> None:
    kept = plain.line(word)
    wrong = {
        "said": "" if said in ANSWERS else "Choose yes or not now.",
        "on": "" if on is None or on >= today else "This day is over. Choose today or a day to come.",
        "minutes": "" if minutes is None or 1 <= minutes <= LONGEST_MINUTES else f"How many minutes? From 1 to {LONGEST_MINUTES}.",
        "word": "" if len(kept) <= LONGEST_WORD and not plain.fault(kept) else f"Write at most {LONGEST_WORD} characters.",
    }
    if any(wrong.values()):
        raise Invalid(fields={field: sentence for field, sentence in wrong.items() if sentence})
