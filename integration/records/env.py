"""How Alembic runs our migrations: on the connection it is given, never on one of its own."""

from typing import Any, Literal

from alembic import context

from integration.records.base import Base, Moment


def plainly(kind: str, thing: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write a moment into a migration as what the database knows it as, so that old migrations never need our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True,
                  compare_type=True, render_item=plainly)
with context.begin_transaction():
    context.run_migrations()
