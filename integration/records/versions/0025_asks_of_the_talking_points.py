"""What she asks for under each guideline of the talking points."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talking_points",
        sa.Column("guideline", sa.String(length=40), nullable=False),
        sa.Column("ask", sa.String(length=300), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_talking_points_school_id_schools"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talking_points")),
        sa.UniqueConstraint("school_id", "guideline", name=op.f("uq_talking_points_school_id_guideline")),
    )
    op.create_index(op.f("ix_talking_points_school_id"), "talking_points", ["school_id"], unique=False)
