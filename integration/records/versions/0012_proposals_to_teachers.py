"""Proposals to teachers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=500), nullable=False),
        sa.Column("who", sa.String(length=500), nullable=False),
        sa.Column("ready", sa.String(length=500), nullable=False),
        sa.Column("word", sa.String(length=300), nullable=False),
        sa.Column("state", sa.Enum(
            "open", "accepted", "adapted", "declined", "done",
            name="proposalstate", native_enum=False, length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_proposals_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_proposals_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_proposals_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_proposals_teacher_id_teachers"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_school_id"), "proposals", ["school_id"], unique=False)
    op.create_index(op.f("ix_proposals_school_id_state"), "proposals", ["school_id", "state"], unique=False)
    op.create_index(op.f("ix_proposals_teacher_id"), "proposals", ["teacher_id"], unique=False)
