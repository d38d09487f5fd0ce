"""When each unit of the school's curriculum map is taught."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_windows",
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_project_windows_school_id_schools"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_windows")),
        sa.UniqueConstraint("school_id", "mark", "starts_on", name=op.f("uq_project_windows_school_id_mark_starts_on")),
    )
    op.create_index(op.f("ix_project_windows_school_id"), "project_windows", ["school_id"], unique=False)
    op.create_index(op.f("ix_project_windows_school_id_ends_on"), "project_windows", ["school_id", "ends_on"], unique=False)
