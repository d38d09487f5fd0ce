"""What a delivery needs to be updated in place, the breaker, the quota's rates and wishes, and the lives of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "generations",
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timeline", sa.String(length=40), nullable=False),
        sa.Column("lost_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reconciled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
    )
    op.create_table(
        "google_weather",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("stumbles", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_google_weather")),
    )
    op.create_table(
        "quota_rates",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_quota_rates")),
    )
    op.create_table(
        "quota_wishes",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("share", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "share", name=op.f("pk_quota_wishes")),
    )
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("materials", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("post_updated_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("wanted", sa.JSON(), nullable=True))
        table.add_column(sa.Column("next_post_id", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("next_marker", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("old_post_id", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("kept", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("suggested", sa.JSON(), nullable=True))
        table.add_column(sa.Column("generation", sa.String(length=32), nullable=False, server_default=""))
        table.drop_index(op.f("ix_deliveries_school_id_state"))
        table.create_index(op.f("ix_deliveries_school_id_state_next_at"), ["school_id", "state", "next_at"])
    op.execute("UPDATE deliveries SET materials = (SELECT plans.materials FROM plans WHERE plans.id = deliveries.plan_id)")
