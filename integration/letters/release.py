"""What she does with a letter she has looked at: send it, say that she sent it herself, or lay it aside; and what needs no look."""



from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from integration import later
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid
from integration.letters.envelope import is_address
from integration.letters.links import prolong
from integration.letters.models import Kind, Letter, LetterHabit, LetterState
from integration.letters.shelf import letter_row
from integration.letters.ways import Way
from integration.letters.words import read_parts
from integration.records import audit
from integration.records.base import new_id
from integration.records.upsert import insert_missing

OPEN = (LetterState.DRAFT, LetterState.FAILED, LetterState.UNSURE, LetterState.ASIDE)


def send_it(desk: Desk, school_id: str, letter_id: str, *, to_address: str) -> None:
    """Let a letter go to this address; one that was cut short goes again on her word. Raises NotFound, Invalid, AlreadyDone."""
    if not is_address(to_address.strip()):
        raise Invalid(fields={"to_address": "Write the teacher’s e-mail address, such as rosa@school.example. Nothing was sent."})
    with desk.transaction() as session:
        row = _open_row(session, school_id, letter_id)
        row.to_address, row.state, row.reason, row.next_at, row.tries = to_address.strip(), LetterState.READY, "", desk.now(), 0
        later.ask(session, later.Job.SEND_LETTERS, school_id=school_id)


def sent_by_hand(desk: Desk, school_id: str, letter_id: str) -> None:
    """Write down that she sent it from her own mail. Raises NotFound, AlreadyDone."""
    with desk.transaction() as session:
        row = _open_row(session, school_id, letter_id)
        row.state, row.way, row.reason, row.sent_at = LetterState.SENT, Way.HAND, "", desk.now()
        for part in read_parts(row.words):
            if part.link:
                prolong(session, part.link, desk.now())


def lay_aside(desk: Desk, school_id: str, letter_id: str) -> None:
    """Do not send it. Raises NotFound, AlreadyDone."""
    with desk.transaction() as session:
        _open_row(session, school_id, letter_id).state = LetterState.ASIDE


def let_go_unseen(desk: Desk, school_id: str, account_id: str, kinds: frozenset[Kind]) -> None:
    """Let exactly these kinds of her letters go by themselves from now on; what waits as a draft still waits for her look.

    Without `Kind.BRIEF` among them the Monday brief is not mailed any more; it can still be read here.
    """
    said = {Kind.BRIEF: Kind.BRIEF in kinds, **dict.fromkeys(sorted(kinds), True)}
    with desk.transaction() as session:
        session.execute(delete(LetterHabit).where(LetterHabit.account_id == account_id))
        insert_missing(session, LetterHabit, [{"id": new_id(), "school_id": school_id, "account_id": account_id, "kind": kind,
                                               "goes": goes, "since": desk.now()} for kind, goes in said.items()],
                       key=("account_id", "kind"))
        audit.note(session, school_id=school_id, at=desk.now(), actor=f"account:{account_id}", verb="letters unseen",
                   object=f"account:{account_id}", result=", ".join(sorted(kinds)) or "none")


def _open_row(session: Session, school_id: str, letter_id: str) -> Letter:
    row = session.scalar(select(Letter).where(Letter.id == letter_row(session, school_id, letter_id).id).with_for_update())
    assert row is not None
    if row.state not in OPEN:
        raise AlreadyDone("This letter is on its way or has gone already. Nothing was changed.")
    return row
