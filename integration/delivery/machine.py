"""The states of a delivery: which may follow which, which are the end, and their words for the outside."""

from datetime import datetime

from integration.delivery.models import DeliveryState as S

FINAL = frozenset({S.PUBLISHED, S.CANCELLED, S.RETRACTED, S.REMOVED, S.SKIPPED, S.FAILED, S.EXPIRED})
"""Nothing more happens by itself; only her own retry or retract leads out of some of these."""
WORKABLE = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING, S.CANCELLING})
"""A worker may claim it when it is due."""
PARKED = frozenset({S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.NEEDS_HUMAN})
IN_HAND = frozenset({S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING, S.CANCELLING})
CHANGING = frozenset({S.UPDATING, S.REPLACING})
"""It stands in the class, and an update is under way."""

_PARKS = frozenset({S.NEEDS_HUMAN, S.PAUSED_AUTH, S.PAUSED_GOOGLE})
_ENDS = _PARKS | {S.SKIPPED, S.FAILED, S.REMOVED, S.CANCELLING}
_RESUMES = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.UPDATING, S.REPLACING, S.CANCELLING, S.NEEDS_HUMAN})
NEXT: dict[S, frozenset[S]] = {
    S.WAITING: frozenset({S.READY, S.CANCELLED, S.EXPIRED}),
    S.READY: _ENDS | {S.READY, S.DRAFTING, S.CANCELLED, S.EXPIRED},
    S.DRAFTING: _ENDS | {S.DRAFTING, S.READY, S.DRAFTED, S.PUBLISHED},
    S.DRAFTED: _ENDS | {S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING},
    S.PUBLISHING: _ENDS | {S.PUBLISHING, S.DRAFTED, S.PUBLISHED},
    S.CANCELLING: _PARKS | {S.CANCELLING, S.CANCELLED, S.RETRACTED, S.PUBLISHED, S.REMOVED},
    S.UPDATING: _PARKS | {S.UPDATING, S.REPLACING, S.DRAFTED, S.PUBLISHED, S.REMOVED, S.CANCELLING},
    S.REPLACING: _PARKS | {S.REPLACING, S.DRAFTED, S.PUBLISHED, S.REMOVED, S.CANCELLING},
    S.PAUSED_AUTH: _RESUMES | {S.EXPIRED},
    S.PAUSED_GOOGLE: _RESUMES | {S.EXPIRED},
    S.NEEDS_HUMAN: _RESUMES | {S.PUBLISHED, S.REMOVED, S.EXPIRED},
    S.PUBLISHED: frozenset({S.REMOVED, S.CANCELLING, S.UPDATING, S.REPLACING}),
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
    return "sending" if is_held or state is S.DRAFTED or state in CHANGING else "checking"
