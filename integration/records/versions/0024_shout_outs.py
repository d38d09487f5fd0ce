"""Sentences in which a teacher is thanked by name, once she has said yes."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shout_outs",
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.Enum("open", "agreed", "declined", name="shoutoutstate", native_enum=False, length=20),
                  nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_shout_outs_entry_id_entries"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_shout_outs_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_shout_outs_teacher_id_teachers"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shout_outs")),
        sa.UniqueConstraint("entry_id", "teacher_id", name=op.f("uq_shout_outs_entry_id_teacher_id")),
    )
    op.create_index(op.f("ix_shout_outs_school_id"), "shout_outs", ["school_id"], unique=False)
    op.create_index(op.f("ix_shout_outs_teacher_id"), "shout_outs", ["teacher_id"], unique=False)
