"""Taking calls out of the present slice, in one short transaction; the database's clock tells the slice."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from integration import nature
from integration.google.counts import PROJECT, Caller, Present, QuotaRate, QuotaSlice, QuotaWish, add, history
from integration.google.pace import SPAN, Window, halved, recovered
from integration.google.turns import GATHERS, others, wish
from integration.records.clock import database_now
from integration.records.upsert import upsert

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""Slices are numbered from here: half seconds since 1970 are more than Postgres's integer holds."""
FRESH = 4
"""Slices for which a wish counts."""
SAME_STORM = timedelta(seconds=5)
"""Refusals so close together are one sign, not several."""
BREATH = 1.0
"""Seconds nobody calls after a 429 that names none; more when the rate is low already."""
SWEPT_EVERY = 60
"""Slices between two removals of those that do not count any more."""


@dataclass(frozen=True)
class Allotment:
    """Calls taken of `slice`, to be spent before `ends_at`; when they were too few, more may be asked for at `opens_at`.

    Both by the process's own clock.
    """

    calls: int
    slice: int
    ends_at: float
    opens_at: float


class _Rate(NamedTuple):
    share: float
    changed_at: datetime
    closed_until: datetime | None


_rates_table = QuotaRate.__table__
_RATES = select(_rates_table.c.key, _rates_table.c.share, _rates_table.c.changed_at, _rates_table.c.closed_until).where(
    _rates_table.c.key.in_(bindparam("keys", expanding=True)))
NOTHING = Allotment(0, 0, 0.0, 0.0)


def allot(session: Session, caller: Caller, needed: int, wanted: int, unspent: Allotment) -> Allotment:
    """Give back what is unspent, then take `wanted` calls or as many as may go; with fewer than `needed`, note that she waits."""
    _lock_out_others(session)
    read_at, length = nature.monotonic(), caller.limits.slice_seconds
    present = _present(session, length)
    ends_at = read_at + (present.slice + 1) * length - (present.at - BEGINNING).total_seconds()
    give_back(session, caller, unspent)
    rates = _rates(session, caller)
    closed = max((rate.closed_until for rate in rates.values() if rate.closed_until), default=present.at)
    if closed > present.at:
        return Allotment(0, present.slice, ends_at, read_at + (closed - present.at).total_seconds())
    granted, waits_for = _take(session, caller, needed, wanted, present, rates)
    if waits_for:
        wish(session, caller, waits_for, present)
    return Allotment(granted, present.slice, ends_at, ends_at if granted < needed else 0.0)


def give_back(session: Session, caller: Caller, unspent: Allotment) -> None:
    """Let others have the calls that were taken and surely not made."""
    if unspent.calls:
        add(session, caller.keys, unspent.slice, -unspent.calls)


def slow(session: Session, key: str, retry_after: float) -> None:
    """Halve what may be used under `key`, and let nobody call before Google's Retry-After."""
    _lock_out_others(session)
    now, row = database_now(session), session.get(QuotaRate, key)
    share, changed_at = 1.0, now
    if row is not None:
        share = recovered(row.share, (now - row.changed_at).total_seconds())
    if row is None or now - row.changed_at > SAME_STORM:
        share = halved(share)
    elif row is not None:
        share, changed_at = row.share, row.changed_at
    closed = now + timedelta(seconds=max(retry_after, BREATH / share))
    if row is not None and row.closed_until is not None:
        closed = max(closed, row.closed_until)
    upsert(session, QuotaRate, [{"key": key, "share": share, "changed_at": changed_at, "closed_until": closed}], key=("key",))


def _lock_out_others(session: Session) -> None:
    """One taker at a time: SQLite's BEGIN IMMEDIATE does it by itself, Postgres by an advisory lock until the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(20261124)))


def _present(session: Session, length: float) -> Present:
    now = database_now(session)
    current = math.floor((now - BEGINNING).total_seconds() / length)
    return Present(now, current, current - SPAN, now - timedelta(seconds=FRESH * length))


def _rates(session: Session, caller: Caller) -> dict[str, _Rate]:
    rows = session.connection().execute(_RATES, {"keys": (PROJECT, caller.me)})
    return {key: _Rate(share, changed_at, closed_until) for key, share, changed_at, closed_until in rows}


def _take(session: Session, caller: Caller, needed: int, wanted: int, present: Present,
          rates: Mapping[str, _Rate]) -> tuple[int, tuple[str, ...]]:
    """Calls granted; when too few, what she waits for."""
    used, before_her = history(session, (caller.me, PROJECT), present.since), others(session, caller, present)
    hers, everyones = (
        Window(limit, used[key], _share(rates.get(key), present)).room(present.slice, needed) - before_her.kept[key]
        for key, limit in ((caller.me, caller.limits.user), (PROJECT, caller.limits.project)))
    granted = max(0, min(wanted, hers, everyones))
    is_scarce = everyones < needed
    if is_scarce and (before_her.gather or before_her.kept[PROJECT]):
        granted = 0
    if granted:
        _count(session, caller, granted, present, is_first=present.slice not in used[PROJECT])
    if granted >= needed:
        return granted, ()
    waits_for = caller.me if hers < needed else caller.name
    return granted, (waits_for, GATHERS + caller.name) if granted and is_scarce else (waits_for,)


def _share(rate: _Rate | None, present: Present) -> float:
    return 1.0 if rate is None else recovered(rate.share, (present.at - rate.changed_at).total_seconds())


def _count(session: Session, caller: Caller, calls: int, present: Present, *, is_first: bool) -> None:
    add(session, caller.keys, present.slice, calls)
    if is_first and present.slice % SWEPT_EVERY == 0:
        session.execute(delete(QuotaSlice).where(QuotaSlice.slice < present.since))
        session.execute(delete(QuotaWish).where(QuotaWish.at < present.fresh_since))
