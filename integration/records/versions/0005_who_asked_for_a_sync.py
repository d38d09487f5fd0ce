"""Whether a person asked for a sync: it goes before the timetable's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("syncs") as table:
        table.add_column(sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false()))
