"""The spreadsheet in a librarian's Drive that her reports are written into."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_sheets",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=100), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=7), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_report_sheets_account_id_accounts"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_report_sheets_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sheets")),
        sa.UniqueConstraint("account_id", name=op.f("uq_report_sheets_account_id")),
    )
    op.create_index(op.f("ix_report_sheets_school_id"), "report_sheets", ["school_id"], unique=False)
