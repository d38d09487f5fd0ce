"""The weekly round, series, holidays and pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holidays",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_holidays_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
    )
    op.create_index(op.f("ix_holidays_school_id"), "holidays", ["school_id"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("scope", sa.Enum("school", "class", "teacher", name="scope", native_enum=False, length=20), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_pauses_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    op.create_index(op.f("ix_pauses_school_id"), "pauses", ["school_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_series_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_series_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_account_id"), "series", ["account_id"], unique=False)
    op.create_index(op.f("ix_series_school_id"), "series", ["school_id"], unique=False)
    op.create_table(
        "weeks",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Enum(
            "queued", "running", "done", "partial", "skipped", "missed",
            name="weekstate", native_enum=False, length=20), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_weeks_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_weeks_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeks")),
        sa.UniqueConstraint("account_id", "week", "run", name=op.f("uq_weeks_account_id_week_run")),
    )
    op.create_index(op.f("ix_weeks_school_id"), "weeks", ["school_id"], unique=False)
    op.create_index(op.f("ix_weeks_state_next_at"), "weeks", ["state", "next_at"], unique=False)
    op.create_table(
        "series_items",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("collection_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.id"],
                                name=op.f("fk_series_items_collection_id_collections"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_series_items_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_items_series_id_series"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_items")),
        sa.UniqueConstraint("series_id", "position", name=op.f("uq_series_items_series_id_position")),
    )
    op.create_index(op.f("ix_series_items_collection_id"), "series_items", ["collection_id"], unique=False)
    op.create_index(op.f("ix_series_items_school_id"), "series_items", ["school_id"], unique=False)
    op.create_table(
        "week_steps",
        sa.Column("week_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.Enum(
            "sync_courses", "sync_streams", "judge", "plan", "send", "reach", "brief",
            name="step", native_enum=False, length=20), nullable=False),
        sa.Column("state", sa.Enum(
            "pending", "running", "done", "partial", "failed",
            name="stepstate", native_enum=False, length=20), nullable=False),
        sa.Column("sync_id", sa.String(length=32), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_week_steps_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_week_steps_week_id_weeks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_steps")),
        sa.UniqueConstraint("week_id", "step", name=op.f("uq_week_steps_week_id_step")),
    )
    op.create_index(op.f("ix_week_steps_school_id"), "week_steps", ["school_id"], unique=False)
    op.create_table(
        "occurrences",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Enum(
            "planned", "asks", "skipped",
            name="occurrencestate", native_enum=False, length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["series_items.id"],
                                name=op.f("fk_occurrences_item_id_series_items"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_occurrences_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_occurrences_series_id_series"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("series_id", "week", name=op.f("uq_occurrences_series_id_week")),
    )
    op.create_index(op.f("ix_occurrences_item_id"), "occurrences", ["item_id"], unique=False)
    op.create_index(op.f("ix_occurrences_school_id"), "occurrences", ["school_id"], unique=False)
    op.add_column("plans", sa.Column("series_id", sa.String(length=32), nullable=True))
    op.add_column("plans", sa.Column("occurrence", sa.String(length=20), nullable=False, server_default="once"))
    op.create_index(op.f("ix_plans_series_id_occurrence"), "plans", ["series_id", "occurrence"], unique=True)
