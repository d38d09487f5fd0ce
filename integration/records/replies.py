"""Answers already given, so that the same request with the same Idempotency-Key gets the same answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from integration.errors import AlreadyDone
from integration.records.base import Base, SchoolRow, new_id
from integration.records.upsert import insert_missing

KEPT_FOR = timedelta(days=7)
GIVEN_UP_AFTER = timedelta(minutes=5)
"""A request that has not been answered for so long died with its process; its key may be used again."""


class Reply(SchoolRow, Base):
    """One answer kept under the key its request came with; status and body are empty while the work is under way."""

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    body: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


@dataclass(frozen=True)
class Asked:
    """A request with a key: whose, which key, and what was asked, as a hash."""

    school_id: str
    account_id: str
    key: str
    request_hash: str


@dataclass(frozen=True)
class Kept:
    """What is kept under a key. `is_new`: nothing yet, the work is the asker's to do; without a status it is under way."""

    id: str
    is_new: bool
    status: int | None = None
    body: str = ""


def begin(session: Session, asked: Asked, *, now: datetime) -> Kept:
    """Take the key, or say what is kept under it. Raises AlreadyDone when it came with another request before."""
    _forget_old(session, asked.account_id, now)
    id = new_id()
    row = {"id": id, "school_id": asked.school_id, "account_id": asked.account_id, "key": asked.key,
           "request_hash": asked.request_hash, "status": None, "body": "", "created_at": now}
    if insert_missing(session, Reply, [row], key=("account_id", "key")):
        return Kept(id, is_new=True)
    found = session.scalars(select(Reply).where(Reply.account_id == asked.account_id, Reply.key == asked.key)).one()
    if found.request_hash != asked.request_hash:
        raise AlreadyDone("This Idempotency-Key came with another request before. Nothing was done. "
                          "Send this request with a new key.")
    return Kept(found.id, is_new=False, status=found.status, body=found.body)


def keep(session: Session, reply_id: str, *, status: int, body: str) -> None:
    """Keep the answer."""
    session.execute(update(Reply).where(Reply.id == reply_id).values(status=status, body=body))


def let_go(session: Session, reply_id: str) -> None:
    """Give the key back: nothing was done, and the same request may try again."""
    session.execute(delete(Reply).where(Reply.id == reply_id))


def _forget_old(session: Session, account_id: str, now: datetime) -> None:
    mine = delete(Reply).where(Reply.account_id == account_id)
    session.execute(mine.where(Reply.created_at < now - KEPT_FOR))
    session.execute(mine.where(Reply.status.is_(None), Reply.created_at < now - GIVEN_UP_AFTER))
