"""Which of the nine benefits of partnerships an outcome shows."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("benefit", sa.String(length=20), nullable=False, server_default=""))
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.alter_column("benefit", existing_type=sa.String(length=20), existing_nullable=False, server_default=None)
