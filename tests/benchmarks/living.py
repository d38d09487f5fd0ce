"""What becomes of twenty posts of which teachers edit three and delete two, after an update and after a retract.

    python -m tests.benchmarks.living
"""

import tempfile
from pathlib import Path

from config.settings import Settings
from integration.desk import open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.app import open_sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS, Bell, Clock
from tests.databases import fresh_engine
from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.twenty import table, twenty


def main() -> None:
    """Live through it and print both tables."""
    with tempfile.TemporaryDirectory() as folder, fresh_engine(Path(folder)) as engine:
        clock = Clock()
        world = World(seed=1, now=clock)
        settings = Settings(database_url=engine.url.render_as_string(hide_password=False), **SETTINGS)  # type: ignore[arg-type]
        desk = open_desk(settings, ring=Bell(), wire=WsgiWire(open_sandbox(world)), engine=engine, now=clock)
        person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
        story = twenty(Library(desk, world, person, make.account(desk, world, person)))
    print(f"After the update\n\n{table(story.updated)}\n\nAfter the retract\n\n{table(story.retracted)}")


if __name__ == "__main__":
    main()
