"""The school's goals, what came of the work, and the one ask of a report."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goals",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("measure", sa.String(length=500), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_goals_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_school_id"), "goals", ["school_id"], unique=False)
    op.create_table(
        "report_notes",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("ask", sa.String(length=300), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_report_notes_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_notes")),
        sa.UniqueConstraint("school_id", "period", name=op.f("uq_report_notes_school_id_period")),
    )
    op.create_index(op.f("ix_report_notes_school_id"), "report_notes", ["school_id"], unique=False)
    op.create_table(
        "goal_entries",
        sa.Column("goal_id", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_goal_entries_entry_id_entries"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_entries_goal_id_goals"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_goal_entries_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_entries")),
        sa.UniqueConstraint("goal_id", "entry_id", name=op.f("uq_goal_entries_goal_id_entry_id")),
    )
    op.create_index(op.f("ix_goal_entries_entry_id"), "goal_entries", ["entry_id"], unique=False)
    op.create_index(op.f("ix_goal_entries_school_id"), "goal_entries", ["school_id"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Enum("average", "circulation", "quote", "work", name="outcomekind", native_enum=False,
                                     length=20), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("after", sa.Double(), nullable=True),
        sa.Column("before_n", sa.Integer(), nullable=True),
        sa.Column("after_n", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("url", sa.String(length=2024), nullable=False),
        sa.Column("helps", sa.String(length=500), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_outcomes_entry_id_entries"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_outcomes_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_entry_id"), "outcomes", ["entry_id"], unique=False)
    op.create_index(op.f("ix_outcomes_school_id"), "outcomes", ["school_id"], unique=False)
