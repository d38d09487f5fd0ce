"""Send what is due: in hands of up to fifty deliveries of one account, several hands at once, for a slice of time.

A hand is claimed, drafted, published and written down together; each step is a few statements and one trip to Google, however
many there are. When a slice is over and more is due, the bell is rung for the rest, so that schools take turns.
"""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import BindParameter, bindparam, func, or_, select, update

from integration import later, nature
from integration.accounts.connection import open_classroom
from integration.delivery.advance import advance
from integration.delivery.expire import expire
from integration.delivery.follow import follow
from integration.delivery.generations import is_quiet
from integration.delivery.held import obey_pauses
from integration.delivery.lease import DELIVERIES, claim
from integration.delivery.machine import WORKABLE
from integration.delivery.obey import obey
from integration.delivery.pause import pause, wake
from integration.delivery.rota import Rota, Turn
from integration.delivery.settle import settle
from integration.delivery.trouble import soon
from integration.desk import Desk
from integration.errors import Busy, GoogleError, SignInNeeded, Unsure
from integration.records.clock import database_now

AT_ONCE = 8
"""Hands in flight at the same time."""
SLICE = 15.0
"""Seconds until other schools have their turn; with the one call still in flight it ends within a worker's time to shut down."""

# Built once: putting a statement together takes longer than carrying it out.
_NOW: BindParameter[datetime] = bindparam("now")
_DUE = (DELIVERIES.c.school_id == bindparam("school"), DELIVERIES.c.state.in_(WORKABLE), DELIVERIES.c.next_at <= _NOW,
        or_(DELIVERIES.c.lease_until.is_(None), DELIVERIES.c.lease_until < _NOW))
"""What tells a delivery that is due and that nobody holds."""
_ACCOUNTS = select(DELIVERIES.c.account_id, func.count()).where(*_DUE).group_by(DELIVERIES.c.account_id).order_by(
    func.min(DELIVERIES.c.next_at), DELIVERIES.c.account_id)
_LATER = update(DELIVERIES).where(*_DUE, DELIVERIES.c.account_id == bindparam("whose")).values(
    next_at=bindparam("later"), reason=bindparam("why"))
_IS_ANY_DUE = select(DELIVERIES.c.id).where(*_DUE).limit(1)


def send_due(desk: Desk, school_id: str, *, at_once: int = AT_ONCE) -> int:
    """Work on the deliveries of a school that are due; answer how many were taken in hand. With one at once, in this thread.

    What the database says when it is away goes to the caller, once all hands have stopped.
    """
    with desk.transaction() as session:
        if is_quiet(session):
            return 0
    expire(desk, school_id)
    wake(desk, school_id)
    obey_pauses(desk, school_id)
    obey(desk, school_id)
    turns = _turns(desk, school_id)
    rota, hands = Rota([turn for turn, _ in turns]), min(at_once, sum(hands for _, hands in turns))
    if hands <= 1:
        taken = _work(rota)
    else:
        with nature.Threads(hands, thread_name_prefix="send") as pool:
            taken = sum(done.result() for done in [pool.submit(_work, rota) for _ in range(hands)])
    follow(desk, school_id)
    settle(desk, school_id)
    if rota.has_more:
        _ring_for_the_rest(desk, school_id)
    return taken


def _turns(desk: Desk, school_id: str) -> list[tuple[Turn, int]]:
    """A turn for each account with something due, who waits longest first, and how many hands it would fill."""
    ends_at = nature.monotonic() + SLICE
    with desk.transaction() as session:
        now = database_now(session)
        found = session.execute(_ACCOUNTS, {"school": school_id, "now": now}).all()
    turns = ((_turn(desk, school_id, account_id, ends_at), due) for account_id, due in found)
    return [(turn, ceil(due / turn.classroom.calls_a_trip)) for turn, due in turns if turn is not None]


def _turn(desk: Desk, school_id: str, account_id: str, ends_at: float) -> Turn | None:
    """An account's turn; None when it cannot be used just now, which is written down."""
    try:
        return Turn(desk, school_id, account_id, open_classroom(desk, account_id), ends_at)
    except SignInNeeded as error:
        pause(desk, account_id, str(error))
    except (Busy, Unsure) as error:
        _put_off(desk, school_id, account_id, error)
    return None


def _put_off(desk: Desk, school_id: str, account_id: str, error: GoogleError) -> None:
    """Nothing can be sent for this account just now: all of it a little later."""
    with desk.transaction() as session:
        now = database_now(session)
        next_at = now + timedelta(seconds=soon(getattr(error, "retry_after", 0.0)))
        session.execute(_LATER, {"school": school_id, "now": now, "whose": account_id, "later": next_at,
                                 "why": str(error)[:500]})


def _work(rota: Rota) -> int:
    """One hand after the other, from whichever account's turn it is; answer how many deliveries were taken in hand."""
    taken, is_well = 0, False
    try:
        while (turn := rota.next()) is not None:
            hand = claim(turn.desk, turn.school_id, turn.account_id, turn.classroom.calls_a_trip)
            taken += len(hand)
            if hand:
                advance(turn, hand)
            else:
                rota.leave(turn)
        is_well = True
    finally:
        if not is_well:
            rota.stop()
    return taken


def _ring_for_the_rest(desk: Desk, school_id: str) -> None:
    with desk.transaction() as session:
        now = database_now(session)
        if session.scalar(_IS_ANY_DUE, {"school": school_id, "now": now}) is not None:
            later.ask(session, later.Job.SEND_DELIVERIES, school_id=school_id)
