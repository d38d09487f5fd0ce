"""A school's own citation ladder, and the form a kit was made in."""

import sqlalchemy as sa
from alembic import op

from integration.citations.ladder import STANDARD, rung_data

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citation_ladders",
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_citation_ladders_school_id_schools"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation_ladders")),
        sa.UniqueConstraint("school_id", name=op.f("uq_citation_ladders_school_id")),
    )
    op.create_index(op.f("ix_citation_ladders_school_id"), "citation_ladders", ["school_id"], unique=False)
    op.add_column("kits", sa.Column("step", sa.JSON(), nullable=False, server_default="{}"))
    kits = sa.table("kits", sa.column("grade", sa.String), sa.column("step", sa.JSON))
    for grade, rung in STANDARD.rungs.items():
        op.execute(kits.update().where(kits.c.grade == grade).values(step=rung_data(rung)))
    with op.batch_alter_table("kits") as table:
        table.alter_column("step", server_default=None)


def downgrade() -> None:
    op.drop_column("kits", "step")
    op.drop_index(op.f("ix_citation_ladders_school_id"), table_name="citation_ladders")
    op.drop_table("citation_ladders")
