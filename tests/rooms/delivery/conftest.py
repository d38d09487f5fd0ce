"""A librarian with a school of her own."""

import pytest

from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.rooms.delivery.makers import Library


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    """The librarian, connected."""
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))
