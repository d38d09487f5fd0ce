"""Series of sessions for the staff, with how many came."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_series",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_staff_series_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_series")),
    )
    op.create_index(op.f("ix_staff_series_school_id"), "staff_series", ["school_id"], unique=False)
    op.create_table(
        "staff_sessions",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("materials", sa.String(length=1000), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_staff_sessions_school_id_schools"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["series_id"], ["staff_series.id"], name=op.f("fk_staff_sessions_series_id_staff_series"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
    )
    op.create_index(op.f("ix_staff_sessions_school_id"), "staff_sessions", ["school_id"], unique=False)
    op.create_index(op.f("ix_staff_sessions_school_id_on"), "staff_sessions", ["school_id", "on"], unique=False)
    op.create_index(op.f("ix_staff_sessions_series_id"), "staff_sessions", ["series_id"], unique=False)
