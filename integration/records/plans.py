"""Plans of the database: made for the values at hand, where a plan for any value is very much slower.

Postgres keeps one plan for all values of a statement that was carried out ten times; for a year of a million posts it is the one
that is right for a day, and took five times as long.
https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-PLAN-CACHE-MODE
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")


def plan_anew(session: Session) -> None:
    """Have what follows in this transaction planned for its values; SQLite does so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ANEW)
