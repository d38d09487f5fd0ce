"""The pretend catalogues are found by the real look-up, so that the demo shows it."""

from concurrent.futures import ThreadPoolExecutor

from werkzeug.serving import make_server

from config.settings import Settings
from integration.desk import Desk
from integration.sandbox.app import open_sandbox
from integration.sandbox.catalogue import DOIS, WORKS
from integration.sandbox.world import World
from integration.workshops.look_up import look_up
from tests.conftest import SETTINGS


def test_a_book_and_an_article_are_found(world: World) -> None:
    server = make_server("127.0.0.1", 0, open_sandbox(world))
    root = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(database_url="sqlite://", lookup_networks="127.0.0.1/32", open_library_url=root, doi_url=root + DOIS,
                        **SETTINGS)  # type: ignore[arg-type]
    desk = Desk(settings, *(None,) * 4)  # type: ignore[arg-type]
    told = []
    for what in ("9780439023481", *WORKS, "10.1000/none"):
        with ThreadPoolExecutor(1) as hands:
            asked = hands.submit(look_up, desk, what)
            server.handle_request()
            told.append(asked.result().item.get("title"))
    server.server_close()
    assert told == ["The Hunger Games", "The Structure of Ordinary Water", None]
