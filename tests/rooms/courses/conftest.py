"""The librarian of a small school of two classes, and Maya of the demo school."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from integration.sandbox.schools import MAYA
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import Bell, Clock
from tests.rooms.courses.looking import Look, look

LookAs = Callable[..., Look]


@pytest.fixture
def librarian(world: World) -> Person:
    return world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def gomez(world: World) -> Person:
    return world.add_person("rosa@juniper.example", "Rosa Gomez", domain="juniper.example")


@pytest.fixture
def small(settings: Settings, engine: Engine, clock: Clock, bell: Bell, world: World, librarian: Person) -> Look:
    return look(settings, engine, clock, bell, world, librarian)


@pytest.fixture
def without_rosters(settings: Settings, engine: Engine, clock: Clock, bell: Bell, world: World, librarian: Person) -> Look:
    granted = tuple(scope for scope in make.ALL_SCOPES if "rosters" not in scope and "emails" not in scope)
    return look(settings, engine, clock, bell, world, librarian, granted=granted)


@pytest.fixture
def demo(settings: Settings, engine: Engine, clock: Clock, bell: Bell, school_world: World) -> Look:
    maya = school_world.person(MAYA)
    assert maya is not None
    return look(settings, engine, clock, bell, school_world, maya)
