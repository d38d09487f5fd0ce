"""Units that a librarian and a teacher planned together."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "co_plans",
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("goals", sa.String(length=500), nullable=False),
        sa.Column("roles", sa.String(length=500), nullable=False),
        sa.Column("materials", sa.String(length=500), nullable=False),
        sa.Column("assessment", sa.String(length=500), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnerships.id"], name=op.f("fk_co_plans_partnership_id_partnerships"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_co_plans_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_plans")),
    )
    op.create_index(op.f("ix_co_plans_partnership_id"), "co_plans", ["partnership_id"], unique=False)
    op.create_index(op.f("ix_co_plans_school_id"), "co_plans", ["school_id"], unique=False)
    op.create_index(op.f("ix_co_plans_school_id_planned_on"), "co_plans", ["school_id", "planned_on"], unique=False)
