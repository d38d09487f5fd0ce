"""The states of a delivery: which may follow which, which are the end, and their words for the outside."""

from datetime import datetime

from integration.delivery.models import DeliveryState as S

FINAL = frozenset({S.PUBLISHED, S.CANCELLED, S.RETRACTED, S.REMOVED, S.SKIPPED, S.FAILED, S.EXPIRED})
"""Nothing more happens by itself; only her own retry or retract leads out of some of these."""
WORKABLE = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING, S.CANCELLING})
"""A worker may claim it when it is due."""
PARKED = frozenset({S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED, S.NEEDS_HUMAN})
IN_HAND = frozenset({S.DRAFTING, S.DRAFTED, S.PUBLISHING, S.UPDATING, S.REPLACING, S.CANCELLING})
ONE_BY_ONE = frozenset({S.DRAFTING, S.REPLACING})
"""Whoever takes a delivery up from these makes calls for it alone, each waiting for the one before; what was being drafted must
be looked for in its class first."""
CHANGING = frozenset({S.UPDATING, S.REPLACING})
"""It stands in the class, and an update is under way."""

_GONE = frozenset({S.REMOVED, S.RETRACTED})
"""It is not in the class any more: a person removed it, or a request of ours to delete it came late."""
_PARKS = frozenset({S.NEEDS_HUMAN, S.PAUSED_AUTH, S.PAUSED_GOOGLE, S.PAUSED})
_ENDS = _PARKS | _GONE | {S.SKIPPED, S.FAILED, S.CANCELLING}
_RESUMES = frozenset({S.READY, S.DRAFTING, S.DRAFTED, S.UPDATING, S.REPLACING, S.CANCELLING, S.CANCELLED, S.EXPIRED,
                      S.NEEDS_HUMAN})
_FOUND = frozenset({S.PUBLISHED, S.REMOVED, S.NEEDS_HUMAN})
"""After the database came back older than Classroom, a look into the class may say so; see `delivery.reconcile`."""
_AGAIN = _FOUND | {S.WAITING, S.READY, S.DRAFTING, S.DRAFTED}
NEXT: dict[S, frozenset[S]] = {
    S.WAITING: _FOUND | {S.READY, S.DRAFTING, S.DRAFTED, S.SKIPPED, S.CANCELLED, S.EXPIRED},
    S.AWAITS_PILOT: _FOUND | {S.READY, S.WAITING, S.SKIPPED, S.CANCELLED, S.CANCELLING},
    S.READY: _ENDS | _FOUND | {S.WAITING, S.READY, S.DRAFTING, S.DRAFTED, S.CANCELLED, S.EXPIRED},
    S.DRAFTING: _ENDS | {S.DRAFTING, S.READY, S.DRAFTED, S.PUBLISHED},
    S.DRAFTED: _ENDS | {S.DRAFTED, S.PUBLISHING, S.PUBLISHED, S.UPDATING, S.REPLACING},
    S.PUBLISHING: _ENDS | {S.PUBLISHING, S.DRAFTING, S.DRAFTED, S.PUBLISHED},
    S.CANCELLING: frozenset({S.PAUSED_AUTH, S.NEEDS_HUMAN, S.CANCELLING, S.CANCELLED, S.RETRACTED, S.REPLACING, S.DRAFTED,
                             S.PUBLISHED, S.REMOVED, S.EXPIRED, S.SKIPPED}),
    S.UPDATING: _PARKS | _GONE | {S.UPDATING, S.REPLACING, S.DRAFTED, S.PUBLISHED, S.CANCELLING},
    S.REPLACING: _PARKS | _GONE | {S.REPLACING, S.DRAFTED, S.PUBLISHED, S.CANCELLING},
    S.PAUSED_AUTH: _RESUMES | _FOUND,
    S.PAUSED_GOOGLE: _RESUMES | _FOUND,
    S.PAUSED: _RESUMES | _FOUND | {S.WAITING},
    S.NEEDS_HUMAN: _RESUMES | _FOUND | {S.WAITING},
    S.PUBLISHED: _GONE | {S.CANCELLING, S.UPDATING, S.REPLACING},
    S.SKIPPED: _AGAIN,
    S.FAILED: _AGAIN,
    S.EXPIRED: _AGAIN,
    S.CANCELLED: frozenset(),
    S.RETRACTED: frozenset(),
    # Only where a failover forgot the post that had taken its place.
    S.REMOVED: frozenset({S.PUBLISHED}),
}
"""Which state may follow which; all that is not here is a mistake of the program."""


def may_follow(before: S, after: S) -> bool:
    """Whether a delivery may go from one state to the other."""
    return after in NEXT[before]


_NEXT_STEPS = {S.PAUSED_AUTH: "connect", S.WAITING: "agree", S.AWAITS_PILOT: "pilot",
               S.NEEDS_HUMAN: "retry", S.FAILED: "retry", S.SKIPPED: "retry", S.EXPIRED: "retry"}


def next_step(state: S) -> str:
    """What she can do about it: `connect` again, write down that the teacher did `agree`, look at the `pilot` and go on, `retry`.

    Nothing when it needs none.
    """
    return _NEXT_STEPS.get(state, "")


def public_state(state: S, lease_until: datetime | None, now: datetime, *, draft_only: bool = False) -> str:
    """The state in the words of the contract; in hand but held by nobody means that we are checking with Google.

    A draft that lies in the class for its teacher waits for her, and what awaits the pilot waits too.
    """
    if state is S.AWAITS_PILOT or (state is S.DRAFTED and draft_only):
        return S.WAITING.value
    if state in PARKED:
        return "parked"
    if state not in IN_HAND:
        return state.value
    is_held = lease_until is not None and lease_until >= now
    return "sending" if is_held or state is S.DRAFTED or state in CHANGING else "checking"
