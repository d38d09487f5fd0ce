"""Citation workshops: sources, kits and counts of practice."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kits",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("style", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_kits_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kits")),
    )
    op.create_index(op.f("ix_kits_school_id"), "kits", ["school_id"], unique=False)
    op.create_table(
        "kit_doses",
        sa.Column("kit_id", sa.String(length=32), nullable=False),
        sa.Column("dose", sa.Enum("before", "during", "after", name="dose", native_enum=False, length=20), nullable=False),
        sa.Column("collection_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.id"],
                                name=op.f("fk_kit_doses_collection_id_collections"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_kit_doses_kit_id_kits"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_kit_doses_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_doses")),
        sa.UniqueConstraint("kit_id", "dose", name=op.f("uq_kit_doses_kit_id_dose")),
    )
    op.create_index(op.f("ix_kit_doses_collection_id"), "kit_doses", ["collection_id"], unique=False)
    op.create_index(op.f("ix_kit_doses_school_id"), "kit_doses", ["school_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("csl", sa.JSON(), nullable=False),
        sa.Column("resource_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resources.id"],
                                name=op.f("fk_sources_resource_id_resources"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_sources_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_school_id"), "sources", ["school_id"], unique=False)
    op.create_index(op.f("ix_sources_school_id_resource_id"), "sources", ["school_id", "resource_id"], unique=False)
    op.create_table(
        "practice_counts",
        sa.Column("kit_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"],
                                name=op.f("fk_practice_counts_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_practice_counts_kit_id_kits"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_practice_counts_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_counts")),
        sa.UniqueConstraint("kit_id", "course_id", "question", "what",
                                name=op.f("uq_practice_counts_kit_id_course_id_question_what")),
    )
    op.create_index(op.f("ix_practice_counts_school_id"), "practice_counts", ["school_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_practice_counts_school_id"), table_name="practice_counts")
    op.drop_table("practice_counts")
    op.drop_index(op.f("ix_sources_school_id_resource_id"), table_name="sources")
    op.drop_index(op.f("ix_sources_school_id"), table_name="sources")
    op.drop_table("sources")
    op.drop_index(op.f("ix_kit_doses_school_id"), table_name="kit_doses")
    op.drop_index(op.f("ix_kit_doses_collection_id"), table_name="kit_doses")
    op.drop_table("kit_doses")
    op.drop_index(op.f("ix_kits_school_id"), table_name="kits")
    op.drop_table("kits")
