"""Every room's tables together, and bringing a database up to date with them.

Stands above all rooms because it must know each room's tables; the rooms do not know it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, func, select

from integration.accounts import models as accounts
from integration.consent import models as consent
from integration.courses import models as courses
from integration.curation import models as curation
from integration.delivery import models as delivery
from integration.google import breaker, counts
from integration.learning import models as learning
from integration.letters import models as letters
from integration.partnerships import models as partnerships
from integration.partnerships import private
from integration.records import audit, heartbeats, replies
from integration.records.base import Base
from integration.reports import models as reports
from integration.streams import models as streams
from integration.week import models as week
from integration.workshops import models as workshops

ROOMS = (accounts, courses, letters, streams, curation, consent, partnerships, private, learning, workshops, delivery, week,
         reports, counts, breaker, audit, replies, heartbeats)
"""Every module that holds tables; importing it is what registers them."""

MIGRATIONS = Path(__file__).parent / "records"
ADVISORY_LOCK = 20261123


def every_table() -> MetaData:
    """The tables as the code has them."""
    return Base.metadata


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations a database still lacks; two processes at once take turns."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.set_config("lock_timeout", "4s", True)))
            connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        settings = alembic_settings()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def is_up_to_date(engine: Engine) -> bool:
    """Whether the database has every migration."""
    with engine.connect() as connection:
        here = revision(connection)
    return here == ScriptDirectory.from_config(alembic_settings()).get_current_head()


def revision(connection: Connection) -> str | None:
    """The migration the database stands at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def alembic_settings() -> Config:
    """Alembic's settings: where the migrations are."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings
