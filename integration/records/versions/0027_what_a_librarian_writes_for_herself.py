"""What a librarian writes for herself alone: how a partnership goes, and her journal."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partnership_health",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("skills", sa.Integer(), nullable=True),
        sa.Column("planning", sa.Integer(), nullable=True),
        sa.Column("alliance", sa.Integer(), nullable=True),
        sa.Column("cooperation", sa.Integer(), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_partnership_health_account_id_accounts"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnerships.id"],
                                name=op.f("fk_partnership_health_partnership_id_partnerships"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_partnership_health_school_id_schools"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_health")),
        sa.UniqueConstraint("account_id", "partnership_id", name=op.f("uq_partnership_health_account_id_partnership_id")),
    )
    op.create_index(op.f("ix_partnership_health_partnership_id"), "partnership_health", ["partnership_id"], unique=False)
    op.create_index(op.f("ix_partnership_health_school_id"), "partnership_health", ["school_id"], unique=False)
    op.create_table(
        "reflections",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reflections_account_id_accounts"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_reflections_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflections")),
        sa.UniqueConstraint("account_id", "question", "on", name=op.f("uq_reflections_account_id_question_on")),
    )
    op.create_index(op.f("ix_reflections_school_id"), "reflections", ["school_id"], unique=False)
