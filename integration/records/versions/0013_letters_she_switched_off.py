"""Whether a kind of letter goes: until now a row said yes, and nothing could say no to the Monday brief."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter_habits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goes", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("letter_habits", schema=None) as batch_op:
        batch_op.alter_column("goes", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
