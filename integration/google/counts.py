"""What is counted of Google's quota, and under which keys: the project, the user, the school.

The counts stand in the database, so that all workers share them and losing Redis cannot lift a limit.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, String, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration.google.pace import SLICES
from integration.records.base import Base

PROJECT = "project"


class Share(StrEnum):
    """What calls are for. What a share does not use, the others may."""

    INTERACTIVE = "interactive"
    """A person waits for it."""
    BATCH = "batch"
    REPAIR = "repair"
    """The janitor, and looking up what became of something."""


RESERVED = {Share.INTERACTIVE: 0.2, Share.REPAIR: 0.1}
"""The part of each limit within which a share goes before the others."""


class QuotaSlice(Base):
    """How many calls were taken under a key in one slice of time."""

    __tablename__ = "quota_slices"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """The project, a user or a school; for the project and a user also each reserved share apart."""
    slice: Mapped[int] = mapped_column(primary_key=True)
    used: Mapped[int]


class QuotaRate(Base):
    """How much of its limit a user or the project may use, after Google asked to slow down."""

    __tablename__ = "quota_rates"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    share: Mapped[float]
    """From 0 to 1, as it was at `changed_at`."""
    changed_at: Mapped[datetime]
    closed_until: Mapped[datetime | None]
    """Google's Retry-After: nobody calls before."""


class QuotaWish(Base):
    """Somebody who waits for calls: a librarian of a school, in one of the shares."""

    __tablename__ = "quota_wishes"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """`school/user` waits for the project's limit, `user:user` for its own, `gathers:school/user` with part of a batch."""
    share: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Limits:
    """Calls allowed in a window of `seconds`, for each user and for the project."""

    user: int
    project: int
    seconds: float

    @property
    def slice_seconds(self) -> float:
        """The length of one slice."""
        return self.seconds / SLICES


@dataclass(frozen=True)
class Caller:
    """On whose behalf Google is called: the Google user, her school, and what for."""

    user: str
    school: str
    share: Share
    limits: Limits

    @property
    def me(self) -> str:
        """The key of the user's own limit."""
        return f"user:{self.user}"

    @property
    def name(self) -> str:
        """Who she is to the others who wait for the project's limit."""
        return f"{self.school}/{self.user}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything a call of hers is counted under."""
        apart = (f"{PROJECT}:{self.share}", f"{self.me}:{self.share}") if self.share in RESERVED else ()
        return (PROJECT, self.me, f"school:{self.school}", *apart)


@dataclass(frozen=True)
class Present:
    """This moment by the database's clock, the slice it falls into, and since when slices and wishes still count."""

    at: datetime
    slice: int
    since: int
    fresh_since: datetime


_slices = QuotaSlice.__table__
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
# Built once: putting a statement together takes longer than carrying it out.
_HISTORY = select(_slices.c.key, _slices.c.slice, _slices.c.used).where(
    _slices.c.key.in_(_KEYS), _slices.c.slice > bindparam("since"))
_SUMS = select(_slices.c.key, func.sum(_slices.c.used)).where(
    _slices.c.key.in_(_KEYS), _slices.c.slice > bindparam("since")).group_by(_slices.c.key)
_ADD = {name: added.on_conflict_do_update(index_elements=["key", "slice"], set_={"used": _slices.c.used + added.excluded.used})
        for name, added in (("sqlite", sqlite.insert(QuotaSlice)), ("postgresql", postgresql.insert(QuotaSlice)))}


def history(session: Session, keys: tuple[str, ...], since: int) -> dict[str, dict[int, int]]:
    """What was taken under each key in each slice after `since`."""
    used: dict[str, dict[int, int]] = {key: {} for key in keys}
    for key, slice, calls in session.connection().execute(_HISTORY, {"keys": keys, "since": since}).all():
        used[key][slice] = calls
    return used


def sums(session: Session, keys: set[str], since: int) -> dict[str, int]:
    """What was taken under each key after the slice `since`, all together; nothing, where it was nothing."""
    rows = session.connection().execute(_SUMS, {"keys": sorted(keys), "since": since}).all()
    return {key: int(calls) for key, calls in rows}


def add(session: Session, keys: tuple[str, ...], slice: int, calls: int) -> None:
    """Count calls (or, below 0, take them back) under each key."""
    connection = session.connection()
    connection.execute(_ADD[connection.dialect.name], [{"key": key, "slice": slice, "used": calls} for key in keys])
