"""Send what is due: claim each delivery, draft it, publish it, write it down; what goes wrong leaves its reason in the row."""

import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import or_, select, update

from integration import nature
from integration.accounts.connection import note_trouble, open_classroom
from integration.delivery.cancel import cancel
from integration.delivery.change import change
from integration.delivery.draft import draft
from integration.delivery.expire import expire
from integration.delivery.follow import follow
from integration.delivery.generations import is_quiet
from integration.delivery.held import obey_pauses
from integration.delivery.lease import Held, Lost, claim, let_go, move
from integration.delivery.machine import CHANGING, WORKABLE
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.obey import obey
from integration.delivery.pause import park, pause, pause_google, wake
from integration.delivery.publish import publish
from integration.delivery.rest import rest
from integration.delivery.resume import has_lost_answer
from integration.delivery.settle import settle
from integration.desk import Desk
from integration.errors import Busy, GoogleError, NotAllowed, Refused, SignInNeeded, Unsure
from integration.google.classroom import Classroom

AT_ONCE = 8
MOST_TRIES = 12
LONGEST_PAUSE = 300.0
SWITCHED_OFF_FOR = 60.0
PAUSED_FOR = 60.0
"""A connection that says it is well and is not must not make us ask again at once."""
ACCOUNT_TROUBLES = frozenset({"ClassroomDisabled", "ClassroomApiDisabled", "SERVICE_DISABLED"})
FAR_FROM_NO = frozenset({"PERMISSION_DENIED", "NOT_FOUND", "FAILED_PRECONDITION", "CourseNotModifiable"})
ARCHIVED = "The class is archived, so nothing was posted. Restore it in Classroom, then try again."


@dataclass
class Round:
    """One go over an account's deliveries; `halt` is set when going on now would only disturb Google."""

    desk: Desk
    account_id: str
    classroom: Classroom
    halt: threading.Event = field(default_factory=threading.Event)


def send_due(desk: Desk, school_id: str) -> int:
    """Work on every delivery of a school that is due; answer how many were taken in hand."""
    if is_quiet(desk):
        return 0
    expire(desk, school_id)
    wake(desk, school_id)
    obey_pauses(desk, school_id)
    obey(desk, school_id)
    taken = sum(_send_for(desk, account_id, ids) for account_id, ids in _due(desk, school_id).items())
    follow(desk, school_id)
    settle(desk, school_id)
    return taken


def _due(desk: Desk, school_id: str) -> dict[str, list[str]]:
    """The due deliveries that nobody holds, by account, in the order they were made."""
    now, found = desk.now(), defaultdict[str, list[str]](list)
    with desk.transaction() as session:
        for account_id, delivery_id in session.execute(select(Delivery.account_id, Delivery.id).where(
                Delivery.school_id == school_id, Delivery.state.in_(WORKABLE), Delivery.next_at <= now,
                or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)).order_by(Delivery.id)):
            found[account_id].append(delivery_id)
    return found


def _send_for(desk: Desk, account_id: str, ids: list[str]) -> int:
    try:
        turn = Round(desk, account_id, open_classroom(desk, account_id))
    except SignInNeeded as error:
        pause(desk, account_id, str(error))
        return 0
    except (Busy, Unsure) as error:
        _put_off(desk, ids, error)
        return 0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="send") as pool:
        return sum(pool.map(lambda id: _send_one(turn, id), ids))


def _put_off(desk: Desk, ids: list[str], error: GoogleError) -> None:
    """Nothing can be sent for this account just now: all of it a little later."""
    later = desk.now() + timedelta(seconds=_soon(getattr(error, "retry_after", 0.0)))
    with desk.transaction() as session:
        for start in range(0, len(ids), 400):
            session.execute(update(Delivery).where(Delivery.id.in_(ids[start:start + 400]), Delivery.lease_token.is_(None))
                            .values(next_at=later, reason=str(error)[:500]))


def _send_one(turn: Round, delivery_id: str) -> bool:
    """Work on one delivery; True when it was ours to work on."""
    held = None if turn.halt.is_set() else claim(turn.desk, delivery_id)
    if held is None:
        return False
    try:
        _advance(turn, held)
    except Lost:
        return False
    finally:
        let_go(turn.desk, held)
    return True


def _advance(turn: Round, held: Held) -> None:
    try:
        if held.state in CHANGING:
            change(turn.desk, turn.classroom, held)
        if held.state is S.CANCELLING:
            cancel(turn.desk, turn.classroom, held)
            return
        if held.state in {S.READY, S.DRAFTING}:
            draft(turn.desk, turn.classroom, held)
        if held.state is S.DRAFTED and held.draft_only:
            rest(turn.desk, held)
        elif held.state in {S.DRAFTED, S.PUBLISHING}:
            publish(turn.desk, turn.classroom, held)
    except NotAllowed as error:
        turn.halt.set()
        _wait(turn.desk, held, str(error), SWITCHED_OFF_FOR)
    except GoogleError as error:
        _trouble(turn, held, error)


def _trouble(turn: Round, held: Held, error: GoogleError) -> None:
    if isinstance(error, SignInNeeded) or error.reason in ACCOUNT_TROUBLES:
        turn.halt.set()
        note_trouble(turn.desk, turn.account_id, error)
        park(turn.desk, held, S.PAUSED_AUTH, str(error), seconds=PAUSED_FOR)
        pause(turn.desk, turn.account_id, str(error))
    elif isinstance(error, Busy) and error.reason == "breaker":
        turn.halt.set()
        park(turn.desk, held, S.PAUSED_GOOGLE, str(error), seconds=error.retry_after)
        pause_google(turn.desk, held.school_id, error)
    elif isinstance(error, Busy):
        if error.status == 429 or error.reason == "quota":
            turn.halt.set()
        _wait(turn.desk, held, str(error), _soon(error.retry_after))
    elif isinstance(error, Unsure):
        _look_later(turn.desk, held, error)
    else:
        _refused(turn, held, error)


def _wait(desk: Desk, held: Held, sentence: str, seconds: float) -> None:
    """Nothing was written: the same step again later, and no try is counted."""
    move(desk, held, _step_before(desk, held), sentence, next_at=desk.now() + timedelta(seconds=seconds))


def _step_before(desk: Desk, held: Held) -> S:
    """Where the delivery stood before the call that surely did nothing."""
    if held.state is S.PUBLISHING:
        return S.DRAFTED
    if held.state is not S.DRAFTING:
        return held.state
    with desk.transaction() as session:
        return S.DRAFTING if has_lost_answer(session, held.id) else S.READY


def _look_later(desk: Desk, held: Held, error: Unsure) -> None:
    """An answer was lost: keep the state, look a little later; after many times a person must look."""
    if held.tries + 1 >= MOST_TRIES:
        move(desk, held, S.NEEDS_HUMAN, "Google did not answer clearly many times. Look into the class, then try again.")
        return
    pause_for = min(LONGEST_PAUSE, 2.0 ** (held.tries + 1)) * nature.jitter()
    move(desk, held, held.state, str(error), tries=held.tries + 1, next_at=desk.now() + timedelta(seconds=pause_for))


def _refused(turn: Round, held: Held, error: GoogleError) -> None:
    """Google said no for good. A class that is archived or not ours any more is skipped, anything else has failed."""
    if held.state in CHANGING:
        move(turn.desk, held, S.PUBLISHED, f"It was not updated: {error}")
    elif held.state is S.CANCELLING:
        move(turn.desk, held, S.NEEDS_HUMAN, f"It could not be taken back: {error}")
    elif not isinstance(error, Refused) or error.reason not in FAR_FROM_NO:
        move(turn.desk, held, S.FAILED, str(error))
    else:
        move(turn.desk, held, S.SKIPPED, _why_skipped(turn.classroom, held, error))


def _why_skipped(classroom: Classroom, held: Held, error: GoogleError) -> str:
    """Ask for the class itself: an archived one answers in different ways."""
    try:
        return ARCHIVED if classroom.get_course(held.course).state == "ARCHIVED" else str(error)
    except GoogleError:
        return str(error)


def _soon(retry_after: float) -> float:
    return max(retry_after, 2.0) * (1 + nature.jitter() / 2)
