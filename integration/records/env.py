"""How Alembic runs our migrations: on the connection it is given, never on one of its own."""

from alembic import context

from integration.records.base import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True,
                  compare_type=True)
with context.begin_transaction():
    context.run_migrations()
