"""The library whose weeks are tried."""

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests.conftest import Clock
from tests.rooms.week import makers


@pytest.fixture
def library(settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock) -> makers.Library:
    """A connected librarian on a Tuesday in November."""
    return makers.library(settings, engine, sandbox, world, clock)
