"""What becomes of deliveries whose step went wrong: wait, look later, stop for good, or wait for a person; each with its reason."""

from collections.abc import Sequence

from integration import nature
from integration.accounts.connection import note_trouble
from integration.delivery.lease import Held
from integration.delivery.look import was_shown
from integration.delivery.machine import CHANGING
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, write_down
from integration.delivery.pause import PARKABLE, pause, pause_google
from integration.delivery.rota import Turn
from integration.errors import Busy, GoogleError, NotAllowed, Refused, SignInNeeded, Unsure
from integration.google.call import No
from integration.google.classroom import Classroom

MOST_TRIES = 12
LONGEST_PAUSE = 300.0
SWITCHED_OFF_FOR = 60.0
PAUSED_FOR = 60.0
"""A connection that says it is well and is not must not make us ask again at once."""
ACCOUNT_TROUBLES = frozenset({"ClassroomDisabled", "ClassroomApiDisabled", "SERVICE_DISABLED"})
FAR_FROM_NO = frozenset({"PERMISSION_DENIED", "NOT_FOUND", "FAILED_PRECONDITION", "CourseNotModifiable", "CourseStateDenied"})
ARCHIVED = "The class is archived, so nothing was posted. Restore it in Classroom, then try again."
TOO_OFTEN = "Google did not answer clearly many times. Look into the class, then try again."
MAY_BE_SHOWN = ("Students may have seen it: Google’s answer to showing it was lost, and then Google refused. Look into the class, "
                "then try again.")
ALL_BUSY = frozenset({"quota", "breaker"})


def take_down(turn: Turn, troubles: Sequence[tuple[Held, No]]) -> None:
    """Write down each delivery's trouble; halt the account's turn where the trouble is not its own."""
    if not troubles:
        return
    for error in {id(error): error for _, error in troubles if _is_of_all(error)}.values():
        turn.troubles.append(error)
        turn.halt.set()
        if isinstance(error, GoogleError) and _is_of_account(error):
            note_trouble(turn.desk, turn.account_id, error)
    write_down(turn.desk, [_move(turn, held, error) for held, error in troubles if not held.is_lost])


def park_the_rest(turn: Turn) -> None:
    """What nobody holds would run into the same trouble as the one that halted the turn, also what was just let go of."""
    lasting = next((error for error in turn.troubles if isinstance(error, GoogleError) and _is_of_account(error)), None)
    if lasting is not None:
        pause(turn.desk, turn.account_id, str(lasting))
    outage = next((error for error in turn.troubles if isinstance(error, Busy) and error.reason == "breaker"), None)
    if outage is not None:
        pause_google(turn.desk, turn.school_id, outage)


def soon(retry_after: float) -> float:
    """Seconds to wait before asking again, never the same for all."""
    return max(retry_after, 2.0) * (1 + nature.jitter() / 2)


def _is_of_account(error: GoogleError) -> bool:
    return isinstance(error, SignInNeeded) or error.reason in ACCOUNT_TROUBLES


def _is_of_all(error: No) -> bool:
    """Whether the next call would end the same way."""
    if isinstance(error, NotAllowed) or _is_of_account(error):
        return True
    return isinstance(error, Busy) and (error.status == 429 or error.reason in ALL_BUSY)


def _move(turn: Turn, held: Held, error: No) -> Move:
    if isinstance(error, NotAllowed):
        return Move(held, _step_before(held), str(error), after=SWITCHED_OFF_FOR)
    if _is_of_account(error):
        return _parked(held, S.PAUSED_AUTH, error, PAUSED_FOR)
    if isinstance(error, Busy) and error.reason == "breaker":
        return _parked(held, S.PAUSED_GOOGLE, error, error.retry_after)
    if isinstance(error, Busy):
        return Move(held, _step_before(held), str(error), after=soon(error.retry_after))
    return _look_later(held, error) if isinstance(error, Unsure) else _refused(turn, held, error)


def _parked(held: Held, state: S, error: GoogleError, seconds: float) -> Move:
    """Parked; but what is taken back keeps its state while Google is away, and only waits."""
    is_parked = held.state in PARKABLE or state is S.PAUSED_AUTH
    return Move(held, state if is_parked else held.state, str(error), after=seconds)


def _step_before(held: Held) -> S:
    """Where the delivery stood before the call that surely did nothing; no try is counted."""
    if held.state is S.PUBLISHING:
        return S.DRAFTED
    return S.READY if held.state is S.DRAFTING and not held.must_look else held.state


def _look_later(held: Held, error: Unsure) -> Move:
    """An answer was lost: keep the state, look a little later; after many times a person must look."""
    if held.tries + 1 >= MOST_TRIES:
        return Move(held, S.NEEDS_HUMAN, TOO_OFTEN)
    pause_for = min(LONGEST_PAUSE, 2.0 ** (held.tries + 1)) * nature.jitter()
    return Move(held, held.state, str(error), values={"tries": held.tries + 1}, after=pause_for)


def _refused(turn: Turn, held: Held, error: GoogleError) -> Move:
    """Google said no for good. A class that is archived or not ours any more is skipped, anything else has failed.

    Where an update was refused the post still stands as it was. What an earlier call may have shown is for a person to look at.
    """
    if held.state is S.CANCELLING:
        return Move(held, S.NEEDS_HUMAN, f"It could not be taken back: {error}")
    if held.state in CHANGING:
        return Move(held, S.PUBLISHED, f"It was not updated: {error}")
    if was_shown(turn.desk, held.id):
        return Move(held, S.NEEDS_HUMAN, f"{MAY_BE_SHOWN} {error}")
    if not isinstance(error, Refused) or error.reason not in FAR_FROM_NO:
        return Move(held, S.FAILED, str(error))
    return Move(held, S.SKIPPED, _why_skipped(turn.classroom, held, error))


def _why_skipped(classroom: Classroom, held: Held, error: GoogleError) -> str:
    """Ask for the class itself: an archived one answers in different ways."""
    try:
        return ARCHIVED if classroom.get_course(held.course).state == "ARCHIVED" else str(error)
    except GoogleError:
        return str(error)
