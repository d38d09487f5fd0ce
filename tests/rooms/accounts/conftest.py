"""A librarian at the empty pretend Google."""

import pytest

from integration.sandbox.world import Person, World


@pytest.fixture
def maya(world: World) -> Person:
    """The librarian."""
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")
