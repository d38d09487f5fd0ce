"""The posts that students saw, in the order they saw them: a page of a list behind a figure sorted every post of the school."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WAS_SEEN = sa.text("published_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_deliveries_seen", "deliveries", ["school_id", "published_at", "id"], unique=False,
                    postgresql_where=WAS_SEEN, sqlite_where=WAS_SEEN)
