"""What a claim reads, in its order: without an index it looked at every delivery of the school and sorted those that are due."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

IS_WORKABLE = sa.text("state IN ('ready', 'drafting', 'drafted', 'publishing', 'updating', 'replacing', 'cancelling')")


def upgrade() -> None:
    op.create_index("ix_deliveries_claimable", "deliveries", ["school_id", "account_id", "tries", "next_at", "id"],
                    unique=False, postgresql_where=IS_WORKABLE, sqlite_where=IS_WORKABLE)
