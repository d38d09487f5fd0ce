"""The states of a delivery: which may follow which, which are the end, and their words for the outside."""

from datetime import datetime

from integration.delivery.models import DeliveryState as S

FINAL = frozenset({S.PUBLISHED, S.CANCELLED, S.RETRACTED, S.REMOVED, S.SKIPPED, S.FAILED, S.EXPIRED})
"""Nothing more happens by itself; only her own retry or retract leads out of some of these."""
WORKABLE = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.CANCELLING})
"""A worker may claim it when it is due."""
PARKED = frozenset({S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.NEEDS_HUMAN})
IN_HAND = frozenset({S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.CANCELLING})

_ENDS = frozenset({S.SKIPPED, S.FAILED, S.REMOVED, S.NEEDS_HUMAN, S.PAUSED_AUTH, S.CANCELLING})
NEXT: dict[S, frozenset[S]] = {
    S.WAITING: frozenset({S.READY, S.CANCELLED, S.EXPIRED}),
    S.READY: _ENDS | {S.READY, S.DRAFTING, S.CANCELLED, S.EXPIRED},
    S.DRAFTING: _ENDS | {S.DRAFTING, S.READY, S.DRAFTED, S.PUBLISHED},
    S.DRAFTED: _ENDS | {S.DRAFTED, S.PUBLISHING},
    S.PUBLISHING: _ENDS | {S.PUBLISHING, S.DRAFTED, S.PUBLISHED},
    S.CANCELLING: frozenset({S.CANCELLING, S.CANCELLED, S.RETRACTED, S.PUBLISHED, S.PAUSED_AUTH, S.NEEDS_HUMAN}),
    S.PAUSED_AUTH: frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.CANCELLING, S.EXPIRED}),
    S.PAUSED_GOOGLE: frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.CANCELLING, S.EXPIRED}),
    S.NEEDS_HUMAN: frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.CANCELLING}),
    S.PUBLISHED: frozenset({S.REMOVED, S.CANCELLING}),
    S.SKIPPED: frozenset({S.WAITING, S.READY, S.DRAFTING, S.DRAFTED}),
    S.FAILED: frozenset({S.WAITING, S.READY, S.DRAFTING, S.DRAFTED}),
    S.EXPIRED: frozenset({S.WAITING, S.READY, S.DRAFTING, S.DRAFTED}),
    S.CANCELLED: frozenset(),
    S.RETRACTED: frozenset(),
    S.REMOVED: frozenset(),
}
"""Which state may follow which; all that is not here is a mistake of the program."""


def may_follow(before: S, after: S) -> bool:
    """Whether a delivery may go from one state to the other."""
    return after in NEXT[before]


def public_state(state: S, lease_until: datetime | None, now: datetime) -> str:
    """The state in the words of the contract; in hand but held by nobody means that we are checking with Google."""
    if state in PARKED:
        return "parked"
    if state not in IN_HAND:
        return state.value
    is_held = lease_until is not None and lease_until >= now
    return "sending" if is_held or state is S.DRAFTED else "checking"
