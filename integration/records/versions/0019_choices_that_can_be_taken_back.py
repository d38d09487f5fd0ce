"""What counted before a teacher chose by a link, so that it can be brought back, and until when the stricter of both counts."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("standing_choices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True))
