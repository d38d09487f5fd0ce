"""Send letters that may go: the intent is written down before the letter is handed over, and its end afterwards.

A letter whose answer was lost, or whose process died while handing it over, is `unsure`: nobody sends it a second time without a
person's word.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from integration import nature
from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import Busy, GoogleError, Invalid, NotAllowed, SignInNeeded, Unsure
from integration.letters.dress import dress
from integration.letters.envelope import Ends, envelope
from integration.letters.links import link_address, prolong
from integration.letters.models import Letter, LetterState
from integration.letters.ways import Way, open_way, way_for
from integration.letters.words import read_parts
from integration.records.clock import database_now

LEASE = timedelta(seconds=120)
PAUSE = timedelta(minutes=5)
MOST_TRIES = 24 * 12
"""A day of waiting for a mail server that is away."""
PERHAPS = ("Sending it was cut short, so it may have arrived or not. Throughline may not look into anybody’s mail to find out; "
           "look into your sent mail, or ask her, before you send it again.")
NO_WAY = "Nobody has set up a way to send letters here, so it waits for you to copy it into your own mail."
NO_ADDRESS = "The address is not known. Write it here, or copy the letter into your own mail."


@dataclass(frozen=True)
class _Held:
    id: str
    token: str
    account: Account
    letter: Letter
    way: Way


def send_letters(desk: Desk, school_id: str) -> int:
    """Send what is ready; answer how many letters went. What went wrong is written beside the letter."""
    _give_up_on_those_cut_short(desk, school_id)
    with desk.transaction() as session:
        now = database_now(session)
        due = list(session.scalars(select(Letter.id).where(
            Letter.school_id == school_id, Letter.state == LetterState.READY, Letter.next_at <= now).order_by(Letter.id)))
    return sum(_send(desk, letter_id) for letter_id in due)


def _give_up_on_those_cut_short(desk: Desk, school_id: str) -> None:
    with desk.transaction() as session:
        session.execute(update(Letter).where(
            Letter.school_id == school_id, Letter.state == LetterState.SENDING, Letter.lease_until < database_now(session))
            .values(state=LetterState.UNSURE, reason=PERHAPS, lease_token=None, lease_until=None))


def _send(desk: Desk, letter_id: str) -> bool:
    held = _claim(desk, letter_id)
    if held is None:
        return False
    try:
        message = _message(desk, held)
        with open_way(desk, held.way, held.account, message) as carrier:
            if not _intend(desk, held):
                return False
            carrier.deliver(message)
    except Invalid as error:
        _end(desk, held, LetterState.DRAFT, str(error))
    except Unsure:
        _end(desk, held, LetterState.UNSURE, PERHAPS)
    except (Busy, NotAllowed, SignInNeeded) as error:
        _wait(desk, held, str(error))
    except GoogleError as error:
        _end(desk, held, LetterState.FAILED, str(error))
    else:
        _end(desk, held, LetterState.SENT, "")
        return True
    return False


def _claim(desk: Desk, letter_id: str) -> _Held | None:
    """Take a letter in hand, or lay it back as a draft when it cannot go at all."""
    token = nature.token(16)
    with desk.transaction() as session:
        now = database_now(session)
        taken = session.scalar(update(Letter).where(
            Letter.id == letter_id, Letter.state == LetterState.READY, or_(Letter.lease_until.is_(None), Letter.lease_until < now),
        ).values(lease_token=token, lease_until=now + LEASE).returning(Letter.id))
        if taken is None:
            return None
        letter = session.get_one(Letter, letter_id, populate_existing=True)
        account = session.get_one(Account, letter.account_id)
        way = way_for(desk, account)
        if way is None or not letter.to_address:
            letter.state, letter.reason, letter.lease_until = LetterState.DRAFT, NO_WAY if way is None else NO_ADDRESS, None
            return None
        return _Held(letter_id, token, account, letter, way)


def _message(desk: Desk, held: _Held) -> EmailMessage:
    parts = read_parts(held.letter.words)
    with desk.transaction() as session:
        addresses = {part.link: link_address(session, desk.settings, part.link) for part in parts if part.link}
        for link_id in addresses:
            prolong(session, link_id, desk.now())
    sender = held.account.email if held.way is Way.GMAIL else desk.settings.mail_from
    ends = Ends(held.account.name or held.account.email, sender, held.letter.to_name, held.letter.to_address,
                held.account.email)
    return envelope(dress(held.letter.subject, parts, addresses), ends, id=held.letter.message_id, at=desk.now())


def _intend(desk: Desk, held: _Held) -> bool:
    """Write the intent down; False when the letter is not ours to send any more."""
    with desk.transaction() as session:
        return _move(session, held, LetterState.READY, state=LetterState.SENDING, way=held.way.value, reason="")


def _wait(desk: Desk, held: _Held, sentence: str) -> None:
    """Nothing went: later again, and after a day a person must look."""
    is_over = held.letter.tries + 1 >= MOST_TRIES
    with desk.transaction() as session:
        _move(session, held, LetterState.READY, LetterState.SENDING, reason=sentence[:500], tries=held.letter.tries + 1,
              state=LetterState.FAILED if is_over else LetterState.READY, next_at=database_now(session) + PAUSE, lease_until=None)


def _end(desk: Desk, held: _Held, state: LetterState, sentence: str) -> None:
    with desk.transaction() as session:
        now: datetime = database_now(session)
        _move(session, held, LetterState.READY, LetterState.SENDING, state=state, reason=sentence[:500], lease_until=None,
              sent_at=now if state is LetterState.SENT else None)


def _move(session: Session, held: _Held, *from_states: LetterState, **values: object) -> bool:
    return session.scalar(update(Letter).where(
        Letter.id == held.id, Letter.lease_token == held.token, Letter.state.in_(from_states)).values(**values)
        .returning(Letter.id)) is not None
