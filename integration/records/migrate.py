"""Bring the database up to date: numbered, linear migrations, run one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData

import integration.accounts.models
import integration.consent.models
import integration.courses.models
import integration.curation.models
import integration.delivery.models
import integration.partnerships.models
import integration.records.audit
import integration.streams.models  # noqa: F401
from integration.records.base import Base


def all_models() -> MetaData:
    return Base.metadata
