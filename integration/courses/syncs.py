"""Read how the syncs go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from integration.courses.models import Sync, SyncState
from integration.desk import Desk
from integration.errors import NotFound

UNDER_WAY = (SyncState.QUEUED, SyncState.RUNNING)


@dataclass(frozen=True)
class SyncReport:
    """A sync as shown. `errors` hold `class_id` (empty when it was no class's) and `sentence` each."""

    id: str
    state: SyncState
    classes_seen: int
    classes_left: int
    posts_seen: int
    calls: int
    errors: tuple[dict[str, Any], ...]
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    account_id: str = ""
    full: bool = False


def sync_report(desk: Desk, school_id: str, sync_id: str) -> SyncReport:
    """One sync. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Sync).where(Sync.school_id == school_id, Sync.id == sync_id))
        if row is None:
            raise NotFound("There is no such sync. It may belong to another school.")
        return _report(row)


def latest_sync(desk: Desk, school_id: str) -> SyncReport | None:
    """The sync asked for last; None before the first."""
    with desk.transaction() as session:
        row = session.scalar(select(Sync).where(Sync.school_id == school_id)
                             .order_by(Sync.asked_at.desc(), Sync.id.desc()).limit(1))
        return None if row is None else _report(row)


def quiet_syncs(desk: Desk, patience: float) -> list[str]:
    """The ids of syncs under way that gave no sign of life for `patience` seconds, in every school."""
    since = desk.now() - timedelta(seconds=patience)
    with desk.transaction() as session:
        return list(session.scalars(select(Sync.id).where(Sync.state.in_(UNDER_WAY), Sync.touched_at <= since)
                                    .order_by(Sync.touched_at)))


def _report(row: Sync) -> SyncReport:
    return SyncReport(row.id, row.state, row.classes_seen, row.classes_left, row.posts_seen, row.calls, tuple(row.errors),
                      row.asked_at, row.began_at, row.ended_at, row.account_id, row.full)
