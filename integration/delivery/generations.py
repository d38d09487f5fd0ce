"""Notice a new life of the database, in which it may know less than Classroom does.

A restore writes one down. On Postgres a failover, a recovery to an earlier moment or a dump put into another server is told by the
server's identity, the database's number and the timeline of its log, which a promoted standby counts up. A file copied back by hand
over SQLite's is noticed by nobody; use `throughline restore`.
https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from integration.delivery.models import Delivery, DeliveryStep, Generation
from integration.errors import AlreadyDone
from integration.records.clock import database_now

QUIET = timedelta(minutes=10)
"""Longer than a lease, the latest request and the stalest list together."""
LOST_AT_LEAST = timedelta(minutes=15)
"""How far back a failover may have forgotten; farther when the last thing remembered is older."""
TIMELINE = text("SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || "
                "left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()")
NO_TIMELINE = "sqlite"
# Built once: putting a statement together takes longer than carrying it out.
_LATEST = select(Generation).order_by(Generation.began_at.desc(), Generation.id.desc()).limit(1)
OF_A_FORMER_LIFE = ("Throughline’s records were brought back from an earlier state after this plan was made, so it may have been "
                    "accepted before. Nothing was sent. Make the plan anew: it then sees what stands in each class.")

NOT_ALL_KNOWN = ("Throughline’s records were brought back from an earlier state, and what stands in each class is being looked up. "
                 "Nothing was planned, because it might be there already. Make the plan in a quarter of an hour.")


def is_quiet(session: Session) -> bool:
    """Whether nothing may be sent, because not everything was looked up yet since the database came back. Notices a new life.

    It holds for this transaction only: before the next one a standby may have taken the database's place.
    """
    timeline, last = timeline_of(session), latest(session)
    if last is None or last.timeline != timeline:
        now = database_now(session)
        last = begin_anew(session, timeline, now, lost_from=None if last is None else _remembered(session, now))
    return last.reconciled_at is None


def is_verifying(session: Session) -> bool:
    """The same as is known already, for a page."""
    last = latest(session)
    return last is not None and last.reconciled_at is None


def begin_anew(session: Session, timeline: str, now: datetime, *, lost_from: datetime | None) -> Generation:
    """Write a new life down: what was done since `lost_from` may be forgotten; None for the very first, which forgot nothing."""
    is_first = lost_from is None
    row = Generation(began_at=now, timeline=timeline, lost_from=lost_from, quiet_until=None if is_first else now + QUIET,
                     reconciled_at=now if is_first else None)
    session.add(row)
    session.flush()
    return row


def latest(session: Session) -> Generation | None:
    """The life the database is in, as far as it was noticed."""
    return session.scalar(_LATEST)


def is_in_doubt(session: Session, row: Delivery) -> bool:
    """Whether a delivery may have gone out in the forgotten time and was not looked up since: what its row says is no proof."""
    last = latest(session)
    return (last is not None and last.reconciled_at is None and row.generation != last.id and row.created_at < last.began_at)


def is_forgotten(session: Session, at: datetime) -> bool:
    """Whether what happened in a class at that moment may have been our own doing, of which the records were lost."""
    lives = select(Generation.id).where(Generation.lost_from <= at, Generation.quiet_until >= at)
    return session.scalar(lives.limit(1)) is not None


def has_outlived(session: Session, delivery_id: str) -> bool:
    """Whether a delivery is older than a life of the database that began with a loss: what was done for it may be forgotten."""
    lives = select(Generation.id).join(Delivery, Delivery.created_at < Generation.began_at).where(
        Delivery.id == delivery_id, Generation.lost_from.is_not(None))
    return session.scalar(lives.limit(1)) is not None


def timeline_of(session: Session) -> str:
    """What tells one life of the database from another."""
    if session.get_bind().dialect.name != "postgresql":
        return NO_TIMELINE
    return str(session.scalar(TIMELINE))


def must_be_of_this_life(session: Session, made_at: datetime) -> None:
    """Raise AlreadyDone for a plan made before the database came back: whether it was accepted then, nobody knows.

    Notices a new life, because the librarian may be quicker than the clock.
    """
    is_quiet(session)
    last = latest(session)
    if last is not None and last.lost_from is not None and made_at < last.began_at:
        raise AlreadyDone(OF_A_FORMER_LIFE)


def must_know_what_stands(session: Session) -> None:
    """Raise AlreadyDone while a plan could not see what was posted in the forgotten time."""
    if is_quiet(session):
        raise AlreadyDone(NOT_ALL_KNOWN)


def _remembered(session: Session, now: datetime) -> datetime:
    """The last moment that is surely not forgotten."""
    newest = session.scalar(select(func.max(DeliveryStep.at)))
    return min(newest or now, now - LOST_AT_LEAST)
