"""How a delivery that is being taken back will end, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = ("waiting", "ready", "drafting", "drafted", "publishing", "published", "updating", "replacing", "cancelling", "cancelled",
          "retracted", "removed", "skipped", "failed", "expired", "paused_auth", "paused_google", "needs_human")


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("ends_as", sa.Enum(*STATES, name="deliverystate", native_enum=False, length=20), nullable=True))
        table.add_column(sa.Column("ends_because", sa.String(length=500), nullable=False, server_default=""))
    op.execute("UPDATE deliveries SET ends_as = 'cancelled' WHERE state = 'cancelling'")
