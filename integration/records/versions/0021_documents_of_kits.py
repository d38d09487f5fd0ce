"""Sheets of a kit as files in a librarian's Drive: wanted, perhaps tried, made."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kit_documents",
        sa.Column("kit_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.String(length=100), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_kit_documents_account_id_accounts"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_kit_documents_kit_id_kits"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_kit_documents_school_id_schools"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_documents")),
        sa.UniqueConstraint("kit_id", "sheet", name=op.f("uq_kit_documents_kit_id_sheet")),
    )
    op.create_index(op.f("ix_kit_documents_account_id"), "kit_documents", ["account_id"], unique=False)
    op.create_index(op.f("ix_kit_documents_next_at"), "kit_documents", ["next_at"], unique=False)
    op.create_index(op.f("ix_kit_documents_school_id"), "kit_documents", ["school_id"], unique=False)
