"""Whose turn it is when a limit is used up: who waits writes a wish, and who does not wait yet leaves some calls for the others.

A person who waits goes before a bulk job, a repair too, each until it had its reserved share; among equals the school that had
less of the last minute goes first, and within a school the librarian who had less. Nothing is kept idle for long: a wish counts
for two seconds, also when it was granted, because who calls one after the other comes again; and who still waits repeats it. A
batch gathers its calls while others take single ones; only one does so at a time.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from integration.google.counts import PROJECT, RESERVED, Caller, Present, QuotaWish, Share, sums

HELD_BACK = 8
"""Calls left for each who comes first; as many as are taken in one go."""
GATHERS = "gathers:"
_wishes = QuotaWish.__table__
# Built once: putting a statement together takes longer than carrying it out.
_WISH = insert(QuotaWish)
_UNWISH = delete(QuotaWish).where(_wishes.c.key.in_(bindparam("keys", expanding=True)), _wishes.c.share == bindparam("share"))
_WAITING = select(_wishes.c.key, _wishes.c.share).where(_wishes.c.at > bindparam("since"))


@dataclass
class Others:
    """What those who come before her are left of each limit, and whether somebody gathers calls for a batch just now."""

    kept: dict[str, int]
    gather: bool = False


def others(session: Session, caller: Caller, present: Present) -> Others:
    """Everybody else who waits for one of the caller's limits."""
    mine = {(name, caller.share) for name in (caller.name, caller.me, GATHERS + caller.name)}
    waiting = session.connection().execute(_WAITING, {"since": present.fresh_since}).all()
    wishes = [(key, Share(share)) for key, share in waiting if (key, share) not in mine]
    found = Others({caller.me: 0, PROJECT: 0}, any(key.startswith(GATHERS) for key, _ in wishes))
    taken = _taken(session, caller, [key for key, _ in wishes], present) if wishes else {}
    for key, share in wishes:
        if key == caller.me:
            found.kept[key] += _kept_for(caller, key, key, share, taken)
        elif not key.startswith(("user:", GATHERS)):
            found.kept[PROJECT] += _kept_for(caller, PROJECT, key, share, taken)
    return found


def _taken(session: Session, caller: Caller, wishes: Collection[str], present: Present) -> dict[str, int]:
    """The calls of a whole window under every key that decides who comes first."""
    keys: set[str] = {f"{limit}:{share}" for limit in (PROJECT, caller.me) for share in RESERVED}
    for name in (caller.name, *wishes):
        school, _, user = name.rpartition("/")
        keys |= {f"school:{school}", f"user:{user}"}
    return defaultdict(int, sums(session, keys, present.since))


def _kept_for(caller: Caller, limit: str, name: str, share: Share, taken: dict[str, int]) -> int:
    """Who asks within a reserved share comes first; among equals the school that had less, then the librarian who had less."""
    whole = caller.limits.project if limit == PROJECT else caller.limits.user
    theirs, hers = (taken[f"{limit}:{each}"] < RESERVED.get(each, 0.0) * whole for each in (share, caller.share))
    if theirs != hers:
        return HELD_BACK if theirs else 0
    school, _, user = name.rpartition("/")
    behind = (taken[caller.me] - taken[f"user:{user}"] if school == caller.school
              else taken[f"school:{caller.school}"] - taken[f"school:{school}"])
    return min(max(behind, 0), HELD_BACK) if limit == PROJECT else 0


def wish(session: Session, caller: Caller, keys: Collection[str], present: Present) -> None:
    """Note that she waits under these keys, and under no other."""
    connection = session.connection()
    connection.execute(_UNWISH, {"keys": (caller.name, caller.me, GATHERS + caller.name), "share": caller.share})
    connection.execute(_WISH, [{"key": key, "share": caller.share, "at": present.at} for key in keys])
