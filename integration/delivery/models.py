"""The tables of this room: plans, the ledger, and every attempt to write into Classroom."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.records.base import Base, Row, SchoolRow


class PlanState(StrEnum):
    """Where a plan is."""

    PLANNED = "planned"
    ACCEPTED = "accepted"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"


class Action(StrEnum):
    """What a plan will do in one class."""

    CREATE = "create"
    UPDATE = "update"
    WAIT = "wait"
    SKIP = "skip"


class DeliveryState(StrEnum):
    """Where a delivery is; `delivery.machine` says which may follow which."""

    WAITING = "waiting"
    AWAITS_PILOT = "awaits_pilot"
    """The plan went into one class first, and she has not gone on to the rest yet; see `delivery.pilot`."""
    READY = "ready"
    DRAFTING = "drafting"
    DRAFTED = "drafted"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UPDATING = "updating"
    REPLACING = "replacing"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    RETRACTED = "retracted"
    REMOVED = "removed"
    SKIPPED = "skipped"
    FAILED = "failed"
    EXPIRED = "expired"
    PAUSED_AUTH = "paused_auth"
    PAUSED_GOOGLE = "paused_google"
    NEEDS_HUMAN = "needs_human"
    PAUSED = "paused"
    """She paused its class, its teacher or the school; see `delivery.halt`."""


class Scope(StrEnum):
    """What is paused."""

    SCHOOL = "school"
    CLASS = "class"
    TEACHER = "teacher"


class Plan(SchoolRow, Base):
    """A collection for a rule's classes: exactly what will happen in each, before anything does."""

    __tablename__ = "plans"
    __table_args__ = (Index(None, "series_id", "occurrence", unique=True),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), index=True)
    rule: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(12))
    """`material` or `announcement`."""
    topic: Mapped[str] = mapped_column(String(100), default="")
    publish_at: Mapped[datetime | None]
    state: Mapped[PlanState]
    title: Mapped[str] = mapped_column(String(3000))
    materials: Mapped[list[dict[str, Any]]]
    """Google's Material objects, in order, as they will be sent.

    https://developers.google.com/workspace/classroom/reference/rest/v1/Material
    """
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(String(32))
    pilot_id: Mapped[str | None] = mapped_column(String(32))
    """The class that got it first, while the others wait until she goes on; None when all went together."""
    series_id: Mapped[str | None] = mapped_column(String(32))
    """The series it was made for, whose every occurrence has one plan; None for one she made herself."""
    occurrence: Mapped[str] = mapped_column(String(20), default="once")


class PlanItem(SchoolRow, Base):
    """What a plan will do in one class, and the exact text."""

    __tablename__ = "plan_items"
    __table_args__ = (UniqueConstraint("plan_id", "course_id"),)

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    action: Mapped[Action]
    reason: Mapped[str] = mapped_column(String(500))
    text: Mapped[str]


IS_WORKABLE = text("state IN ('ready', 'drafting', 'drafted', 'publishing', 'updating', 'replacing', 'cancelling')")


WAS_SEEN = text("published_at IS NOT NULL")


class Delivery(SchoolRow, Base):
    """One row of the ledger: one plan's post in one class, on one occurrence."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("plan_id", "occurrence", "course_id"),
        Index(None, "school_id", "state", "next_at"),
        Index(None, "state", "next_at"),
        Index(None, "course_id", "post_id"),
        # The lists behind the figures of reach, a page at a time.
        Index("ix_deliveries_seen", "school_id", "published_at", "id", postgresql_where=WAS_SEEN, sqlite_where=WAS_SEEN),
        # What a claim reads, in its order; `machine.WORKABLE` names the same states.
        Index("ix_deliveries_claimable", "school_id", "account_id", "tries", "next_at", "id",
              postgresql_where=IS_WORKABLE, sqlite_where=IS_WORKABLE),
        # Room in each page for a row's next version, so that to lease a row need not touch one index.
        # https://www.postgresql.org/docs/current/storage-hot.html
        {"postgresql_with": {"fillfactor": 75}},
    )

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    occurrence: Mapped[str] = mapped_column(String(20), default="once")
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    course_google_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(3000))
    text: Mapped[str]
    materials: Mapped[list[dict[str, Any]]]
    """Google's Material objects as they stand in the class or will be sent, without the mark."""
    content_hash: Mapped[str] = mapped_column(String(64))
    marker: Mapped[str] = mapped_column(String(32))
    """128 random bits in hexadecimal; part of a link of the post where there is one, so that we know our own."""
    state: Mapped[DeliveryState]
    reason: Mapped[str] = mapped_column(String(500), default="")
    """A sentence for the librarian: why it is where it is, and what to do next."""
    post_id: Mapped[str | None] = mapped_column(String(64))
    """Google's id of the post; the only id that is ever published."""
    post_updated_at: Mapped[datetime | None]
    """Google's `updateTime` of the post when we last wrote or read it."""
    wanted: Mapped[dict[str, Any] | None]
    """`title`, `text` and `materials` that an update under way shall bring; None when there is none."""
    next_post_id: Mapped[str | None] = mapped_column(String(64))
    """While links are replaced: the new draft, which takes the place of `post_id` once students see it."""
    next_marker: Mapped[str | None] = mapped_column(String(32))
    """The new draft's mark."""
    old_post_id: Mapped[str | None] = mapped_column(String(64))
    """While links are replaced: the post that was, until it is deleted."""
    kept: Mapped[list[str]] = mapped_column(default=list)
    """The fields in which the teacher's own words were kept: `title`, `text`, `links`."""
    draft_only: Mapped[bool] = mapped_column(default=False)
    """Whether it stays a draft, for the teacher to publish herself."""
    suggested: Mapped[dict[str, Any] | None]
    """What an update would have brought into the fields of `kept`, to be suggested to the teacher."""
    ends_as: Mapped[DeliveryState | None]
    """What it will be once it has been taken back unseen; None while it is not being taken back."""
    ends_because: Mapped[str] = mapped_column(String(500), default="")
    """The sentence that will stand beside it then; empty for that of taking back itself."""
    generation: Mapped[str] = mapped_column(String(32), default="")
    """Which life of the database wrote it down; see `delivery.generations`."""
    link: Mapped[str] = mapped_column(String(2048), default="")
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    next_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    """When the teacher was first seen to have changed it."""
    removed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it came to a final state."""


class Attempt(SchoolRow, Base):
    """One write to Google: written down before the call, closed after it. Append-only but for its outcome."""

    __tablename__ = "delivery_attempts"
    __table_args__ = (Index(None, "delivery_id", "started_at"), Index(None, "finished_at", "started_at"))

    delivery_id: Mapped[str | None] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))
    """None where the delivery itself is forgotten; see `delivery.strangers`."""
    kind: Mapped[str] = mapped_column(String(10))
    """`create`, `publish`, `update` or `delete`."""
    lease_token: Mapped[str] = mapped_column(String(32))
    request_hash: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """By what the post to be created is known again, whatever became of the delivery since; see `delivery.look`."""
    post_id: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(15))
    """None while open, then `ok`, `definite_error` or `unknown`."""
    detail: Mapped[str] = mapped_column(String(300), default="")
    finished_at: Mapped[datetime | None]


class DeliveryStep(SchoolRow, Base):
    """One line of a delivery's history."""

    __tablename__ = "delivery_steps"
    __table_args__ = (Index(None, "delivery_id", "at"),)

    delivery_id: Mapped[str] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))
    state: Mapped[DeliveryState]
    sentence: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]


class UsedTopic(SchoolRow, Base):
    """The topic of a class under which posts of a wished name stand, whatever its teacher calls it since."""

    __tablename__ = "used_topics"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    """As the plan wished it."""
    google_id: Mapped[str] = mapped_column(String(64))


class Pause(SchoolRow, Base):
    """Days on which nothing new is posted: in the whole school, in one class, or in one teacher's classes."""

    __tablename__ = "pauses"

    scope: Mapped[Scope]
    target: Mapped[str] = mapped_column(String(32), default="")
    """The id of the class or teacher."""
    first: Mapped[date]
    last: Mapped[date | None]
    """The last day; None until she resumes."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    by: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When she ended it by hand."""


class Generation(Row, Base):
    """One life of the database: it begins anew with each restore or failover, after which Google may know more than we do."""

    __tablename__ = "generations"

    began_at: Mapped[datetime]
    timeline: Mapped[str] = mapped_column(String(40))
    """What told us: Postgres's timeline, or the restore's own mark."""
    lost_from: Mapped[datetime | None]
    """Since when what we did may be forgotten; None for the first life."""
    quiet_until: Mapped[datetime | None]
    """Until then nothing is sent, so that every late request has come to its end."""
    reconciled_at: Mapped[datetime | None]
    """When every delivery in question had been looked up in Classroom."""
