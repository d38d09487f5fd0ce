"""Maya, her teacher's class, and an app that calls Classroom for her."""

from collections.abc import Iterator

import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from tests.rooms.sandbox.calling import Caller
from tests.watching import faults_of_watched


@pytest.fixture
def librarian(world: World) -> Person:
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def gomez(world: World) -> Person:
    return world.add_person("rosa.gomez@juniper.example", "Rosa Gomez", domain="juniper.example")


@pytest.fixture
def pupil(world: World) -> Person:
    return world.add_person("ada@juniper.example", "Ada Canary", domain="juniper.example", kind="student")


@pytest.fixture
def course(world: World, gomez: Person, librarian: Person, pupil: Person) -> str:
    return world.add_course(gomez, "6th Grade Science", teachers=(librarian,), students=(pupil,))


@pytest.fixture
def app(sandbox: Sandbox, librarian: Person) -> Caller:
    return Caller(sandbox, librarian)


@pytest.fixture(autouse=True)
def nothing_asked_of_google_is_undocumented() -> Iterator[None]:
    """Here wrong calls are made on purpose, to see them refused."""
    yield
    faults_of_watched()
