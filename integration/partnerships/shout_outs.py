"""Whether a teacher may be thanked by name before her colleagues: her answer by the link, and which sentences may be said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from integration.accounts.models import Account, School
from integration.courses.models import Teacher
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.letters.links import follow
from integration.letters.models import Kind, Letter
from integration.letters.strike import strike
from integration.partnerships.models import Entry, Partnership, ShoutOut, ShoutOutState
from integration.partnerships.thank import SORT
from integration.records import audit

ANSWERS = {"yes": ShoutOutState.AGREED, "no": ShoutOutState.DECLINED}


@dataclass(frozen=True)
class ShoutOutCard:
    """The sentence and her answer, as shown to the librarian and to the teacher alike."""

    id: str
    teacher: str
    librarian: str
    school: str
    words: str
    state: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Agreed:
    """A sentence its teacher said yes to, and what it is for."""

    teacher_id: str
    activity: str
    words: str


def shout_out(desk: Desk, school_id: str, entry_id: str) -> ShoutOutCard | None:
    """What became of the question about an entry; None before it was asked."""
    with desk.transaction() as session:
        row = session.scalar(_with_its_teacher().where(ShoutOut.school_id == school_id, ShoutOut.entry_id == entry_id))
        return _card(session, row) if row else None


def asked_by_link(desk: Desk, secret: str) -> ShoutOutCard:
    """What the link's page shows; nothing is written. Raises NotFound."""
    with desk.transaction() as session:
        return _card(session, session.get_one(ShoutOut, follow(session, secret, desk.now(), opens=SORT).id))


def answer_by_link(desk: Desk, secret: str, said: str, *, to: str) -> None:
    """Keep her answer to the words she saw; `to` are those. The same again changes nothing. Raises NotFound, Invalid."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens=SORT)
        row = session.scalars(select(ShoutOut).where(ShoutOut.id == link.id).with_for_update()).one()
        if said not in ANSWERS:
            raise Invalid(fields={"said": "Choose yes or rather not."})
        if to != row.words:
            raise Invalid("The sentence was changed while this page was open. Nothing was done; read it and answer once more.")
        _set(session, row, ANSWERS[said], desk.now(), actor=f"teacher:{row.teacher_id}")


def unsay(desk: Desk, school_id: str, account_id: str, entry_id: str) -> None:
    """Write down that she does not want to be named; only she can say that she does. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(_with_its_teacher().where(ShoutOut.school_id == school_id, ShoutOut.entry_id == entry_id)
                             .with_for_update(of=ShoutOut))
        if row is None:
            raise NotFound("She was not asked whether she may be named for this, so nobody names her.")
        _set(session, row, ShoutOutState.DECLINED, desk.now(), actor=f"account:{account_id}")


def agreed_between(desk: Desk, school_id: str, first: date, last: date) -> list[Agreed]:
    """The sentences that may be said about what was done from `first` to `last`, both included.

    A yes counts once the time to undo it is over, because robots press buttons too.
    """
    settled = desk.now() - timedelta(seconds=desk.settings.undo_seconds)
    query = (select(ShoutOut.teacher_id, Entry.activity, ShoutOut.words)
             .join(Entry, Entry.id == ShoutOut.entry_id).join(Partnership, Partnership.id == Entry.partnership_id)
             .where(ShoutOut.school_id == school_id, ShoutOut.teacher_id == Partnership.teacher_id,
                    Entry.on >= first, Entry.on <= last,
                    ShoutOut.state == ShoutOutState.AGREED, ShoutOut.answered_at <= settled).order_by(Entry.on, Entry.id))
    with desk.transaction() as session:
        return [Agreed(teacher_id, activity, words) for teacher_id, activity, words in session.execute(query)]


def _set(session: Session, row: ShoutOut, state: ShoutOutState, now: datetime, *, actor: str) -> None:
    if row.state is state:
        return
    row.state, row.answered_at = state, now
    if state is ShoutOutState.DECLINED:
        strike(session, row.school_id, row.words)
    audit.note(session, school_id=row.school_id, at=now, actor=actor, verb=f"answer {state}", object=f"shout-out:{row.id}")


def _with_its_teacher() -> Select[ShoutOut]:
    """Shout-outs of the teacher an entry is with now; it may have been corrected to somebody else's."""
    return (select(ShoutOut).join(Entry, Entry.id == ShoutOut.entry_id).join(Partnership, Partnership.id == Entry.partnership_id)
            .where(ShoutOut.teacher_id == Partnership.teacher_id))


def _card(session: Session, row: ShoutOut) -> ShoutOutCard:
    account = session.scalar(select(Account).join(Letter, Letter.account_id == Account.id).where(
        Letter.kind == Kind.THANKS, Letter.person == f"teacher:{row.teacher_id}", Letter.occasion == row.entry_id))
    librarian = (account.name or account.email) if account else "Your librarian"
    return ShoutOutCard(row.id, session.get_one(Teacher, row.teacher_id).name, librarian,
                        session.get_one(School, row.school_id).name, row.words, row.state.value, row.answered_at)
